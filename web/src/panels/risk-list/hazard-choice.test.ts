import { describe, expect, it } from 'vitest'
import { withWords } from '../../state/filters.ts'
import { HAZARD_CHOICES, hazardChoiceOf, wordsOfHazardChoice, wordsWithoutMenu } from './hazard-choice.ts'

describe('the menu 隐患', () => {
  it('finds its own choice again in the words of the filter', () => {
    for (const choice of HAZARD_CHOICES) {
      expect(hazardChoiceOf(withWords({ q: '冷链' }, wordsOfHazardChoice(choice)))).toBe(choice)
    }
  })
  it('takes its words out again and leaves the others', () => {
    const filters = withWords({ sector: ['fire'] }, wordsOfHazardChoice('major'))
    expect(withWords(filters, wordsOfHazardChoice(undefined))).toEqual({ sector: ['fire'] })
  })
  it('leaves to chips what it does not offer', () => {
    expect(hazardChoiceOf({ status: ['rectifying'] })).toBeNull()
    expect(wordsWithoutMenu({ status: ['rectifying'], foundFrom: '2026-01-01', area: ['a'] })).toEqual([
      'status',
      'foundFrom',
    ])
    expect(wordsWithoutMenu({ status: ['open'], severity: ['major'], bbox: [125, 43, 126, 44] })).toEqual([
      'bbox',
    ])
  })
})
