import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../harness/app.ts'
import { EAST, IN_EAST, IN_WEST, OUTSIDE, WEST } from '../harness/fixture.ts'

let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
})
afterAll(() => test.close())
beforeEach(() => test.database.knex.raw('truncate resources, protected_places'))

const point = ({ lng, lat }: { lng: number; lat: number }) => ({ type: 'Point', coordinates: [lng, lat] })
const STATION = {
  name: '临河消防站',
  kind: 'fire_station',
  geometry: point(IN_EAST),
  phone: '119',
  capacity: '3 车',
}
const SCHOOL = {
  name: '第一小学',
  kind: 'school',
  geometry: point(IN_WEST),
  headcount: 820,
  address: '示意一路 1 号',
}

async function make(path: string, body: object) {
  const reply = await test.post('commander', path, body)
  expect(reply.statusCode, reply.body).toBe(201)
  return reply.json()
}
async function names(username: string, url: string): Promise<string[]> {
  const reply = await test.get(username, url)
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.json().items.map((item: { name: string }) => item.name)
}

describe('a resource and a protected place', () => {
  it('answer every field of the contract, in the area that covers them', async () => {
    const station = await make('/api/resources', STATION)
    expect(station).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: '临河消防站',
      kind: 'fire_station',
      area: { code: EAST, name: '临河街道' },
      address: null,
      geometry: point(IN_EAST),
      source: '人工录入',
      isExample: true,
      version: 1,
      phone: '119',
      capacity: '3 车',
    })
    expect((await test.get('analyst', `/api/resources/${station.id}`)).json()).toEqual(station)
    const school = await make('/api/protected-places', SCHOOL)
    expect(school).toMatchObject({ area: { code: WEST }, headcount: 820, address: '示意一路 1 号' })
    expect(school).not.toHaveProperty('phone')
    expect((await test.get('analyst', `/api/protected-places/${school.id}`)).json()).toEqual(school)
  })

  it('are changed by naming the version, and move to another area', async () => {
    const { id } = await make('/api/resources', STATION)
    const moved = await test.patch('commander', `/api/resources/${id}`, {
      version: 1,
      geometry: point(IN_WEST),
      phone: null,
    })
    expect(moved.json()).toMatchObject({
      version: 2,
      area: { code: WEST },
      phone: null,
      capacity: '3 车',
      name: '临河消防站',
    })
    const stale = await test.patch('admin', `/api/resources/${id}`, { version: 1, name: '别的' })
    expect([stale.statusCode, stale.json().code, stale.json().current.version]).toEqual([
      409,
      'STALE_VERSION',
      2,
    ])
    const log = await test.database.knex('change_log').where({ entity_id: id }).orderBy('sequence')
    expect(log.map((row) => [row.kind, row.area_codes])).toEqual([
      ['resource', [EAST]],
      ['resource', [EAST, WEST]],
    ])
  })

  it('are refused where they make no sense or nobody may write them', async () => {
    const refusals: [string | null, string, object, number, string][] = [
      [null, '/api/resources', STATION, 401, 'NOT_SIGNED_IN'],
      ['analyst', '/api/resources', STATION, 403, 'ROLE_NOT_ALLOWED'],
      [`officer-${EAST}`, '/api/protected-places', SCHOOL, 403, 'ROLE_NOT_ALLOWED'],
      ['commander', '/api/resources', { ...STATION, kind: 'school' }, 400, 'BAD_INPUT'],
      ['commander', '/api/protected-places', { ...SCHOOL, kind: 'hydrant' }, 400, 'BAD_INPUT'],
      ['commander', '/api/protected-places', { ...SCHOOL, headcount: -1 }, 400, 'BAD_INPUT'],
      ['commander', '/api/resources', { ...STATION, headcount: 3 }, 400, 'BAD_INPUT'],
      ['commander', '/api/resources', { ...STATION, name: '' }, 400, 'BAD_INPUT'],
      ['commander', '/api/resources', { name: '无位置', kind: 'depot' }, 400, 'BAD_INPUT'],
      [
        'commander',
        '/api/resources',
        { ...STATION, geometry: point({ lng: 0, lat: 0 }) },
        422,
        'BAD_POSITION',
      ],
      [
        'commander',
        '/api/resources',
        { ...STATION, geometry: point({ lng: 200, lat: 0 }) },
        422,
        'BAD_POSITION',
      ],
    ]
    for (const [username, path, body, status, code] of refusals) {
      const reply = await test.post(username, path, body)
      expect([code, reply.statusCode, reply.json().code]).toEqual([code, status, code])
    }
    const { id } = await make('/api/resources', STATION)
    const patches: [string, object, number, string][] = [
      ['analyst', { version: 1, name: 'x' }, 403, 'ROLE_NOT_ALLOWED'],
      [`officer-${WEST}`, { version: 1, name: 'x' }, 404, 'NOT_FOUND'],
      ['commander', { name: 'x' }, 400, 'BAD_INPUT'],
    ]
    for (const [username, body, status, code] of patches) {
      const reply = await test.patch(username, `/api/resources/${id}`, body)
      expect([code, reply.statusCode, reply.json().code]).toEqual([code, status, code])
    }
  })
})

describe('the lists', () => {
  it('are in the order of names, page by page, and filtered by kind, area, bbox and text', async () => {
    await make('/api/resources', STATION)
    await make('/api/resources', { ...STATION, name: 'B 医院', kind: 'hospital', geometry: point(IN_WEST) })
    await make('/api/resources', { ...STATION, name: 'A 物资库', kind: 'depot', geometry: point(OUTSIDE) })
    expect(await names('analyst', '/api/resources')).toEqual(['A 物资库', 'B 医院', '临河消防站'])
    const first = (await test.get('analyst', '/api/resources?limit=2')).json()
    expect([first.total, first.items.length]).toEqual([3, 2])
    expect(await names('analyst', `/api/resources?limit=2&cursor=${first.nextCursor}`)).toEqual([
      '临河消防站',
    ])
    const answers: [string, string[]][] = [
      ['?kind=depot,hospital', ['A 物资库', 'B 医院']],
      [`?area=${WEST}`, ['B 医院']],
      ['?area=none', ['A 物资库']],
      ['?bbox=125.37,43.85,125.43,43.87', ['B 医院', '临河消防站']],
      [`?q=${encodeURIComponent('消防')}`, ['临河消防站']],
      ['?q=%25', []],
      // a word that speaks of hazards changes nothing here
      ['?severity=major&kind=depot', ['A 物资库']],
    ]
    for (const [query, expected] of answers) {
      expect([query, await names('analyst', `/api/resources${query}`)]).toEqual([query, expected])
    }
    const refused = await test.get('analyst', '/api/resources?kind=school')
    expect([refused.statusCode, refused.json().code, refused.json().known[0]]).toEqual([
      400,
      'BAD_FILTER',
      'fire_station',
    ])
  })

  it('show an officer what lies in their areas, and an inspector everything', async () => {
    await make('/api/protected-places', { ...SCHOOL, name: 'east', geometry: point(IN_EAST) })
    await make('/api/protected-places', { ...SCHOOL, name: 'west' })
    await make('/api/protected-places', { ...SCHOOL, name: 'outside', geometry: point(OUTSIDE) })
    const url = '/api/protected-places'
    expect(await names(`officer-${EAST}`, url)).toEqual(['east'])
    expect(await names('fire-inspector', url)).toEqual(['east', 'outside', 'west'])
  })

  it('answer GeoJSON when asked to', async () => {
    await make('/api/protected-places', SCHOOL)
    const reply = await test.get('analyst', '/api/protected-places', { accept: 'application/geo+json' })
    expect(reply.json()).toMatchObject({
      type: 'FeatureCollection',
      numberMatched: 1,
      numberReturned: 1,
      features: [
        { type: 'Feature', geometry: point(IN_WEST), properties: { name: '第一小学', headcount: 820 } },
      ],
    })
  })
})
