import { mkdtemp, readdir, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { DiskCache } from './disk-cache.ts'

let folder: string
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'cache-')), 'tiles')
})
const bytes = (length: number) => Buffer.alloc(length, 1)

it('gives back what was put, and null for anything else', async () => {
  const cache = new DiskCache(folder, 1_000)
  expect(await cache.get('vec-1-0-0')).toBeNull()
  await cache.put('vec-1-0-0', Buffer.from('one'))
  await cache.put('vec-1-0-0', Buffer.from('two'))
  expect((await cache.get('vec-1-0-0'))?.bytes.toString()).toBe('two')
  expect(await readdir(folder)).toEqual(['vec-1-0-0'])
})

it('never keeps more than its limit: the oldest go first', async () => {
  const cache = new DiskCache(folder, 1_000)
  for (const [index, name] of ['a', 'b', 'c', 'd'].entries()) {
    await cache.put(name, bytes(300))
    const at = new Date(Date.UTC(2026, 0, 1 + index))
    await utimes(join(folder, name), at, at).catch(() => undefined)
  }
  // 1,200 bytes are too many: 900 are left, without the oldest
  expect((await readdir(folder)).sort()).toEqual(['b', 'c', 'd'])
  await cache.put('b', bytes(500))
  expect((await readdir(folder)).sort()).toEqual(['b', 'd'])
})

it('counts what an earlier process left, half-written files too', async () => {
  await new DiskCache(folder, 1_000).put('old', bytes(400))
  await writeFile(join(folder, 'x.partial'), bytes(900))
  const past = new Date(Date.UTC(2020, 0, 1))
  await utimes(join(folder, 'x.partial'), past, past)
  await new DiskCache(folder, 1_000).put('new', bytes(400))
  expect((await readdir(folder)).sort()).toEqual(['new', 'old'])
})

it('takes no key that could lead out of its folder', async () => {
  const cache = new DiskCache(folder, 1_000)
  await expect(cache.put('../x', bytes(1))).rejects.toThrow('not a cache key')
  await expect(cache.get('a/b')).rejects.toThrow('not a cache key')
})
