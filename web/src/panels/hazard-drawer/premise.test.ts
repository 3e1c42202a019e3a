import { expect, it } from 'vitest'
import { isPremiseOpen, noteWithPremise } from './premise.ts'

it('a premise is open until it was looked at', () => {
  expect(isPremiseOpen(null)).toBe(false)
  expect(isPremiseOpen({ text: '仍在用', isMet: false })).toBe(true)
  expect(isPremiseOpen({ text: '仍在用', isMet: true })).toBe(false)
})

it('what was looked at comes before the note', () => {
  const met = { text: '仍在用', isMet: true }
  expect(noteWithPremise(' 现场核实 ', met, '前提已核对：仍在用')).toBe('前提已核对：仍在用\n现场核实')
  expect(noteWithPremise('', met, '前提已核对：仍在用')).toBe('前提已核对：仍在用')
  expect(noteWithPremise('现场核实', null, '')).toBe('现场核实')
})
