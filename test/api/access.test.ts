import type { LightMyRequestResponse } from 'fastify'
import { gunzipSync, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../harness/app.ts'
import { addHazard, addSite, EAST, IN_EAST, IN_WEST, WEST } from '../harness/fixture.ts'

/**
 * Every GET route that the product describes is asked by somebody who may see only the east, or only fire. Whatever
 * belongs to the west and to chemicals carries a mark that must not come back, in no format and in no error.
 */
const MARK = '西侧机密'
/** Resources and protected places have no sector, so an inspector sees them all; an officer only those of the area. */
const PLACE_MARK = '西侧站点'
const OFFICER = `officer-${EAST}`
const OWN_MARK = '东侧可见'

let test: TestApp
const foreign: Record<string, string> = {}
const own: Record<string, string> = {}
let getPaths: string[] = []

beforeAll(async () => {
  test = await openTestApp()
  await fill(foreign, MARK, WEST, IN_WEST, 'chemicals', PLACE_MARK)
  await fill(own, OWN_MARK, EAST, IN_EAST, 'fire', OWN_MARK)
  const document = (await test.get(null, '/api/openapi.json')).json()
  getPaths = Object.entries<object>(document.paths)
    .filter(([, methods]) => 'get' in methods)
    .map(([path]) => path)
})
afterAll(() => test.close())

async function fill(
  ids: Record<string, string>,
  mark: string,
  area: string,
  place: { lng: number; lat: number },
  sector: 'chemicals' | 'fire',
  placeMark: string,
) {
  const db = test.database.knex
  ids.site = await addSite(db, { name: `${mark}场所`, area_code: area, sector, ...place })
  ids.hazard = await addHazard(db, {
    siteId: ids.site,
    areaCode: area,
    sector,
    description: `${mark}隐患`,
    locationText: `${mark}位置`,
    responsiblePerson: `${mark}人`,
    ...place,
  })
  const risk = await test.post('analyst', `/api/sites/${ids.site}/risks`, {
    name: `${mark}风险`,
    assessment: { method: 'lec', l: 1, e: 6, c: 7 },
  })
  expect(risk.statusCode, risk.body).toBe(201)
  ids.risk = risk.json().id
  const unit = await test.post('analyst', `/api/sites/${ids.site}/units`, {
    name: `${mark}单元`,
    kind: 'storage',
    substances: [{ name: '氨', tonnes: 18 }],
  })
  expect(unit.statusCode, unit.body).toBe(201)
  const check = { checkedOn: '2025-06-17', checkedBy: `${mark}检查人`, outcome: 'nothing_found' }
  expect((await test.post('analyst', `/api/sites/${ids.site}/checks`, check)).statusCode).toBe(201)
  const drill = await test.post('commander', '/api/drills', {
    title: `${mark}演练`,
    form: 'tabletop',
    sector,
    geometry: { type: 'Point', coordinates: [place.lng, place.lat] },
    hazardIds: [ids.hazard],
  })
  expect(drill.statusCode, drill.body).toBe(201)
  ids.drill = drill.json().id
  const resource = await test.post('commander', '/api/resources', {
    name: `${placeMark}消防站`,
    kind: 'fire_station',
    geometry: { type: 'Point', coordinates: [place.lng, place.lat] },
  })
  expect(resource.statusCode, resource.body).toBe(201)
  ids.resource = resource.json().id
  const protectedPlace = await test.post('commander', '/api/protected-places', {
    name: `${placeMark}学校`,
    kind: 'school',
    geometry: { type: 'Point', coordinates: [place.lng, place.lat] },
  })
  expect(protectedPlace.statusCode, protectedPlace.body).toBe(201)
  ids.protectedPlace = protectedPlace.json().id
  const grid = await test.get('analyst', `/api/risk-map/hexagons?area=${area}`)
  ids.hexagon = grid.json().items[0].id
}

/** The whole of a reply as text, with what is packed in it unpacked. */
function readText(reply: LightMyRequestResponse): string {
  let bytes = new Uint8Array(reply.rawPayload)
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) bytes = gunzipSync(bytes) as Uint8Array<ArrayBuffer>
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    return Object.values(unzipSync(bytes))
      .map((part) => new TextDecoder().decode(part))
      .join('\n')
  }
  return new TextDecoder().decode(bytes)
}

/** A path with its placeholders filled: the ids of the given things, and the tiles that hold them. */
function fillPath(path: string, ids: Record<string, string>): string[] {
  const kinds: [RegExp, string | undefined][] = [
    [/^\/api\/(hazards)\//, ids.hazard],
    [/^\/api\/(sites)\//, ids.site],
    [/^\/api\/(risks)\//, ids.risk],
    [/^\/api\/(drills)\//, ids.drill],
    [/^\/api\/(resources)\//, ids.resource],
    [/^\/api\/(protected-places)\//, ids.protectedPlace],
  ]
  const id = kinds.find(([pattern]) => pattern.test(path))?.[1] ?? ids.hazard ?? ''
  const filled = path.replaceAll(/\{(id|photoId)\}/g, id).replace('{hexagon}', ids.hexagon ?? '')
  if (!filled.includes('{z}')) return [filled.replace('{layer}', 'hazards')]
  const layers = ['hazards', 'sites', 'drills', 'areas', 'base', 'resources', 'protected-places']
  const tiles = [
    [0, 0, 0],
    [10, 868, 372],
    [12, 3474, 1490],
    [14, 13898, 5962],
  ]
  return layers.flatMap((layer) =>
    tiles.map(([z, x, y]) =>
      filled
        .replace('{layer}', layer)
        .replace('{z}', String(z))
        .replace('{x}', String(x))
        .replace('{y}', String(y)),
    ),
  )
}

const needsQuery: Record<string, string> = {
  '/api/summary': '?by=area,sector,severity',
  '/api/statistics': '?from=2025-05-01&to=2025-06-18',
}
const SKIPPED = new Set(['/api/live'])

describe.each([
  {
    username: OFFICER,
    marks: [MARK, PLACE_MARK],
    kinds: ['hazard', 'site', 'drill', 'resource', 'protectedPlace'],
  },
  { username: 'fire-inspector', marks: [MARK], kinds: ['hazard', 'site', 'drill'] },
])('what $username is answered', ({ username, marks, kinds }) => {
  it('holds nothing of another’s, on any route, in any format', async () => {
    const asked: string[] = []
    for (const path of getPaths.filter((known) => !SKIPPED.has(known))) {
      for (const url of [...fillPath(path, foreign), ...fillPath(path, own)]) {
        for (const query of new Set([
          needsQuery[path] ?? '',
          `${needsQuery[path] ?? '?'}&q=${encodeURIComponent(MARK.slice(2))}`,
        ])) {
          const reply = await test.get(username, `${url}${query}`)
          // half of the mark is searched for, since an export's title repeats the question
          const text = readText(reply)
          for (const mark of marks) expect(text.includes(mark), `${url}${query}`).toBe(false)
          for (const kind of kinds) {
            const id = foreign[kind] ?? ''
            if (!url.includes(id)) expect(text.includes(id), `${url} tells the id of a ${kind}`).toBe(false)
          }
          // papers need a browser and the viewer: test/clients/print.test.ts and test/browser/print.test.ts read them
          if (reply.statusCode === 501) expect(reply.json().code).toBe('NO_PRINT_ENGINE')
          else expect(reply.statusCode, `${url} ${reply.body.slice(0, 200)}`).toBeLessThan(500)
          asked.push(url)
        }
      }
    }
    expect(asked.length).toBeGreaterThan(60)
  })
})

describe('what belongs to another', () => {
  it('answers as if it were not there', async () => {
    const paths = [
      `/api/hazards/${foreign.hazard}`,
      `/api/hazards/${foreign.hazard}/history`,
      `/api/hazards/${foreign.hazard}/photos`,
      `/api/sites/${foreign.site}`,
      `/api/sites/${foreign.site}/risks`,
      `/api/sites/${foreign.site}/units`,
      `/api/sites/${foreign.site}/exposure`,
      `/api/sites/${foreign.site}/checks`,
      `/api/sites/${foreign.site}/photos`,
      `/api/sites/${foreign.site}/level-history`,
      `/api/risks/${foreign.risk}`,
      `/api/risks/${foreign.risk}/assessments`,
      `/api/drills/${foreign.drill}`,
      `/api/resources/${foreign.resource}`,
      `/api/protected-places/${foreign.protectedPlace}`,
    ]
    const absent = '01890000-0000-7000-8000-000000000000'
    for (const path of paths) {
      const there = await test.get(OFFICER, path)
      const notThere = await test.get(OFFICER, path.replace(/[0-9a-f-]{36}/, absent))
      const facts = ({ requestId: _id, ...rest }: Record<string, unknown>) => rest
      expect([path, there.statusCode]).toEqual([path, 404])
      expect(facts(there.json())).toEqual(facts(notThere.json()))
    }
  })

  it('cannot be written by an officer', async () => {
    const attempts: [string, string, object][] = [
      ['PATCH', `/api/hazards/${foreign.hazard}`, { version: 1, description: 'x' }],
      ['POST', `/api/hazards/${foreign.hazard}/transitions`, { version: 1, action: 'assign', note: 'x' }],
      ['PATCH', `/api/sites/${foreign.site}`, { version: 1, name: 'x' }],
      [
        'POST',
        `/api/sites/${foreign.site}/checks`,
        { checkedOn: '2025-06-18', checkedBy: 'x', outcome: 'nothing_found' },
      ],
    ]
    for (const [method, url, payload] of attempts) {
      const reply = await test.as(OFFICER, { method: method as 'PATCH', url, payload })
      expect([url, reply.statusCode]).toEqual([url, 404])
    }
  })

  it('is not told by an ETag: it changes with who asks', async () => {
    const url = '/tiles/hazards/12/3474/1490.mvt'
    const tags = await Promise.all(
      [OFFICER, `officer-${WEST}`, 'analyst'].map(
        async (username) => (await test.get(username, url)).headers.etag,
      ),
    )
    expect(new Set(tags).size).toBe(3)
  })
})

describe('what belongs to oneself', () => {
  it.each([OFFICER, 'fire-inspector', 'analyst'])('is answered to %s', async (username) => {
    for (const path of [
      '/api/hazards',
      '/api/sites',
      '/api/risk-list',
      '/api/drills',
      '/api/hazards.csv',
      '/api/risk-list.xlsx',
    ]) {
      const reply = await test.get(username, path)
      expect([path, readText(reply).includes(OWN_MARK)]).toEqual([path, true])
    }
  })
})
