import { describe, expect, it } from 'vitest'
import { casCheckDigit, hasRightCheckDigit, tidyCas } from './cas.ts'
import { nearestNames, SUBSTANCES, searchSubstances, substancesNamed } from './substances.ts'
import { MORE_CAS, SYNONYMS } from './synonyms.ts'
import { MAJOR_HAZARD_TABLE } from './table.ts'

describe('table 1', () => {
  it('has 85 lines, numbered through, each with a CAS number whose check digit is right', () => {
    expect(SUBSTANCES.map(({ no }) => no)).toEqual(Array.from({ length: 85 }, (_, index) => index + 1))
    const numbers = SUBSTANCES.flatMap(({ allCas }) => allCas)
    expect(numbers.length).toBeGreaterThan(80)
    expect(numbers.filter((cas) => !hasRightCheckDigit(cas))).toEqual([])
  })

  it('marks what needs a class, what is derived and where sources differ', () => {
    const count = (status: string) => SUBSTANCES.filter(({ betaStatus }) => betaStatus === status).length
    expect([count('confirmed_1_source'), count('derived_unconfirmed'), count('needs_GHS_class')]).toEqual([
      14, 45, 26,
    ])
    expect(
      SUBSTANCES.filter(({ criticalStatus }) => criticalStatus === 'conflict').map(({ no }) => no),
    ).toEqual([27])
    expect(
      MAJOR_HAZARD_TABLE.classes.filter(({ confirmed }) => !confirmed).map(({ symbol }) => symbol),
    ).toEqual(['J5'])
  })

  it('is found by every name of its own and every synonym, one line for each but where conditions differ', () => {
    const asked = SUBSTANCES.flatMap(({ no, name, synonyms }) =>
      [name, ...synonyms].map((word) => ({ no, word })),
    )
    const lost = asked.filter(({ no, word }) => !substancesNamed(word).some((found) => found.no === no))
    expect(lost).toEqual([])
    const ambiguous = asked.filter(({ word }) => substancesNamed(word).length > 1).map(({ word }) => word)
    expect([...new Set(ambiguous)]).toEqual(['硝化棉', '硝酸纤维素', 'NH4NO3'])
    expect(Object.keys({ ...SYNONYMS, ...MORE_CAS }).every((no) => Number(no) >= 1 && Number(no) <= 85)).toBe(
      true,
    )
  })

  it('is found as people write: wide letters, blanks, lower case, short names', () => {
    const number = (word: string) => substancesNamed(word).map(({ no }) => no)
    expect(number('ＬＰＧ')).toEqual([52])
    expect(number(' lng ')).toEqual([49])
    expect(number('天然气')).toEqual([49])
    expect(number('甲醛')).toEqual([8])
    expect(number('硝酸铵（可燃物>0.2%）')).toEqual([43])
    expect(number('硝酸铵(可燃物＞0.2％)')).toEqual([43])
    expect(number('硝酸铵（可燃物<=0.2%）')).toEqual([44])
    expect(number('硝酸铵（可燃物<0.2%）')).toEqual([])
    expect(number('硝酸铵肥料')).toEqual([45])
    expect(number('1,3－丁二烯')).toEqual([47])
    expect(number('')).toEqual([])
  })
})

describe('search', () => {
  const names = (question: string) => searchSubstances(question).items.map(({ name }) => name)
  it('goes by part of a name or a CAS number, what begins so first', () => {
    expect(names('氨').slice(0, 1)).toEqual(['氨'])
    expect(names('液氨')).toEqual(['氨'])
    expect(names('7664')).toEqual(['氨', '氟化氢'])
    expect(names('7664-41-7')).toEqual(['氨'])
    expect(names('')).toHaveLength(85)
    expect(names('甲醇')[0]).toBe('甲醇')
  })

  it('answers near names where nothing is called so, and nothing for nonsense', () => {
    expect(searchSubstances('液按')).toMatchObject({ isNearest: true })
    expect(names('液按')[0]).toBe('氨')
    expect(names('二硫化炭')[0]).toBe('二硫化碳')
    expect(searchSubstances('zzzz')).toEqual({ items: [], isNearest: true })
    expect(nearestNames('硝化绵').map(({ name }) => name)[0]).toContain('硝化纤维素')
  })
})

describe('CAS numbers', () => {
  it('have a check digit: 7732-18-5 is 8·1 + 1·2 + 2·3 + 3·4 + 7·5 + 7·6 = 105', () => {
    expect(casCheckDigit('7732-18-5')).toBe(5)
    expect(hasRightCheckDigit('7664-41-7')).toBe(true)
    expect(hasRightCheckDigit('7664-41-8')).toBe(false)
  })

  it('are tidied: wide digits, long dashes, no dashes, the word CAS', () => {
    for (const written of [
      '7664-41-7',
      '７６６４－４１－７',
      '7664–41–7',
      '7664417',
      'CAS 7664-41-7',
      'CAS号:7664-41-7',
    ]) {
      expect(tidyCas(written)).toBe('7664-41-7')
    }
  })
})
