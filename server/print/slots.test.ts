import { describe, expect, it } from 'vitest'
import { makeSlots, SlotsFull } from './slots.ts'

const stays = () => new AbortController().signal

describe('places for prints', () => {
  it('lets so many in at once, and the next when one is given back', async () => {
    const slots = makeSlots(2, 5)
    const first = await slots.take(stays())
    await slots.take(stays())
    const order: string[] = []
    const third = slots.take(stays()).then(() => order.push('third'))
    await Promise.resolve()
    expect(order).toEqual([])
    first()
    await third
    expect(order).toEqual(['third'])
    expect(slots.taken).toBe(2)
  })

  it('refuses whom nobody could serve in time', async () => {
    const slots = makeSlots(1, 1)
    const release = await slots.take(stays())
    const waits = slots.take(stays())
    await expect(slots.take(stays())).rejects.toBeInstanceOf(SlotsFull)
    release()
    ;(await waits)()
    expect(slots.taken).toBe(0)
  })

  it('forgets those who left while they waited', async () => {
    const slots = makeSlots(1, 1)
    const release = await slots.take(stays())
    const left = new AbortController()
    const waits = slots.take(left.signal)
    left.abort(new Error('gone'))
    await expect(waits).rejects.toThrow('gone')
    release()
    expect(slots.taken).toBe(0)
  })

  it('takes a place back once only', async () => {
    const slots = makeSlots(2, 0)
    const release = await slots.take(stays())
    await slots.take(stays())
    release()
    release()
    expect(slots.taken).toBe(1)
  })
})
