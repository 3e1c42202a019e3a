import { readFile } from 'node:fs/promises'

const DATA = new URL('../../data/', import.meta.url)

/** A file of what ships with the product. */
export async function readJson<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(new URL(path, DATA), 'utf8')) as T
}
