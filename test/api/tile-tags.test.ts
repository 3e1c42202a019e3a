import { gunzipSync } from 'node:zlib'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { tileAt } from '../../server/core/tile-grid.ts'
import { recordChange } from '../../server/db/changes.ts'
import { NOW, openTestApp, type TestApp } from '../harness/app.ts'
import { addHazard, EAST, IN_EAST, WEST } from '../harness/fixture.ts'
import { decodeTile, tileUrl } from '../harness/tiles.ts'

let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
})
afterAll(() => test.close())
beforeEach(async () => {
  await test.database.knex.raw(
    'truncate hazards, sites, drills, resources, protected_places, roads, places, number_series cascade',
  )
  for (const kind of ['hazard', 'site', 'drill', 'resource', 'protectedPlace', 'base'] as const)
    await announce(kind)
})

const db = () => test.database.knex
/** Moves the clock for the rest of one test. */
function passTo(moment: Date) {
  test.setNow(moment)
  onTestFinished(() => test.setNow(NOW))
}
/** The fixture writes past the product, which announces each change. */
const announce = (kind: Parameters<typeof recordChange>[1]['kind']) =>
  db().transaction((transaction) => recordChange(transaction, { kind, id: null, areaCodes: [], sectors: [] }))
const HOME = tileAt(IN_EAST.lng, IN_EAST.lat, 14)

async function ask(username: string | null, url: string, headers: Record<string, string> = {}) {
  const reply = await test.get(username, url, headers)
  return { status: reply.statusCode, etag: String(reply.headers.etag), reply }
}

describe('the ETag of a tile', () => {
  it('answers 304 without a body as long as nothing changes, and 200 after an edit', async () => {
    const id = await addHazard(db())
    await announce('hazard')
    const url = tileUrl('hazards', HOME)
    const first = await ask('analyst', url)
    expect(first.status).toBe(200)
    expect(first.etag).toMatch(/^"[\w-]{27}"$/)
    expect(first.reply.headers['cache-control']).toBe('private, no-cache')
    expect(first.reply.headers.vary).toContain('accept-encoding')
    const again = await ask('analyst', url, { 'if-none-match': first.etag })
    expect([again.status, again.reply.rawPayload.length, again.etag]).toEqual([304, 0, first.etag])
    await test.patch(`officer-${EAST}`, `/api/hazards/${id}`, { version: 1, severity: 'suspected_major' })
    const changed = await ask('analyst', url, { 'if-none-match': first.etag })
    expect(changed.status).toBe(200)
    expect(decodeTile(changed.reply.rawPayload).hazards?.[0]?.properties.severity).toBe('suspected_major')
  })

  it('differs by scope and filter, not by the person', async () => {
    const tags = await Promise.all([
      ask('analyst', tileUrl('hazards', HOME)),
      ask(`officer-${EAST}`, tileUrl('hazards', HOME)),
      ask(`officer-${WEST}`, tileUrl('hazards', HOME)),
      ask('fire-inspector', tileUrl('hazards', HOME)),
      ask('analyst', tileUrl('hazards', HOME, '?sector=fire')),
      ask('analyst', tileUrl('hazards', HOME, '?asOf=2025-06-18')),
      ask('analyst', tileUrl('hazards', { ...HOME, x: HOME.x + 1 })),
      ask('analyst', tileUrl('sites', HOME)),
    ])
    expect(new Set(tags.map((one) => one.etag)).size).toBe(tags.length)
    const other = await ask('commander', tileUrl('hazards', HOME))
    expect(other.etag).toBe(tags[0]?.etag)
  })

  it('changes at midnight in Shanghai, when hazards become overdue without any write', async () => {
    await addHazard(db(), { dueOn: '2025-06-18' })
    await announce('hazard')
    const url = tileUrl('hazards', HOME)
    const today = await ask('analyst', url)
    expect(decodeTile(today.reply.rawPayload).hazards?.[0]?.properties.overdue).toBe(false)
    passTo(new Date('2025-06-18T15:59:59Z'))
    expect((await ask('analyst', url, { 'if-none-match': today.etag })).status).toBe(304)
    passTo(new Date('2025-06-18T16:00:00Z'))
    const tomorrow = await ask('analyst', url, { 'if-none-match': today.etag })
    expect(tomorrow.status).toBe(200)
    expect(decodeTile(tomorrow.reply.rawPayload).hazards?.[0]?.properties.overdue).toBe(true)
  })

  it('of the base map outlives an edit of hazards, but not one of the base map', async () => {
    const base = await ask('analyst', tileUrl('base', HOME))
    await announce('hazard')
    const url = tileUrl('base', HOME)
    expect((await ask('analyst', url, { 'if-none-match': base.etag })).status).toBe(304)
    expect((await ask(`officer-${EAST}`, url, { 'if-none-match': base.etag })).status).toBe(304)
    await announce('base')
    expect((await ask('analyst', url, { 'if-none-match': base.etag })).status).toBe(200)
  })

  it('differs after the database was put back from a copy and counted on', async () => {
    const before = await ask('analyst', tileUrl('hazards', HOME))
    await db()('change_log').update({ created_at: '2025-06-18T01:00:00Z' })
    expect((await ask('analyst', tileUrl('hazards', HOME))).etag).not.toBe(before.etag)
  })

  it('names the compressed form apart, and takes either back', async () => {
    for (let index = 0; index < 30; index++) await addHazard(db())
    await announce('hazard')
    const url = tileUrl('hazards', HOME)
    const plain = await ask('analyst', url)
    const small = await ask('analyst', url, { 'accept-encoding': 'gzip, br' })
    expect(plain.reply.headers['content-encoding']).toBeUndefined()
    expect(small.reply.headers['content-encoding']).toBe('gzip')
    expect(gunzipSync(small.reply.rawPayload).equals(plain.reply.rawPayload)).toBe(true)
    expect(small.reply.rawPayload.length).toBeLessThan(plain.reply.rawPayload.length)
    expect(small.etag).not.toBe(plain.etag)
    for (const tag of [plain.etag, small.etag, `W/${small.etag}`]) {
      expect((await ask('analyst', url, { 'if-none-match': tag })).status).toBe(304)
    }
    // a tile under 1 KB is not worth it
    const empty = await ask('analyst', tileUrl('hazards', { z: 14, x: 0, y: 0 }), {
      'accept-encoding': 'gzip',
    })
    expect(empty.reply.headers['content-encoding']).toBeUndefined()
  })
})

describe('a tile that cannot be', () => {
  it('is refused', async () => {
    const refusals: [string | null, string, number, string][] = [
      [null, '/tiles/hazards/0/0/0.mvt', 401, 'NOT_SIGNED_IN'],
      [null, '/tiles/base/0/0/0.mvt', 401, 'NOT_SIGNED_IN'],
      [null, '/tiles/hazards.json', 401, 'NOT_SIGNED_IN'],
      ['analyst', '/tiles/rainbows/0/0/0.mvt', 404, 'NOT_FOUND'],
      ['analyst', '/tiles/rainbows.json', 404, 'NOT_FOUND'],
      ['analyst', '/tiles/hazards/23/0/0.mvt', 400, 'BAD_TILE'],
      ['analyst', '/tiles/hazards/3/8/0.mvt', 400, 'BAD_TILE'],
      ['analyst', '/tiles/hazards/3/0/8.mvt', 400, 'BAD_TILE'],
      ['analyst', '/tiles/hazards/-1/0/0.mvt', 400, 'BAD_TILE'],
      ['analyst', '/tiles/hazards/1.5/0/0.mvt', 400, 'BAD_TILE'],
      ['analyst', '/tiles/hazards/z/x/y.mvt', 400, 'BAD_TILE'],
      ['analyst', '/tiles/hazards/0/0/0.mvt?sector=magic', 400, 'BAD_FILTER'],
      ['analyst', '/tiles/hazards/0/0/0.mvt?bbox=1,2', 400, 'BAD_FILTER'],
      ['analyst', '/tiles/sites/0/0/0.mvt?area=999', 400, 'BAD_FILTER'],
      ['analyst', '/tiles/drills/0/0/0.mvt?state=over', 400, 'BAD_FILTER'],
      ['analyst', '/tiles/resources/0/0/0.mvt?kind=school', 400, 'BAD_FILTER'],
      ['analyst', '/tiles/hazards/0/0/0.png', 404, 'NOT_FOUND'],
    ]
    for (const [username, url, status, code] of refusals) {
      const { reply } = await ask(username, url)
      expect([url, reply.statusCode, reply.json().code]).toEqual([url, status, code])
    }
  })
})

it('serves a crowd that asks for one tile at the same time', async () => {
  await db()('hazards').delete()
  await addHazard(db(), { id: uuid() })
  await announce('hazard')
  const replies = await Promise.all(
    Array.from({ length: 20 }, () => ask('analyst', tileUrl('hazards', HOME))),
  )
  expect(new Set(replies.map((one) => one.reply.rawPayload.toString('base64'))).size).toBe(1)
  expect(replies.every((one) => one.status === 200)).toBe(true)
})
