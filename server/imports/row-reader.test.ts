import { describe, expect, it } from 'vitest'
import { creditCodeCheck } from './row-reader.ts'

describe('the check character of a credit code', () => {
  // codes that are public on business licences
  it.each(['91110000802100433B', '9144030071526726XG', '91330100799655058B', '914403001922038216'])(
    'is right for %s',
    (code) => {
      expect(creditCodeCheck(code.slice(0, 17))).toBe(code[17])
    },
  )
})
