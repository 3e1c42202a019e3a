import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StartError } from './start-error.ts'

/** Makes the data directory if it is missing; it holds photos and passwords, so nobody else may read it. */
export async function prepareDataDirectory(directory: string): Promise<void> {
  const probe = join(directory, `.probe-${process.pid}`)
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    await writeFile(probe, '')
    await rm(probe)
  } catch {
    throw new StartError(
      `DATA_DIR: 数据目录 ${directory} 不可写，请改用有写权限的目录 (the data directory is not writable)`,
    )
  }
}
