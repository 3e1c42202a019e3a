import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodeCursor, encodeCursor } from './paging.ts'

it('a cursor comes back as it was, also with Chinese text', () => {
  const value = fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean(), fc.constant(null))
  fc.assert(
    fc.property(fc.array(value, { maxLength: 4 }), (values) => {
      const cursor = encodeCursor(values)
      expect(cursor).toMatch(/^[\w-]*$/)
      expect(decodeCursor(cursor, values.length)).toEqual(values)
    }),
  )
})

it('a cursor that is not ours is null, never an error', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void decodeCursor(text, 2)))
  expect(decodeCursor('abc', 1)).toBeNull()
  expect(decodeCursor(encodeCursor([1, 2]), 3)).toBeNull()
  expect(decodeCursor(btoa('[{"a":1}]'), 1)).toBeNull()
})
