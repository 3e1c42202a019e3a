import { parse } from 'csv-parse/sync'
import { readXlsx } from 'hucre'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Hexagons, RiskAreas } from '../../server/risk-map/schema.ts'
import { openTestApp, type TestApp } from '../harness/app.ts'
import { EAST } from '../harness/fixture.ts'
import { seedRiskMap } from '../harness/risk-map-data.ts'

let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
  await seedRiskMap(test.database.knex)
})
afterAll(() => test.close())

const rowsOf = async (username: string, path: string): Promise<Record<string, string>[]> => {
  const reply = await test.get(username, `/api/risk-map/${path}`)
  expect(reply.statusCode, reply.body).toBe(200)
  return parse(reply.body, { bom: true, columns: true })
}
const sum = (rows: Record<string, string>[], column: string) =>
  rows.reduce((total, row) => total + Number(row[column]), 0)

describe('the table of areas', () => {
  it('has each area with its reason, their sum, and what lies outside', async () => {
    const rows = await rowsOf('analyst', 'areas.csv?rule=share')
    const map: RiskAreas = (await test.get('analyst', '/api/risk-map/areas?rule=share')).json()
    expect(rows.map((row) => row.辖区)).toEqual([
      '临河街道',
      '东方广场街道',
      '以上合计',
      '以上辖区以外或未定位',
    ])
    expect(rows.map((row) => row.依据)).toEqual([
      ...map.items.map((item) => item.why),
      map.whole.why,
      map.outside?.why,
    ])
    expect(sum(rows.slice(0, 2), '场所数')).toBe(Number(rows[2]?.场所数))
    expect(Number(rows[2]?.场所数) + Number(rows[3]?.场所数)).toBe(map.total)
  })

  it('says on the sheet by which rule, that it is not confirmed, and with which filter', async () => {
    const reply = await test.get('analyst', `/api/risk-map/areas.xlsx?rule=weighted&area=${EAST}`)
    const workbook = await readXlsx(new Uint8Array(reply.rawPayload))
    const small = String(workbook.sheets[0]?.rows[1]?.[0])
    expect(small).toContain('规则「加权密度」：每平方公里的权重之和')
    expect(small).toContain('（待核）')
    expect(small).toContain('筛选：辖区 临河街道')
  })

  it('tells an officer of their own area only', async () => {
    const rows = await rowsOf(`officer-${EAST}`, 'areas.csv')
    expect(rows.map((row) => row.辖区)).toEqual(['临河街道', '以上合计'])
  })
})

describe('the table of hexagons', () => {
  it('adds up to the lists, with a last line for what has no place', async () => {
    const rows = await rowsOf('analyst', 'hexagons.csv?size=1000&status=open')
    const grid: Hexagons = (await test.get('analyst', '/api/risk-map/hexagons?size=1000&status=open')).json()
    const total = async (path: string) => (await test.get('analyst', path)).json().total
    expect(rows).toHaveLength(grid.total + 1)
    expect(rows.at(-1)?.格号).toBe('未定位或在网格以外')
    expect(sum(rows, '场所数')).toBe(await total('/api/sites?limit=1&status=open'))
    expect(sum(rows, '隐患数')).toBe(await total('/api/hazards?limit=1&status=open'))
    expect(rows[0]?.格号).toBe(grid.items[0]?.id)
  })

  it('says on the sheet how large a hexagon is and what a site weighs', async () => {
    const reply = await test.get('analyst', '/api/risk-map/hexagons.xlsx?size=250')
    const workbook = await readXlsx(new Uint8Array(reply.rawPayload))
    expect(String(workbook.sheets[0]?.rows[1]?.[0])).toContain(
      '六边形边长 250 m（EPSG:4551）；权重：重大 8、较大 4、一般 2、低 1（待核）',
    )
  })

  it('may be taken as GeoJSON, one feature for each hexagon', async () => {
    const reply = await test.get('analyst', '/api/risk-map/hexagons.geojson?size=250&measure=sites')
    const grid: Hexagons = (await test.get('analyst', '/api/risk-map/hexagons?size=250')).json()
    expect(reply.json().features).toHaveLength(grid.total)
  })
})
