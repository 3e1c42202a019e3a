import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SECTORS, SEVERITIES, STATUS_FILTERS } from '../../server/core/vocabulary.ts'
import type { Hexagons, RiskAreas } from '../../server/risk-map/schema.ts'
import { openTestApp, type TestApp } from '../harness/app.ts'
import { addSite, EAST, WEST, ZONE } from '../harness/fixture.ts'
import { seedRiskMap } from '../harness/risk-map-data.ts'

let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
  await seedRiskMap(test.database.knex)
})
afterAll(() => test.close())

const ACCOUNTS = ['analyst', 'commander', 'fire-inspector', `officer-${EAST}`, `officer-${WEST}`]
async function read<T>(username: string, url: string): Promise<T> {
  const reply = await test.get(username, url)
  expect(reply.statusCode, `${url} ${reply.body}`).toBe(200)
  return reply.json()
}
const hexagons = (username: string, query = '') => read<Hexagons>(username, `/api/risk-map/hexagons?${query}`)
const areas = (username: string, query = '') => read<RiskAreas>(username, `/api/risk-map/areas?${query}`)
const totalOf = async (username: string, path: string) =>
  (await read<{ total: number }>(username, path)).total
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
const sumOfLevels = (levels: Record<string, number>) => sum(Object.values(levels))

const some = <T extends string | number>(values: readonly T[]) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 }).map((words) => words.join(','))
const WORDS = {
  sector: some(SECTORS),
  severity: some(SEVERITIES),
  riskLevel: some([1, 2, 3, 4]),
  status: some(STATUS_FILTERS),
  area: some([EAST, WEST, ZONE, 'none']),
  q: fc.constantFrom('通道', '场所1'),
  foundFrom: fc.constant('2025-03-01'),
  bbox: fc.constantFrom('125.36,43.84,125.41,43.87', '125,43,126,44'),
  asOf: fc.constantFrom('2025-02-15', '2025-04-30', '2025-06-17'),
}
const questions = fc.record({
  username: fc.constantFrom(...ACCOUNTS),
  size: fc.constantFrom(250, 500, 1000),
  words: fc
    .tuple(fc.record(WORDS), fc.subarray(Object.keys(WORDS) as (keyof typeof WORDS)[], { maxLength: 3 }))
    .map(([words, names]) => Object.fromEntries(names.map((name) => [name, words[name]]))),
})

describe('the counts', () => {
  it('of all hexagons and what has no place are those of the lists, for each account and any filter', async () => {
    let nonEmpty = 0
    await fc.assert(
      fc.asyncProperty(questions, async ({ username, size, words }) => {
        const query = new URLSearchParams(words).toString()
        const grid = await hexagons(username, `size=${size}&${query}`)
        const map = await areas(username, query)
        const sites = await totalOf(username, `/api/sites?limit=1&${query}`)
        const hazards = await totalOf(username, `/api/summary?${query}`)
        const ofCells = {
          sites: sum(grid.items.map((item) => item.sites)) + grid.unplaced.sites,
          levels: sum(grid.items.map((item) => sumOfLevels(item.levels))) + sumOfLevels(grid.unplaced.levels),
          hazards: sum(grid.items.map((item) => item.hazards)) + grid.unplaced.hazards,
        }
        expect(ofCells, `${username} ${query}`).toEqual({ sites, levels: sites, hazards })
        expect(grid.totals.sites).toBe(ofCells.sites - grid.unplaced.sites)
        expect([map.total, sum(map.items.map((item) => item.sites)) + (map.outside?.sites ?? 0)]).toEqual([
          sites,
          sites,
        ])
        expect(map.whole.hazards + (map.outside?.hazards ?? 0)).toBe(hazards)
        expect(new Set(grid.items.map((item) => item.id)).size).toBe(grid.total)
        expect(grid.items.every((item) => item.sites + item.hazards > 0)).toBe(true)
        if (sites > 0 && hazards > 0) nonEmpty++
      }),
      { numRuns: 50, seed: 20250618 },
    )
    expect(nonEmpty).toBeGreaterThan(15)
  })

  it('of open and overdue hazards are those that the list counts by the same words', async () => {
    const { totals, unplaced } = await hexagons('analyst')
    const of = (words: string) => totalOf('analyst', `/api/hazards?limit=1&${words}`)
    expect({
      major: totals.openHazards.major + unplaced.openHazards.major,
      suspectedMajor: totals.openHazards.suspectedMajor + unplaced.openHazards.suspectedMajor,
      general: totals.openHazards.general + unplaced.openHazards.general,
      overdue: totals.openHazards.overdue + unplaced.openHazards.overdue,
    }).toEqual({
      major: await of('status=open&severity=major'),
      suspectedMajor: await of('status=open&severity=suspected_major'),
      general: await of('status=open&severity=general'),
      overdue: await of('status=overdue'),
    })
  })
})

describe('the areas', () => {
  it('take their level by the rule named, and say why', async () => {
    const map = await areas('analyst')
    const east = map.items.find((item) => item.code === EAST)
    const total = (level: number) => totalOf('analyst', `/api/sites?limit=1&area=${EAST}&riskLevel=${level}`)
    expect(map.rule).toMatchObject({ id: 'highest', title: '取最高级', confirmed: false })
    expect(map.rules.map((rule) => [rule.id, rule.confirmed])).toEqual([
      ['highest', false],
      ['share', false],
      ['weighted', false],
    ])
    expect(map.items.map((item) => item.code)).toEqual([EAST, WEST])
    expect(east?.levels).toMatchObject({
      1: await total(1),
      2: await total(2),
      3: await total(3),
      4: await total(4),
    })
    expect(east?.level).toBe(1)
    expect(east?.why).toContain(`有 ${east?.levels[1]} 处重大风险场所，取最高级`)
    // 0.04° of longitude at 43.86° N by 0.04° of latitude: 3.215 km × 4.444 km
    expect(east?.areaSquareKilometers).toBeCloseTo(14.29, 1)
    expect(map.whole.areaSquareKilometers).toBeCloseTo(2 * (east?.areaSquareKilometers ?? 0), 6)
    expect(map.outsideFilter).toBe('none')
  })

  it('may be rated by share or density; outside every area there is no density', async () => {
    const share = await areas('analyst', 'rule=share')
    const weighted = await areas('analyst', 'rule=weighted')
    expect(share.items[0]?.why).toMatch(/^重大与较大 \d+／\d+ 处，占 \d+\.\d %/)
    expect(weighted.items[0]?.why).toMatch(/^权重 .+，面积 14\.\d\d km²，每平方公里 \d+\.\d/)
    expect([weighted.outside?.level, weighted.outside?.density]).toEqual([null, null])
    expect(weighted.outside?.why).toMatch(/^没有面积，不能按密度定级/)
  })

  it('are given in GeoJSON with the rule and six decimals', async () => {
    const reply = await test.get('analyst', '/api/risk-map/areas?rule=share', {
      accept: 'application/geo+json',
    })
    const { features } = reply.json()
    expect(features.map((one: { id: string }) => one.id)).toEqual([EAST, WEST])
    expect(features[0].properties).toMatchObject({ code: EAST, rule: 'share' })
    expect(reply.body).not.toMatch(/\d\.\d{7,}[,\]]{1,2}\[/)
  })
})

describe('who sees a part', () => {
  it('is told of no other area, in no count', async () => {
    const own = await areas(`officer-${EAST}`)
    const grid = await hexagons(`officer-${EAST}`, 'size=1000')
    expect(own.items.map((item) => item.code)).toEqual([EAST])
    expect(own.outside).toBeNull()
    expect(own.total).toBe(await totalOf(`officer-${EAST}`, '/api/sites?limit=1'))
    const everything = await hexagons('analyst', `size=1000&area=${EAST}`)
    expect(grid.items).toEqual(everything.items)
    const foreign = (await hexagons('analyst', `size=250&area=${WEST}`)).items[0]?.id
    const rows = await read<object>(`officer-${EAST}`, `/api/risk-map/hexagons/${foreign}`)
    expect(rows).toMatchObject({ sites: { items: [], total: 0 }, hazards: { items: [], total: 0 } })
  })

  it('is refused without signing in', async () => {
    for (const path of ['areas', 'hexagons', 'hexagons/500_1_1']) {
      expect((await test.get(null, `/api/risk-map/${path}`)).statusCode).toBe(401)
    }
  })
})

describe('a past day', () => {
  it('has the counts of that day', async () => {
    const then = await hexagons('analyst', 'asOf=2025-02-15')
    const now = await hexagons('analyst')
    const thenTotal = then.totals.hazards + then.unplaced.hazards
    expect(thenTotal).toBe(await totalOf('analyst', '/api/hazards?limit=1&asOf=2025-02-15'))
    expect(thenTotal).toBeGreaterThan(0)
    expect(thenTotal).toBeLessThan(now.totals.hazards + now.unplaced.hazards)
    const map = await areas('analyst', 'asOf=2025-02-15')
    expect(map.total).toBe(await totalOf('analyst', '/api/sites?limit=1&asOf=2025-02-15'))
  })
})

describe('what cannot be read', () => {
  it.each([
    ['areas?rule=average', 'rule', ['highest', 'share', 'weighted']],
    ['areas?rule=highest,share', 'rule', ['highest', 'share', 'weighted']],
    ['hexagons?size=300', 'size', ['250', '500', '1000']],
    ['hexagons?size=abc', 'size', ['250', '500', '1000']],
    ['hexagons?measure=heat', 'measure', ['risk', 'sites', 'hazards', 'level']],
  ])('%s is refused with the known words', async (path, parameter, known) => {
    const reply = await test.get('analyst', `/api/risk-map/${path}`)
    expect(reply.statusCode).toBe(400)
    expect(reply.json()).toMatchObject({ code: 'BAD_FILTER', parameter, known })
  })

  it('is refused: words of the filter and names of hexagons that nobody knows', async () => {
    const unknownArea = await test.get('analyst', '/api/risk-map/areas?area=999')
    expect([unknownArea.statusCode, unknownArea.json().parameter]).toEqual([400, 'area'])
    const unknownCell = await test.get('analyst', '/api/risk-map/hexagons/300_1_1')
    expect([unknownCell.statusCode, unknownCell.json().code]).toEqual([400, 'BAD_HEXAGON'])
    expect(unknownCell.json().detail).toContain('250、500、1000')
  })
})

// last, since it adds an area
describe('a grid', () => {
  it('counts in the street that it is a part of', async () => {
    const db = test.database.knex
    const grid = `${EAST}-01`
    await db('areas').insert({
      ...{ code: grid, name: '第一网格', kind: 'grid', parent_code: EAST },
      ...{ stat_code: grid, is_approximate: true, source: 'fixture' },
      geom: db.raw('ST_GeomFromEWKT(?)', [
        'SRID=4326;MULTIPOLYGON(((125.41 43.85, 125.42 43.85, 125.42 43.86, 125.41 43.86, 125.41 43.85)))',
      ]),
    })
    const before = await areas('analyst')
    await addSite(db, { name: '网格内', area_code: grid, risk_level: 1 })
    const after = await areas('analyst')
    const majors = (map: RiskAreas) => map.items.find((item) => item.code === EAST)?.levels[1] ?? 0
    expect(after.items.map((item) => item.code)).toEqual([EAST, WEST])
    expect(majors(after)).toBe(majors(before) + 1)
  })
})
