import { type AreaFeature, SECTORS } from '@contract'
import { describe, expect, it } from 'vitest'
import {
  areaOptions,
  asStatusWords,
  isChosen,
  only,
  quickOf,
  sectorOrder,
  statusesOf,
  toggle,
  wordsOfQuick,
} from './facet-choice.ts'

const ALL = ['a', 'b', 'c']

describe('a group of check boxes', () => {
  it('is all checked without a word, and unchecking one leaves the others', () => {
    expect(ALL.map((value) => isChosen(undefined, value))).toEqual([true, true, true])
    expect(toggle(ALL, undefined, 'b')).toEqual(['a', 'c'])
    expect(toggle(ALL, ['a', 'c'], 'a')).toEqual(['c'])
  })

  it('is no word when all are checked, or none', () => {
    expect(toggle(ALL, ['a', 'c'], 'b')).toBeUndefined()
    expect(toggle(ALL, ['a'], 'a')).toBeUndefined()
  })

  it('keeps the order of the words, however they were checked', () => {
    expect(toggle(ALL, ['c'], 'a')).toEqual(['a', 'c'])
  })

  it('takes one alone, and all back', () => {
    expect(only(undefined, 'b')).toEqual(['b'])
    expect(only(['a', 'b'], 'b')).toEqual(['b'])
    expect(only(['b'], 'b')).toBeUndefined()
  })
})

describe('the statuses', () => {
  it('of open are the five before closing, and are written by that word', () => {
    const open = ['reported', 'registered', 'assigned', 'rectifying', 'submitted']
    expect(statusesOf(['open'])).toEqual(open)
    expect(statusesOf(['overdue'])).toEqual(open)
    expect(statusesOf(['open', 'closed'])).toEqual([...open, 'closed'])
    expect(statusesOf(undefined)).toBeUndefined()
    expect(asStatusWords(statusesOf(['open']))).toEqual(['open'])
    expect(asStatusWords(['closed'])).toEqual(['closed'])
  })
})

describe('the three buttons', () => {
  it('know their own words again', () => {
    for (const choice of ['open', 'overdue', 'major'] as const) {
      const { status, severity } = wordsOfQuick(choice)
      expect(quickOf({ ...(status ? { status } : {}), ...(severity ? { severity } : {}) })).toBe(choice)
    }
    expect(quickOf({})).toBeNull()
    expect(quickOf({ status: ['closed'] })).toBeNull()
    expect(quickOf({ status: ['open'], severity: ['major', 'general'] })).toBeNull()
  })
})

const area = (code: string, kind: AreaFeature['properties']['kind'], parentCode: string | null) =>
  ({ properties: { code, name: `名${code}`, kind, parentCode } }) as AreaFeature

describe('areaOptions', () => {
  const areas = [
    area('1', 'zone', null),
    area('11', 'subdistrict', '1'),
    area('12', 'town', '1'),
    area('121', 'grid', '12'),
  ]

  it('counts grids with their town and puts what has no area last', () => {
    expect(areaOptions(areas, { '11': 3, '12': 1, '121': 4, none: 9 }, true)).toEqual([
      { code: '12', name: '名12', count: 5 },
      { code: '11', name: '名11', count: 3 },
      { code: 'none', name: null, count: 9 },
    ])
  })

  it('offers no place outside to those who see areas only', () => {
    expect(areaOptions(areas.slice(1, 2), { '11': 3 }, false)).toEqual([
      { code: '11', name: '名11', count: 3 },
    ])
  })
})

describe('sectorOrder', () => {
  it('puts the most first and loses none', () => {
    expect(sectorOrder({ gas: 5, fire: 9 }).slice(0, 2)).toEqual(['fire', 'gas'])
    expect(sectorOrder({}).toSorted()).toEqual([...SECTORS].toSorted())
  })
})
