import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { errorCode } from '../start-error.ts'
import { makePassword } from './secrets.ts'

export interface StoredPassword {
  password: string
  path: string
  /** Made just now, so that it has to be shown once. */
  isNew: boolean
}

/** The random password of this name, made at the first call and kept where only the owner can read it. */
export async function storedPassword(dataDir: string, name: 'admin' | 'demo'): Promise<StoredPassword> {
  const directory = join(dataDir, 'secrets')
  const path = join(directory, `${name}-password`)
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const password = makePassword()
  try {
    await writeFile(path, `${password}\n`, { flag: 'wx', mode: 0o600 })
    return { password, path, isNew: true }
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
    return { password: (await readFile(path, 'utf8')).trim(), path, isNew: false }
  }
}
