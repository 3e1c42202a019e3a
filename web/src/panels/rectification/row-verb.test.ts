import { describe, expect, it } from 'vitest'
import { opensForm, verbOf } from './row-verb.ts'

describe('verbOf', () => {
  it('is the next step of the loop, not what stands beside it', () => {
    expect(verbOf(['extend', 'submit', 'list'])).toBe('submit')
    expect(verbOf(['return', 'close'])).toBe('close')
    expect(verbOf(['register', 'reject'])).toBe('register')
  })
  it('offers re-inspection where only returning is open to me', () => {
    expect(verbOf(['return'])).toBe('return')
  })
  it('is nothing where only side moves or nothing is open', () => {
    expect(verbOf(['extend', 'list'])).toBeNull()
    expect(verbOf([])).toBeNull()
    expect(verbOf(undefined)).toBeNull()
  })
})

describe('opensForm', () => {
  it('opens the form at once for a plain step and shows the facts first for a decision', () => {
    expect(opensForm('accept', 'assigned')).toBe(true)
    expect(opensForm('submit', 'rectifying')).toBe(true)
    expect(opensForm('close', 'submitted')).toBe(false)
    expect(opensForm('register', 'reported')).toBe(false)
  })
})
