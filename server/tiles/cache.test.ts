import { expect, it } from 'vitest'
import { makeTileCache, type StoredTile } from './cache.ts'

const tileOf = (bytes: number): StoredTile => ({ plain: new Uint8Array(bytes), compressed: null })

it('makes a tile once, also for those who ask while it is being made', async () => {
  const cache = makeTileCache(10_000)
  let made = 0
  const make = async () => {
    made += 1
    await new Promise((resolve) => setTimeout(resolve, 5))
    return tileOf(10)
  }
  const [first, second] = await Promise.all([cache.take('a', make), cache.take('a', make)])
  expect(await cache.take('a', make)).toBe(first)
  expect(second).toBe(first)
  expect(made).toBe(1)
})

it('lets go of the tile longest unused when it is full', async () => {
  const cache = makeTileCache(3_000)
  const made: string[] = []
  const take = (key: string) =>
    cache.take(key, async () => {
      made.push(key)
      return tileOf(600)
    })
  for (const key of ['a', 'b', 'c', 'a', 'd', 'a', 'b']) await take(key)
  // three of 1,000 bytes fit: "d" drives out "b", since "a" was used after it
  expect(made).toEqual(['a', 'b', 'c', 'd', 'b'])
  expect(cache.byteSize()).toBe(3_000)
})

it('keeps no tile that is greater than the whole', async () => {
  const cache = makeTileCache(3_000)
  expect((await cache.take('big', async () => tileOf(5_000))).plain.byteLength).toBe(5_000)
  expect(cache.byteSize()).toBe(0)
})

it('keeps no failure', async () => {
  const cache = makeTileCache(3_000)
  const failing = cache.take('a', async () => {
    throw new Error('no database')
  })
  await expect(failing).rejects.toThrow('no database')
  expect((await cache.take('a', async () => tileOf(1))).plain.byteLength).toBe(1)
})
