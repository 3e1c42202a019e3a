import fc from 'fast-check'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { FILTER_NAMES } from '../../server/core/filters.ts'
import { tileAt, tileBounds } from '../../server/core/tile-grid.ts'
import { SECTORS, SEVERITIES, STATUS_FILTERS, STATUSES } from '../../server/core/vocabulary.ts'
import { recordChange } from '../../server/db/changes.ts'
import { type HazardRecord, insertHazards, recordHazardStates } from '../../server/hazards/write.ts'
import { SINGLE_LIMIT } from '../../server/tiles/hazard-tile.ts'
import { openTestApp, type TestApp } from '../harness/app.ts'
import { addHazard, addSite, EAST, IN_EAST, IN_WEST, PLAIN_HAZARD, WEST, ZONE } from '../harness/fixture.ts'
import { getTile, sumOfTiles } from '../harness/tiles.ts'

let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
})
afterAll(() => test.close())
beforeEach(async () => {
  await test.database.knex.raw('truncate hazards, sites, number_series cascade')
  await announce()
})

const db = () => test.database.knex
/** The fixture writes past the product, which announces each change. */
const announce = () =>
  db().transaction((transaction) =>
    recordChange(transaction, { kind: 'hazard', id: null, areaCodes: [], sectors: [] }),
  )

async function addMany(records: Partial<HazardRecord>[], at = new Date('2025-06-01T01:00:00Z')) {
  await db().transaction(async (transaction) => {
    const hazards = records.map((record, index) => ({
      ...PLAIN_HAZARD,
      number: `YH-2025-${String(index + 1).padStart(6, '0')}`,
      ...record,
      id: uuid(),
    }))
    await insertHazards(transaction, hazards, at)
    await recordHazardStates(
      transaction,
      hazards.map((hazard) => hazard.id),
      at,
    )
    await recordChange(transaction, { kind: 'import', id: null, areaCodes: [], sectors: [] })
  })
}

describe('a tile of few hazards', () => {
  it('holds each with its number, state and the beginning of its text', async () => {
    const id = await addHazard(db(), {
      description: `${'通道堆放货物'.repeat(6)}，以及𠮷号楼的后半句`,
      sector: 'gas',
      severity: 'major',
      clauseId: 'HC-01',
      status: 'rectifying',
      dueOn: '2025-06-17',
      isListed: true,
    })
    await announce()
    const [row] = await db()('hazards').select('feature_id', 'number')
    const tile = tileAt(IN_EAST.lng, IN_EAST.lat, 14)
    expect(await getTile(test, 'analyst', 'hazards', tile)).toEqual({
      hazards: [
        {
          id: row.feature_id,
          type: 1,
          properties: {
            id,
            number: row.number,
            sector: 'gas',
            severity: 'major',
            status: 'rectifying',
            overdue: true,
            listed: true,
            title: `${'通道堆放货物'.repeat(6)}，以及𠮷`,
          },
          // 14/13900/5966: 125.42 is 0.003640 tiles right of its edge, 43.86 is 0.392496 below
          points: [[Math.floor(0.0035555556 * 4096), Math.floor(0.3924957 * 4096)]],
        },
      ],
    })
    expect(tile).toEqual({ z: 14, x: 13900, y: 5966 })
  })

  it('is empty where nothing lies, with no body', async () => {
    await addHazard(db())
    await addHazard(db(), { lng: null, lat: null })
    await announce()
    const reply = await test.get('analyst', '/tiles/hazards/14/0/0.mvt')
    expect([reply.statusCode, reply.rawPayload.length]).toEqual([200, 0])
    expect(reply.headers['content-type']).toBe('application/vnd.mapbox-vector-tile')
  })
})

describe('a tile of many hazards', () => {
  const tile = tileAt(IN_EAST.lng, IN_EAST.lat, 10)

  it(`counts them in cells from ${SINGLE_LIMIT + 1} on`, async () => {
    await addMany(Array.from({ length: SINGLE_LIMIT }, () => ({})))
    const few = await getTile(test, 'analyst', 'hazards', tile)
    expect([few.hazards?.length, few.cells]).toEqual([SINGLE_LIMIT, undefined])
    await addMany([{ number: 'YH-2025-000999' }])
    const many = await getTile(test, 'analyst', 'hazards', tile)
    expect([many.hazards, many.cells?.length]).toEqual([undefined, 1])
  })

  it('gives each cell its counts, the mean of its places and the box around them', async () => {
    const east = { lng: 125.43, lat: 43.865 }
    await addMany([
      ...Array.from({ length: SINGLE_LIMIT - 1 }, () => ({ dueOn: '2025-06-30' })),
      { severity: 'major' as const, clauseId: 'HC-01', ...east },
      { severity: 'suspected_major' as const, dueOn: '2025-06-17', ...east },
      {
        severity: 'general' as const,
        dueOn: '2025-06-17',
        status: 'closed' as const,
        closedOn: '2025-06-10',
        ...east,
      },
      // alone in its cell: given as itself
      { lng: 125.2, lat: 43.95, description: '独处' },
    ])
    const layers = await getTile(test, 'analyst', 'hazards', tile)
    expect(layers.hazards?.map((feature) => feature.properties.title)).toEqual(['独处'])
    expect(layers.cells?.map((cell) => cell.properties)).toEqual([
      {
        n: SINGLE_LIMIT + 2,
        overdue: 1,
        major: 1,
        suspected_major: 1,
        general: SINGLE_LIMIT,
        west: 125.419999,
        south: 43.859999,
        east: 125.430001,
        north: 43.865001,
      },
    ])
    // mean longitude 125.42 + 0.01 × 3 ÷ 102; the tile is 0.3515625 degrees wide and begins at 125.15625
    const [x] = layers.cells?.[0]?.points[0] ?? []
    expect(x).toBe(Math.floor(((125.42 + 0.03 / 102 - 125.15625) / 0.3515625) * 4096))
  })

  it('keeps counting in cells when they all stand on one spot', async () => {
    await addMany(Array.from({ length: 150 }, () => ({})))
    const layers = await getTile(test, 'analyst', 'hazards', tileAt(IN_EAST.lng, IN_EAST.lat, 22))
    const [cell] = layers.cells ?? []
    expect([layers.hazards, cell?.properties.n]).toEqual([undefined, 150])
    const { west, east, south, north } = cell?.properties ?? {}
    expect(Number(east) - Number(west)).toBeLessThan(0.000003)
    expect(Number(north) - Number(south)).toBeLessThan(0.000003)
  })
})

describe('positions', () => {
  it('on the edges of tiles belong to exactly one of them', async () => {
    const corner = tileBounds({ z: 12, x: 3474, y: 1491 })
    const corners = [
      { lng: corner.west, lat: corner.north },
      { lng: corner.east, lat: corner.north },
      { lng: corner.west, lat: corner.south },
      { lng: corner.east, lat: corner.south },
    ]
    await addMany(corners)
    const box = { west: 125, south: 43.5, east: 125.7, north: 44.2 }
    for (const zoom of [0, 6, 9, 11, 12, 13]) {
      expect([zoom, await sumOfTiles(test, 'analyst', 'hazards', zoom, box)]).toEqual([zoom, 4])
    }
  })

  it('at the ends of the world are in a tile as well', async () => {
    await addMany([
      { lng: 180, lat: 89.9 },
      { lng: -180, lat: -89.9 },
      { lng: 180, lat: -90 },
      { lng: 0.0001, lat: 90 },
    ])
    const world = { west: -180, south: -90, east: 180, north: 90 }
    for (const zoom of [0, 1, 2, 3]) {
      expect([zoom, await sumOfTiles(test, 'analyst', 'hazards', zoom, world)]).toEqual([zoom, 4])
    }
  })
})

describe('the past', () => {
  it('is drawn as it stood, in cells and one by one', async () => {
    await addMany(Array.from({ length: 120 }, () => ({ status: 'rectifying' as const })))
    await addMany([{ number: 'late' }], new Date('2025-06-10T01:00:00Z'))
    const tile = tileAt(IN_EAST.lng, IN_EAST.lat, 10)
    await db().transaction(async (transaction) => {
      await transaction('hazards').update({ status: 'closed', closed_on: '2025-06-12' })
      const ids = await transaction('hazards').pluck('id')
      await recordHazardStates(transaction, ids, new Date('2025-06-12T01:00:00Z'))
    })
    await announce()
    const countAt = async (query: string) => {
      const layers = await getTile(test, 'analyst', 'hazards', tile, query)
      return [layers.hazards?.length ?? 0, (layers.cells ?? []).map((cell) => cell.properties.n)]
    }
    expect(await countAt('?status=rectifying')).toEqual([0, []])
    expect(await countAt('?status=rectifying&asOf=2025-06-11')).toEqual([0, [120]])
    expect(await countAt('?status=registered&asOf=2025-06-11')).toEqual([1, []])
    expect(await countAt('?asOf=2025-06-09')).toEqual([0, [120]])
    expect(await countAt('?asOf=2025-05-31')).toEqual([0, []])
  })
})

describe('one filter, one number', () => {
  const BOX = { west: 125.3, south: 43.8, east: 125.7, north: 43.92 }
  const ACCOUNTS = ['analyst', 'commander', 'fire-inspector', `officer-${EAST}`, `officer-${WEST}`]

  async function addRandom(siteIds: string[]) {
    const random = fc.sample(
      fc.record({
        place: fc.constantFrom('east', 'west', 'outside', 'nowhere'),
        dx: fc.double({ min: -0.019, max: 0.019, noNaN: true }),
        dy: fc.double({ min: -0.019, max: 0.019, noNaN: true }),
        isCrowded: fc.boolean(),
        sector: fc.constantFrom(...SECTORS),
        severity: fc.constantFrom(...SEVERITIES),
        status: fc.constantFrom(...STATUSES),
        day: fc.integer({ min: 1, max: 28 }),
        siteId: fc.constantFrom(null, ...siteIds),
        text: fc.constantFrom('防火卷帘', '配电箱', '通道'),
      }),
      { numRuns: 600, seed: 20250618 },
    )
    const centre = { east: IN_EAST, west: IN_WEST, outside: { lng: 125.6, lat: 43.86 }, nowhere: null }
    await addMany(
      random.map((one) => {
        const home = centre[one.place as keyof typeof centre]
        const spread = one.isCrowded ? 0.02 : 1
        return {
          lng: home && home.lng + one.dx * spread,
          lat: home && home.lat + one.dy * spread,
          areaCode: one.place === 'east' ? EAST : one.place === 'west' ? WEST : null,
          sector: one.sector,
          severity: one.severity,
          clauseId: one.severity === 'major' ? 'HC-01' : null,
          status: one.status,
          foundOn: `2025-05-${String(one.day).padStart(2, '0')}`,
          dueOn: `2025-06-${String(one.day).padStart(2, '0')}`,
          closedOn: one.status === 'closed' ? '2025-06-15' : null,
          siteId: one.siteId,
          description: `${one.text}有问题`,
        }
      }),
    )
  }

  const oneOf = (values: readonly (string | number)[]) => fc.constantFrom(...values.map(String))
  const someOf = (values: readonly string[]) =>
    fc.subarray([...values], { minLength: 1, maxLength: 3 }).map((chosen) => chosen.join(','))
  const filter = fc.record(
    {
      sector: someOf(SECTORS),
      severity: someOf(SEVERITIES),
      status: someOf(STATUS_FILTERS),
      area: someOf([EAST, WEST, ZONE, 'none']),
      riskLevel: oneOf([1, 2, '1,2']),
      clauseId: oneOf(['HC-01']),
      q: oneOf(['卷帘', '问题', '%']),
      foundFrom: oneOf(['2025-05-10']),
      dueTo: oneOf(['2025-06-18']),
      bbox: oneOf(['125.37,43.85,125.43,43.87', '125.4,43.86,125.4,43.86', '125.3,43.8,125.5,43.9']),
      asOf: oneOf(['2025-06-02', '2025-05-31']),
    },
    { requiredKeys: [] },
  )

  it('draws over the covering tiles exactly the located hazards of the list, for every account', async () => {
    const siteIds = [await addSite(db(), { risk_level: 1 }), await addSite(db(), { risk_level: 2 })]
    await addRandom(siteIds)
    const question = fc.tuple(filter, fc.constantFrom(...ACCOUNTS), fc.constantFrom(0, 7, 10, 11, 12))
    await fc.assert(
      fc.asyncProperty(question, async ([words, username, zoom]) => {
        expect(FILTER_NAMES).toEqual(expect.arrayContaining(Object.keys(words)))
        const query = `?${new URLSearchParams(words as Record<string, string>)}`
        const list = (await test.get(username, `/api/hazards${query}&limit=1000`)).json()
        const located = list.items.filter((item: { geometry: unknown }) => item.geometry !== null).length
        const facets = (await test.get(username, `/api/hazards/facets${query}`)).json()
        expect([facets.total, facets.located]).toEqual([list.total, located])
        expect(await sumOfTiles(test, username, 'hazards', zoom, BOX, query)).toBe(located)
      }),
      { numRuns: 40, seed: 4180 },
    )
  })
})
