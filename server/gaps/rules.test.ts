import { describe, expect, it } from 'vitest'
import { checkLimit, DEFAULT_GAP_RULES, drillLimit, drillSubjectOf, monthsBefore } from './rules.ts'

describe('the day so many months before', () => {
  it.each([
    ['2025-06-18', 6, '2024-12-18'],
    ['2025-06-18', 12, '2024-06-18'],
    ['2025-01-10', 1, '2024-12-10'],
    ['2025-08-31', 6, '2025-02-28'],
    ['2024-08-31', 6, '2024-02-29'],
    ['2025-12-31', 12, '2024-12-31'],
  ])('%s less %i months is %s', (day, months, expected) => {
    expect(monthsBefore(day, months)).toBe(expected)
  })
})

describe('what the law calls a place', () => {
  const site = { name: '恒泰（示例）', kind: null, isMajorHazardSource: false }
  it.each([
    [{ ...site, sector: 'chemicals' as const }, 'hazardous_goods'],
    [{ ...site, sector: 'gas' as const }, 'hazardous_goods'],
    [{ ...site, sector: 'transport' as const, name: '万顺危货停放区（示例）' }, 'hazardous_goods'],
    [{ ...site, sector: 'transport' as const, name: '万顺公交停车场（示例）' }, 'other'],
    [{ ...site, sector: 'transport' as const, name: '万顺客运站（示例）' }, 'crowded_place'],
    [{ ...site, sector: 'construction' as const }, 'construction'],
    [{ ...site, sector: 'fire' as const, name: '华庭商业广场（示例）' }, 'crowded_place'],
    [{ ...site, sector: 'fire' as const, kind: '宾馆' }, 'crowded_place'],
    [{ ...site, sector: 'fire' as const, name: '华庭写字楼（示例）' }, 'fire_unit'],
    [{ ...site, sector: 'industry' as const }, 'other'],
    [{ ...site, sector: 'industry' as const, isMajorHazardSource: true }, 'major_hazard_source'],
  ])('%o is %s', (place, subject) => {
    expect(drillSubjectOf(place)).toBe(subject)
  })
})

describe('the limits', () => {
  it('of checks go by the level, and are 待核 until a source is named', () => {
    const days = ([1, 2, 3, 4, null] as const).map((level) => checkLimit(DEFAULT_GAP_RULES, level))
    expect(days.map(({ value }) => value)).toEqual([30, 60, 90, 180, 90])
    expect(days.every(({ confirmed }) => !confirmed)).toBe(true)
    const sourced = { ...DEFAULT_GAP_RULES, checkSource: '长经技应急〔2025〕3号' }
    expect(checkLimit(sourced, 1)).toEqual({ value: 30, confirmed: true })
  })

  it('of drills are confirmed as the law has them, and not where somebody changed them without a source', () => {
    expect(drillLimit(DEFAULT_GAP_RULES, 'hazardous_goods')).toEqual({ value: 6, confirmed: true })
    expect(drillLimit(DEFAULT_GAP_RULES, 'fire_unit')).toEqual({ value: 12, confirmed: false })
    const drillMonths = { ...DEFAULT_GAP_RULES.drillMonths, hazardous_goods: 3 }
    const changed = { ...DEFAULT_GAP_RULES, drillMonths }
    expect(drillLimit(changed, 'hazardous_goods')).toEqual({ value: 3, confirmed: false })
    const sourced = { ...changed, drillSource: '区安委办通知' }
    expect(drillLimit(sourced, 'hazardous_goods')).toEqual({ value: 3, confirmed: true })
  })
})
