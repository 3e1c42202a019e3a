import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  SECTORS,
  SEVERITIES,
  STATUS_FILTERS,
  STATUSES,
  SUMMARY_DIMENSIONS,
} from '../../server/core/vocabulary.ts'
import { openTestApp, type TestApp } from '../harness/app.ts'
import { addHazard, addSite, EAST, IN_EAST, IN_WEST, OUTSIDE, WEST, ZONE } from '../harness/fixture.ts'

let test: TestApp
let siteIds: string[] = []
beforeAll(async () => {
  test = await openTestApp()
  await seed()
})
afterAll(() => test.close())

/** 120 hazards and 12 sites, made by counting so that every run has the same. */
async function seed(): Promise<void> {
  const db = test.database.knex
  const places = [
    { areaCode: EAST, ...IN_EAST },
    { areaCode: WEST, ...IN_WEST },
    { areaCode: null, ...OUTSIDE },
  ]
  const unplaced = { areaCode: WEST, lng: null, lat: null }
  siteIds = []
  for (let index = 0; index < 12; index++) {
    const { areaCode, lng, lat } = places[index % 4] ?? unplaced
    siteIds.push(
      await addSite(db, {
        name: `场所${index}`,
        sector: SECTORS[index % 5] ?? 'fire',
        risk_level: [1, 2, 3, 4, null][index % 5] ?? null,
        area_code: areaCode,
        lng,
        lat,
        created_at: new Date(`2025-0${1 + (index % 6)}-01T00:00:00Z`),
      }),
    )
  }
  for (let index = 0; index < 120; index++) {
    const severity = SEVERITIES[index % 3] ?? 'general'
    const status = STATUSES[index % 7] ?? 'registered'
    const foundOn = `2025-0${1 + (index % 5)}-1${index % 9}`
    await addHazard(
      db,
      {
        ...(places[index % 4] ?? unplaced),
        siteId: index % 3 === 0 ? null : (siteIds[index % 12] ?? null),
        sector: SECTORS[index % 6] ?? 'fire',
        severity,
        clauseId: severity === 'major' ? 'HC-01' : null,
        status,
        foundOn,
        dueOn: index % 4 === 0 ? null : `2025-06-${10 + (index % 20)}`,
        closedOn: status === 'closed' ? '2025-06-01' : null,
        description: `第 ${index} 处，${index % 2 ? '疏散通道' : '配电箱'}`,
        isListed: severity === 'major' && index % 2 === 0,
      },
      new Date(`${foundOn}T01:00:00Z`),
    )
  }
}

const ACCOUNTS = ['analyst', 'commander', 'admin', 'fire-inspector', `officer-${EAST}`, `officer-${WEST}`]

const some = <T extends string | number>(values: readonly T[]) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 }).map((words) => words.join(','))
const day = fc.integer({ min: 0, max: 180 }).map((offset) => {
  return new Date(Date.parse('2025-01-01T00:00:00Z') + offset * 86_400_000).toISOString().slice(0, 10)
})
const WORDS = {
  sector: some(SECTORS),
  severity: some(SEVERITIES),
  riskLevel: some([1, 2, 3, 4]),
  status: some(STATUS_FILTERS),
  area: some([EAST, WEST, ZONE, 'none']),
  siteId: fc.nat(11).map((index) => siteIds[index] ?? ''),
  clauseId: fc.constant('HC-01'),
  q: fc.constantFrom('通道', '配电', '场所1', '%', 'YH-2025-00001'),
  foundFrom: day,
  dueTo: day,
  bbox: fc.constantFrom('125.36,43.84,125.4,43.88', '125,43,126,44'),
  asOf: day,
}
// more words at once would leave nothing most of the time
const filters = fc
  .tuple(fc.record(WORDS), fc.subarray(Object.keys(WORDS) as (keyof typeof WORDS)[], { maxLength: 3 }))
  .map(([words, names]) => Object.fromEntries(names.map((name) => [name, words[name]])))

const read = async (username: string, url: string) => {
  const reply = await test.get(username, url)
  expect(reply.statusCode, `${url} ${reply.body}`).toBe(200)
  return reply
}

it('gives the same number in list, counts, summary, CSV and GeoJSON, for each account and any filter', async () => {
  let nonEmpty = 0
  const request = fc.record({
    username: fc.constantFrom(...ACCOUNTS),
    words: filters,
    by: fc.subarray([...SUMMARY_DIMENSIONS]),
  })
  await fc.assert(
    fc.asyncProperty(request, async ({ username, words, by }) => {
      const query = new URLSearchParams(words).toString()
      const list = (await read(username, `/api/hazards?limit=1000&${query}`)).json()
      const facets = (await read(username, `/api/hazards/facets?${query}`)).json()
      const summary = (await read(username, `/api/summary?by=${by.join(',')}&${query}`)).json()
      const csv: string[][] = parse((await read(username, `/api/hazards.csv?${query}`)).body, { bom: true })
      const geojson = (await read(username, `/api/hazards.geojson?${query}`)).json()
      const sum = summary.items.reduce((total: number, item: { count: number }) => total + item.count, 0)
      const numbers = {
        items: list.items.length,
        facets: facets.total,
        summary: summary.total,
        sum,
        csv: csv.length - 1,
        matched: geojson.numberMatched,
        returned: geojson.numberReturned,
        features: geojson.features.length,
      }
      const same = Object.fromEntries(Object.keys(numbers).map((name) => [name, list.total]))
      expect(numbers, `${username} ${query}`).toEqual(same)
      if (list.total > 0) nonEmpty++
      const ids = (items: { id: string }[]) => items.map((item) => item.id).sort()
      expect(ids(geojson.features)).toEqual(ids(list.items))
    }),
    { numRuns: 60, seed: 20250618 },
  )
  // else the agreement would say little
  expect(nonEmpty).toBeGreaterThan(25)
})

it('gives the same number of places in sites, risk list, its levels and its files', async () => {
  const request = fc.record({ username: fc.constantFrom(...ACCOUNTS), words: filters })
  await fc.assert(
    fc.asyncProperty(request, async ({ username, words }) => {
      const query = new URLSearchParams(words).toString()
      const sites = (await read(username, `/api/sites?limit=1000&${query}`)).json()
      const list = (await read(username, `/api/risk-list?limit=1000&${query}`)).json()
      const csv: string[][] = parse((await read(username, `/api/risk-list.csv?${query}`)).body, { bom: true })
      const geojson = (await read(username, `/api/risk-list.geojson?${query}`)).json()
      const chosen = words.riskLevel?.split(',') ?? ['1', '2', '3', '4', 'none']
      const levels = chosen.reduce((total, level) => total + list.levels[level], 0)
      expect(
        [sites.items.length, list.total, list.items.length, levels, csv.length - 1, geojson.features.length],
        `${username} ${query}`,
      ).toEqual(Array(6).fill(sites.total))
      expect(list.items.map((item: { rank: number }) => item.rank)).toEqual(
        list.items.map((_: unknown, index: number) => index + 1),
      )
    }),
    { numRuns: 60, seed: 20250618 },
  )
})
