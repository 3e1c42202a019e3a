import { unzipSync } from 'fflate'
import { readXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fromWgs84 } from '../../server/core/lnglat.ts'
import type { ImportReport } from '../../server/imports/schema.ts'
import { openTestApp, type TestApp } from '../harness/app.ts'
import { EAST, WEST } from '../harness/fixture.ts'
import {
  check,
  commit,
  faultsOf,
  HAZARD_HEADERS,
  hazardLedger,
  hazardRow,
  upload,
} from '../harness/import-files.ts'

let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
})
afterAll(() => test.close())
beforeEach(async () => {
  await test.database.knex.raw('truncate hazards, sites, imports, number_series cascade')
})

const remedy = async (report: ImportReport, body: object): Promise<ImportReport> => {
  const reply = await test.post('analyst', `/api/imports/${report.id}/remedies`, body)
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.json()
}
const hazards = async (username = 'analyst', query = '') =>
  (await test.get(username, `/api/hazards?sort=number&${query}`)).json()

/** Just west of the border between the two squares; as GCJ-02 it is written some 500 m further east. */
const NEAR_BORDER: [number, number] = [125.398, 43.86]
const [SHIFTED_LNG, SHIFTED_LAT] = fromWgs84('GCJ02', ...NEAR_BORDER)

describe('points that are probably shifted', () => {
  const shifted = (number: number) =>
    hazardRow(number, { 所属街镇: '东方广场街道', 经度: SHIFTED_LNG, 纬度: SHIFTED_LAT })

  it('are folded into one line with the way out, and moved when a person takes it', async () => {
    const report = await check(
      test,
      await hazardLedger([hazardRow(1), shifted(2), shifted(3), shifted(4), hazardRow(5)]),
    )
    expect(report.issues).toMatchObject([
      {
        level: 'warning',
        code: 'POSSIBLE_SHIFT',
        rows: '5–7',
        rowCount: 3,
        reason: '偏向东北约 604 m，像是 GCJ-02',
        proposal: { action: 'readAsGcj02', label: '按 GCJ-02 转换' },
      },
    ])
    const [line] = report.issues
    expect(line?.moves.map(({ row }) => row)).toEqual([5, 6, 7])
    expect(line?.moves[0]?.to.map((degrees) => Number(degrees.toFixed(6)))).toEqual(NEAR_BORDER)
    const mended = await remedy(report, {
      code: 'POSSIBLE_SHIFT',
      action: 'readAsGcj02',
      firstPosition: line?.firstPosition,
      lastPosition: line?.lastPosition,
    })
    expect(mended.issues).toEqual([])
    await commit(test, mended)
    const { items } = await hazards()
    expect(items[1]).toMatchObject({ area: { code: WEST }, geometry: { coordinates: NEAR_BORDER } })
    const detail = (await test.get('analyst', `/api/hazards/${items[1].id}`)).json()
    expect(detail).toMatchObject({
      coordinateSystem: 'GCJ02',
      coordinateText: `${SHIFTED_LNG},${SHIFTED_LAT}`,
    })
  })

  it('of a whole file call its coordinate system in question, which can be changed without a new upload', async () => {
    const rows = Array.from({ length: 8 }, (_, index) => shifted(index + 1))
    const report = await check(test, await hazardLedger(rows))
    expect(report.systems).toEqual([
      { coordinateSystem: 'WGS84', inside: 0, of: 8 },
      { coordinateSystem: 'GCJ02', inside: 8, of: 8 },
      { coordinateSystem: 'BD09', inside: 8, of: 8 },
    ])
    expect(report.notes[0]).toBe(
      '按 GCJ-02（高德、腾讯、微信） 读，8 行里有 8 行落在所填街镇内；按所选坐标系只有 0 行。请核对坐标系',
    )
    const reply = await test.post('analyst', `/api/imports/${report.id}/check`, { coordinateSystem: 'GCJ02' })
    expect(reply.json()).toMatchObject({ coordinateSystem: 'GCJ02', issues: [], notes: [] })
  })
})

describe('taking what the report proposes', () => {
  it('swaps coordinates, leaves them out, and puts the proposed word into the cell', async () => {
    const report = await check(
      test,
      await hazardLedger([
        hazardRow(1, { 经度: 43.86, 纬度: 125.42 }),
        hazardRow(2, { 经度: 0, 纬度: 0 }),
        hazardRow(3, { 行业领域: '危化/仓储' }),
        hazardRow(4, { 等级: '重大' }),
      ]),
    )
    expect(report.counts).toMatchObject({ rejected: 4, accepted: 0 })
    let mended = await remedy(report, { code: 'SWAPPED_COORDINATES', action: 'swapLngLat' })
    mended = await remedy(mended, { code: 'ZERO_COORDINATES', action: 'dropCoordinates' })
    mended = await remedy(mended, { code: 'UNKNOWN_SECTOR', action: 'useProposedValue' })
    mended = await remedy(mended, { code: 'MAJOR_NEEDS_CLAUSE', action: 'useProposedValue' })
    expect(mended).toMatchObject({ issues: [], counts: { new: 4, rejected: 0, unlocated: 1 } })
    await commit(test, mended)
    expect((await hazards()).items).toMatchObject([
      { geometry: { coordinates: [125.42, 43.86] } },
      { geometry: null, area: { code: EAST } },
      { sector: 'chemicals' },
      { severity: 'suspected_major' },
    ])
  })

  it('answers only to a fault that is there, and only before the commit', async () => {
    const report = await check(test, await hazardLedger([hazardRow(1)]))
    const wrong = await test.post('analyst', `/api/imports/${report.id}/remedies`, {
      code: 'BAD_DATE',
      action: 'swapLngLat',
    })
    expect(wrong.json()).toMatchObject({ status: 400, code: 'NO_SUCH_PROPOSAL' })
    await commit(test, report)
    for (const act of ['remedies', 'check', 'commit', 'discard']) {
      const reply = await test.post(
        'analyst',
        `/api/imports/${report.id}/${act}`,
        act === 'remedies' ? { code: 'X', action: 'swapLngLat' } : {},
      )
      expect(reply.json(), act).toMatchObject({ status: 409, code: 'IMPORT_NOT_WAITING' })
    }
  })

  it('can be given up, which leaves the record', async () => {
    const report = await check(test, await hazardLedger([hazardRow(1)]))
    expect((await test.post('analyst', `/api/imports/${report.id}/discard`)).json()).toMatchObject({
      state: 'discarded',
      mayCommit: false,
    })
    expect((await test.get('analyst', '/api/imports')).json()).toMatchObject({
      total: 1,
      items: [{ state: 'discarded' }],
    })
  })
})

describe('coordinates in metres', () => {
  // 125.42, 43.86 worked with PROJ's tmerc on GRS80: central meridians 126 and 123, false easting 500 km
  it.each([
    ['EPSG:4551', 453371.1275, 4858430.3809],
    ['EPSG:4551', 4858430.3809, 453371.1275],
    ['EPSG:4551', 42453371.1275, 4858430.3809],
    ['EPSG:4530', 42453371.1275, 4858430.3809],
    ['EPSG:4550', 694557.204, 4861114.6654],
  ])('of %s are read from %s and %s', async (coordinateSystem, x, y) => {
    const report = await check(test, await hazardLedger([hazardRow(1, { 经度: x, 纬度: y })]), {
      coordinateSystem,
    })
    expect(faultsOf(report)).toEqual([])
    const [row] = (await test.get('analyst', `/api/imports/${report.id}/rows`)).json().items
    expect(row.geometry.coordinates[0]).toBeCloseTo(125.42, 8)
    expect(row.geometry.coordinates[1]).toBeCloseTo(43.86, 8)
  })

  it('of another zone, or degrees in their place, are refused', async () => {
    const report = await check(
      test,
      await hazardLedger([hazardRow(1, { 经度: 41450884.2, 纬度: 4855903.7 }), hazardRow(2)]),
      { coordinateSystem: 'EPSG:4551' },
    )
    expect(report.issues.map(({ reason }) => reason)).toEqual([
      '带号 41 与所选投影带 42 不符',
      '像是经纬度，不是以米为单位的坐标',
    ])
  })
})

describe('the list of faults as a workbook', () => {
  it('shows the rows as they were with coloured cells, holds no formula, and can be uploaded again', async () => {
    const report = await check(
      test,
      await hazardLedger([hazardRow(1, { 排查地点: '=1+1', 时限: '2025-02-30' }), hazardRow(2)]),
    )
    const reply = await test.get('analyst', `/api/imports/${report.id}/faults.xlsx`)
    expect(reply.statusCode).toBe(200)
    expect(reply.headers['content-disposition']).toContain(encodeURIComponent('台账_检查结果.xlsx'))
    const workbook = await readXlsx(new Uint8Array(reply.rawPayload), { readStyles: true })
    const [sheet] = workbook.sheets
    expect(sheet?.rows[2]).toEqual(['原表行号', ...HAZARD_HEADERS, '检查出的问题'])
    expect(sheet?.rows[3]?.[0]).toBe(4)
    expect(sheet?.rows[3]?.at(-1)).toBe(
      '不收「时限」：「2025-02-30」没有这一天。请核对原表，写成 2025-06-01 或「15日内」',
    )
    const dueColumn = HAZARD_HEADERS.indexOf('时限') + 1
    expect(sheet?.cells?.get(`3,${dueColumn}`)?.style?.fill).toMatchObject({ fgColor: { rgb: 'FBE9EA' } })
    const parts = unzipSync(new Uint8Array(reply.rawPayload))
    const texts = Object.values(parts).map((part) => new TextDecoder().decode(part))
    expect(texts.join('')).toContain('=1+1')
    expect(texts.join('')).not.toMatch(/<f[ >]/)
    const again = await check(test, Buffer.from(reply.rawPayload))
    expect(again.columns.unknown.map(({ header }) => header)).toEqual([])
    expect(again.counts).toMatchObject({ total: 2, new: 1, rejected: 1 })
  })

  it('and the empty template pass through the same door', async () => {
    const reply = await test.get('analyst', '/api/imports/template.xlsx?kind=hazards')
    expect((await upload(test, Buffer.from(reply.rawPayload))).json()).toMatchObject({
      status: 422,
      code: 'EMPTY_FILE',
    })
    expect((await test.get('analyst', '/api/imports/template.xlsx?kind=x')).statusCode).toBe(400)
  })
})

describe('the rows of an import', () => {
  it('come in pages, by outcome, weight and kind of fault', async () => {
    const rows = Array.from({ length: 7 }, (_, index) =>
      hazardRow(index + 1, index % 2 === 0 ? {} : { 时限: '2025-02-30' }),
    )
    const report = await check(test, await hazardLedger(rows))
    const page = async (query: string) =>
      (await test.get('analyst', `/api/imports/${report.id}/rows?${query}`)).json()
    const first = await page('limit=5')
    expect(first).toMatchObject({
      total: 7,
      items: [
        { row: 4, outcome: 'new', title: '第 1 处疏散通道堆放货物' },
        { row: 5, outcome: 'rejected' },
        {},
        {},
        {},
      ],
    })
    const second = await page(`limit=5&cursor=${first.nextCursor}`)
    expect(second.items.map(({ row }: { row: number }) => row)).toEqual([9, 10])
    expect(second.nextCursor).toBeNull()
    expect((await page('outcome=rejected')).total).toBe(3)
    expect((await page('level=error&code=BAD_DATE')).total).toBe(3)
    expect((await page('code=OTHER')).total).toBe(0)
    expect(await page('cursor=nonsense')).toMatchObject({ status: 400, code: 'BAD_CURSOR' })
  })
})
