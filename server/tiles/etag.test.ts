import { expect, it } from 'vitest'
import { acceptsGzip, etagOf, makeTag, matchesTag } from './etag.ts'

it('gives equal tags to equal parts only', () => {
  expect(makeTag('hazards', 14, 'a')).toBe(makeTag('hazards', 14, 'a'))
  expect(makeTag('hazards', 14, 'a')).not.toBe(makeTag('hazards', 1, '4a'))
  expect(makeTag('a', 'b')).not.toBe(makeTag('ab'))
  expect(makeTag('a')).toMatch(/^[\w-]{27}$/)
})

it.each([
  [undefined, false],
  ['', false],
  ['"tag"', true],
  ['"tag-gzip"', true],
  ['W/"tag"', true],
  ['"other", "tag"', true],
  ['*', true],
  ['tag', false],
  ['"other"', false],
])('reads If-None-Match %s', (header, isMatch) => {
  expect(matchesTag(header, 'tag')).toBe(isMatch)
})

it('names the compressed form apart from the plain one', () => {
  expect(etagOf('tag', true)).not.toBe(etagOf('tag', false))
})

it.each([
  [undefined, false],
  ['', false],
  ['gzip', true],
  ['br, gzip;q=0.5', true],
  ['gzip;q=0', false],
  ['*', true],
  ['*, gzip;q=0', false],
  ['identity', false],
])('reads Accept-Encoding %s', (header, isTaken) => {
  expect(acceptsGzip(header)).toBe(isTaken)
})
