import { access, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { errorCode } from '../start-error.ts'
import { makePassword } from './secrets.ts'

/** The random password of this name, made at the first call and kept where only the owner can read it. */
export async function storedPassword(
  dataDir: string,
  name: 'admin' | 'demo',
): Promise<{ password: string; path: string }> {
  const path = passwordPath(dataDir, name)
  await mkdir(join(dataDir, 'secrets'), { recursive: true, mode: 0o700 })
  const password = makePassword()
  try {
    await writeFile(path, `${password}\n`, { flag: 'wx', mode: 0o600 })
    return { password, path }
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
    return { password: (await readFile(path, 'utf8')).trim(), path }
  }
}

export async function findStoredPassword(dataDir: string, name: 'admin' | 'demo'): Promise<string | null> {
  const path = passwordPath(dataDir, name)
  return access(path).then(
    () => path,
    () => null,
  )
}

const passwordPath = (dataDir: string, name: string): string => join(dataDir, 'secrets', `${name}-password`)
