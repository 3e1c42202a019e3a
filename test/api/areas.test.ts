import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deriveAreaCode, deriveAreaCodes, descendantAreaCodes } from '../../server/areas/queries.ts'
import { openTestApp, type TestApp } from '../harness/app.ts'
import { EAST, IN_EAST, IN_WEST, OUTSIDE, WEST, ZONE } from '../harness/fixture.ts'

let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
})
afterAll(() => test.close())

describe('GET /api/areas', () => {
  it('gives the zone and its units as GeoJSON to those who see all', async () => {
    const reply = await test.get('analyst', '/api/areas')
    expect(reply.statusCode).toBe(200)
    const collection = reply.json()
    expect(collection).toMatchObject({ type: 'FeatureCollection', numberMatched: 3, numberReturned: 3 })
    expect(collection.features[1]).toEqual({
      type: 'Feature',
      id: EAST,
      properties: {
        code: EAST,
        name: '临河街道',
        kind: 'subdistrict',
        parentCode: ZONE,
        statCode: EAST,
        civilCode: null,
        isApproximate: true,
        source: 'fixture',
        version: 1,
      },
      geometry: {
        type: 'MultiPolygon',
        coordinates: [
          [
            [
              [125.4, 43.84],
              [125.44, 43.84],
              [125.44, 43.88],
              [125.4, 43.88],
              [125.4, 43.84],
            ],
          ],
        ],
      },
    })
    const codes = collection.features.map((feature: { id: string }) => feature.id)
    expect(codes).toEqual([ZONE, EAST, WEST])
  })

  it('gives an officer only their own', async () => {
    const reply = await test.get(`officer-${WEST}`, '/api/areas')
    expect(reply.json().features.map((feature: { id: string }) => feature.id)).toEqual([WEST])
  })

  it('refuses who is not signed in', async () => {
    const reply = await test.get(null, '/api/areas')
    expect([reply.statusCode, reply.json().code]).toEqual([401, 'NOT_SIGNED_IN'])
  })
})

describe('the area of a position', () => {
  it('is the deepest that covers it, or none, in the order asked', async () => {
    const { knex } = test.database
    expect(await deriveAreaCodes(knex, [OUTSIDE, IN_WEST, IN_EAST])).toEqual([null, WEST, EAST])
    expect(await deriveAreaCodes(knex, [])).toEqual([])
  })

  it('is the smaller code on a common edge, whatever the order of rows', async () => {
    expect(await deriveAreaCode(test.database.knex, [125.4, 43.86])).toBe(EAST)
  })

  it('is a grid before its street, and the zone where no unit lies', async () => {
    const { knex } = test.database
    const rolledBack = new Error('rolled back on purpose: the other tests keep their areas')
    const work = knex.transaction(async (transaction) => {
      const outline = (text: string) =>
        transaction.raw('ST_GeomFromEWKT(?)', [`SRID=4326;MULTIPOLYGON(((${text})))`])
      await transaction('areas').insert({
        code: `${EAST}-01`,
        name: '一网格',
        kind: 'grid',
        parent_code: EAST,
        is_approximate: true,
        source: 'test',
        geom: outline('125.41 43.85, 125.43 43.85, 125.43 43.87, 125.41 43.87, 125.41 43.85'),
      })
      await transaction('areas')
        .where({ code: ZONE })
        .update({
          geom: outline('125.3 43.8, 125.5 43.8, 125.5 43.9, 125.3 43.9, 125.3 43.8'),
        })
      expect(await deriveAreaCode(transaction, [125.42, 43.86])).toBe(`${EAST}-01`)
      expect(await deriveAreaCode(transaction, [125.405, 43.86])).toBe(EAST)
      expect(await deriveAreaCode(transaction, [125.48, 43.86])).toBe(ZONE)
      expect(await descendantAreaCodes(transaction, [EAST])).toEqual([EAST, `${EAST}-01`])
      expect(await descendantAreaCodes(transaction, [ZONE])).toEqual([ZONE, EAST, `${EAST}-01`, WEST])
      expect(await descendantAreaCodes(transaction, ['unknown'])).toEqual([])
      throw rolledBack
    })
    await expect(work).rejects.toBe(rolledBack)
  })
})
