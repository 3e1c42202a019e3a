import { describe, expect, it } from 'vitest'
import { addDays } from '../core/calendar.ts'
import { type Dossier, findGapsOfSite, type RiskFacts } from './model.ts'
import { DEFAULT_GAP_RULES } from './rules.ts'

const TODAY = '2025-06-18'
const RISK: RiskFacts = {
  id: 'risk',
  siteId: 'site',
  name: '液氨储罐区',
  level: 1,
  method: 'lec',
  inputs: { L: 6, E: 6, C: 15 },
  score: 540,
  clauseId: null,
  units: null,
  accidentTypes: '中毒和窒息',
  responsiblePerson: '王示例',
}
const DRILL = {
  siteId: 'site',
  id: 'drill',
  number: 'YL-2025-0001',
  title: '液氨卸车泄漏数字推演',
  scenario: '',
  on: '2025-02-11',
}
/** A place that lacks nothing. */
const WHOLE: Dossier = {
  site: {
    id: 'site',
    name: '恒泰冷链（示例）',
    sector: 'chemicals',
    kind: null,
    areaCode: '220171001',
    riskLevel: 1,
    hasPosition: true,
    hasResponsible: true,
  },
  risks: [RISK],
  lastCheck: { siteId: 'site', on: '2025-06-10', source: 'check' },
  drills: [DRILL],
}
const gapsOf = (change: Partial<Dossier>) => findGapsOfSite({ ...WHOLE, ...change }, DEFAULT_GAP_RULES, TODAY)
const sentences = (change: Partial<Dossier>) => gapsOf(change).gaps.map((gap) => gap.sentence)
const site = (change: Partial<Dossier['site']>) => ({ site: { ...WHOLE.site, ...change } })

it('a place that lacks nothing has no gap, and tells its last check and drill', () => {
  expect(gapsOf({})).toEqual({
    site: WHOLE.site,
    gaps: [],
    kinds: [],
    lastCheck: { on: '2025-06-10', source: 'check', days: 8 },
    lastDrill: {
      id: 'drill',
      number: 'YL-2025-0001',
      title: '液氨卸车泄漏数字推演',
      on: '2025-02-11',
      days: 127,
      matches: [{ scenario: '中毒和窒息', words: ['氨', '泄漏'] }],
    },
  })
})

describe('nobody named', () => {
  it('is told of the site and of each risk', () => {
    const risks = [RISK, { ...RISK, name: '卸车', responsiblePerson: ' ' }]
    expect(sentences({ ...site({ hasResponsible: false }), risks })).toEqual([
      '场所没有写责任单位和责任人',
      '风险「卸车」没有写责任人',
    ])
  })
})

describe('not checked in time', () => {
  const checkedAgo = (days: number, riskLevel: 1 | 2 | 3 | 4 | null) =>
    gapsOf({
      ...site({ riskLevel }),
      lastCheck: { siteId: 'site', on: addDays(TODAY, -days), source: 'finding' },
    }).kinds.includes('no_check')

  it.each([
    [1, 30],
    [2, 60],
    [3, 90],
    [4, 180],
    [null, 90],
  ] as const)(
    'a place of level %s has %i days: the day before and the day itself are in time, the next is not',
    (level, days) => {
      expect([checkedAgo(days - 1, level), checkedAgo(days, level), checkedAgo(days + 1, level)]).toEqual([
        false,
        false,
        true,
      ])
    },
  )

  it('says what the last check was and how long ago', () => {
    expect(sentences({ lastCheck: { siteId: 'site', on: '2025-05-01', source: 'reinspection' } })).toEqual([
      '上次检查 2025-05-01（复查），已过 48 天；重大风险场所应 30 天内检查一次（待核）',
    ])
    expect(sentences({ lastCheck: null })).toEqual(['没有检查记录；重大风险场所应 30 天内检查一次（待核）'])
  })
})

describe('no drill of the scenario', () => {
  it.each([
    ['2024-12-19', []],
    ['2024-12-18', []],
    ['2024-12-17', ['no_drill']],
  ])('a drill on %s leaves %o, six months before being 2024-12-18', (on, kinds) => {
    expect(gapsOf({ drills: [{ ...DRILL, on }] }).kinds).toEqual(kinds)
  })

  it('says which type was not drilled, and which drill does not count', () => {
    const risks = [{ ...RISK, accidentTypes: '中毒和窒息、火灾' }]
    expect(gapsOf({ risks }).gaps).toEqual([
      {
        kind: 'no_drill',
        reason: 'never_drilled',
        risk: { id: 'risk', name: '液氨储罐区', level: 1 },
        sentence:
          '风险「液氨储罐区」的「火灾」情景没有演练过；危险物品单位应每 6 个月演练一次；2025-02-11 的「液氨卸车泄漏数字推演」不是这一情景（待核）',
        scenario: '火灾',
        lastOn: null,
        days: null,
        limit: 6,
        subject: 'hazardous_goods',
        confirmed: false,
      },
    ])
  })

  it('says by which words an old drill counts', () => {
    expect(sentences({ drills: [{ ...DRILL, on: '2024-11-30' }] })).toEqual([
      '风险「液氨储罐区」的「中毒和窒息」情景上次演练 2024-11-30（「液氨卸车泄漏数字推演」，按「氨」「泄漏」认定（待核）），已超过 6 个月；危险物品单位应每 6 个月演练一次',
    ])
  })

  it('takes an older drill of the scenario before a newer one of another', () => {
    const newer = { ...DRILL, id: 'fire', title: '火灾疏散演练', on: '2025-06-01' }
    expect(gapsOf({ drills: [newer, DRILL] }).kinds).toEqual([])
  })

  it('asks of a risk without accident types for any drill', () => {
    const risks = [{ ...RISK, accidentTypes: null }]
    expect(gapsOf({ risks }).kinds).toEqual([])
    expect(sentences({ risks, drills: [] })).toEqual([
      '风险「液氨储罐区」没有写事故类型，场所也没有演练过；危险物品单位应每 6 个月演练一次',
    ])
  })

  it('asks nothing of a place without risks', () => {
    expect(gapsOf({ risks: [], drills: [] }).kinds).toEqual(['no_arithmetic'])
  })
})

describe('no place on the map and no arithmetic', () => {
  it('are told in words', () => {
    expect(sentences(site({ hasPosition: false }))).toEqual(['场所没有坐标，地图上没有'])
    expect(sentences({ risks: [] })).toEqual(['场所等级为 1 级重大，没有一项风险可作依据'])
    expect(sentences({ ...site({ riskLevel: null }), risks: [] })).toEqual(['场所尚未评估，没有等级'])
    expect(sentences({ risks: [{ ...RISK, inputs: {} }] })).toEqual([
      '风险「液氨储罐区」评为 1 级重大，没有评价取值，算不出分值',
    ])
  })
})
