import { parse } from 'csv-parse/sync'
import { strFromU8, unzipSync } from 'fflate'
import { readXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { layOutSheets } from '../../server/imports/layout.ts'
import { readTableFile } from '../../server/imports/read-file.ts'
import { openTestApp, type TestApp } from '../harness/app.ts'
import { addHazard, addSite, EAST, IN_WEST, WEST } from '../harness/fixture.ts'

let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
})
afterAll(() => test.close())
beforeEach(async () => {
  await test.database.knex.raw('truncate hazards, sites cascade')
})

const db = () => test.database.knex
const file = async (username: string, url: string) => {
  const reply = await test.get(username, url)
  expect(reply.statusCode, reply.body).toBe(200)
  return reply
}
const csvRows = async (username: string, url: string): Promise<Record<string, string>[]> =>
  parse((await file(username, url)).body, { bom: true, columns: true })
const OFFICIAL_HAZARD_HEADERS =
  '序号｜排查地点｜排查时间｜排查人员｜存在的隐患及问题｜类别｜等级｜整改措施｜责任单位/责任人｜资金｜时限｜预案｜督办部门/人员｜验收时间｜验收部门/人员｜整改结果'.split(
    '｜',
  )

describe('the ledger of hazards', () => {
  it('has the officials’ columns in their order, and every field', async () => {
    const siteId = await addSite(db(), { credit_code: '91220101MA00000001' })
    await addHazard(db(), {
      siteId,
      severity: 'major',
      clauseId: 'HC-01',
      status: 'closed',
      closedOn: '2025-06-05',
      locationText: '制冷机房',
      foundBy: '李示例',
      category: '设备设施',
      measures: '更换阀门',
      responsibleUnit: '恒泰冷链',
      responsiblePerson: '王示例',
      fundsWan: 0.8,
      contingencyPlan: '停用',
      supervisor: '区应急局',
      acceptedBy: '应急局',
      result: '已更换',
      origin: '部门执法',
      isListed: true,
      listingDocument: '长经技督〔2025〕1号',
    })
    const [row] = await csvRows('analyst', '/api/hazards.csv')
    expect(Object.keys(row ?? {}).slice(0, 16)).toEqual(OFFICIAL_HAZARD_HEADERS)
    expect(row).toEqual({
      序号: '1',
      排查地点: '制冷机房',
      排查时间: '2025-06-01',
      排查人员: '李示例',
      存在的隐患及问题: '疏散通道堆放货物',
      类别: '设备设施',
      等级: '重大',
      整改措施: '更换阀门',
      '责任单位/责任人': '恒泰冷链/王示例',
      资金: '0.8',
      时限: '2025-06-30',
      预案: '停用',
      '督办部门/人员': '区应急局',
      验收时间: '2025-06-05',
      '验收部门/人员': '应急局',
      整改结果: '已更换',
      所属街镇: '临河街道',
      企业名称: '恒泰冷链（示例）',
      统一社会信用代码: '91220101MA00000001',
      行业领域: '消防',
      隐患来源: '部门执法',
      判定依据条款: '测试〔2025〕1号 第HC-01条（HC-01）',
      是否挂牌: '是',
      挂牌文号: '长经技督〔2025〕1号',
      整改状态: '已销号',
      销号日期: '2025-06-05',
      编号: expect.stringMatching(/^YH-2025-\d{6}$/),
      责任单位: '恒泰冷链',
      责任人: '王示例',
      经度: '125.42',
      纬度: '43.86',
      行标识: expect.stringMatching(/^[0-9a-f-]{36}$/),
      版本: '1',
    })
  })

  it('is a workbook with title, small print, header, frozen rows and real dates and numbers', async () => {
    await addHazard(db(), { fundsWan: 12.5, lng: null, lat: null })
    const reply = await file('analyst', `/api/hazards.xlsx?sector=fire&area=${EAST}`)
    expect(reply.headers['content-type']).toBe(
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    )
    expect(reply.headers['content-disposition']).toBe(
      `attachment; filename="hazards_2025-06-18.xlsx"; filename*=UTF-8''${encodeURIComponent('隐患排查治理台账_2025-06-18.xlsx')}`,
    )
    const workbook = await readXlsx(reply.rawPayload)
    const sheet = workbook.sheets[0]
    expect(sheet?.name).toBe('隐患排查治理台账')
    expect(sheet?.rows[0]?.[0]).toBe('长春经济技术开发区应急管理局 隐患排查治理台账')
    expect(sheet?.rows[1]?.[0]).toBe(
      '截至 2025-06-18 09:42（北京时间）；筛选：辖区 临河街道；行业 消防；分析员 导出；共 1 条；导出编号 YH-20250618014200-1。改好可直接导入，只更新改过的格；新增的行，最右的行标识和版本留空',
    )
    expect(sheet?.rows[2]?.slice(0, 16)).toEqual(OFFICIAL_HAZARD_HEADERS)
    expect(sheet?.freezePane).toEqual({ rows: 3, columns: 2 })
    const cells = sheet?.rows[3] ?? []
    expect([cells[0], cells[2], cells[9]]).toEqual([1, new Date('2025-06-01T00:00:00Z'), 12.5])
    expect([cells[29] ?? null, cells[30] ?? null]).toEqual([null, null])
  })

  it('never lets a text come out as a formula or with control characters', async () => {
    const texts = ['=1+1', '+86 431', '-3 度', '@sum', '\t=1', '\r=1', '＝1+1', '正常=1', 'a\u0007b\u202ec']
    for (const [index, description] of texts.entries()) {
      await addHazard(db(), { description, foundOn: `2025-06-0${index + 1}`, dueOn: null })
    }
    const written = (await csvRows('analyst', '/api/hazards.csv?sort=foundOn')).map(
      (row) => row.存在的隐患及问题,
    )
    expect(written).toEqual(["'=1+1", "'+86 431", "'-3 度", "'@sum", "'=1", "'=1", "'＝1+1", '正常=1', 'abc'])
    const workbookBytes = (await file('analyst', '/api/hazards.xlsx?sort=foundOn')).rawPayload
    const workbook = await readXlsx(workbookBytes)
    const sheet = workbook.sheets[0]
    expect(sheet?.rows.slice(3).map((cells) => cells[4])).toEqual([
      '=1+1',
      '+86 431',
      '-3 度',
      '@sum',
      '=1',
      '=1',
      '＝1+1',
      '正常=1',
      'abc',
    ])
    const xml = strFromU8(unzipSync(workbookBytes)['xl/worksheets/sheet1.xml'] ?? new Uint8Array())
    expect(xml).toContain('<row')
    expect(xml).not.toMatch(/<f[ >/]/)
  })

  it('keeps a negative number a number in CSV', async () => {
    await addHazard(db(), { lng: -0.5, lat: 43.86 })
    const { body } = await file('analyst', '/api/hazards.csv')
    expect(body.startsWith('\ufeff序号,')).toBe(true)
    expect(body).toMatch(/,-0\.5,43\.86,[0-9a-f-]{36},1\r\n$/)
  })

  it('is GeoJSON with the numbers matched and returned, a hazard without a place with null geometry', async () => {
    const id = await addHazard(db(), { foundOn: '2025-06-02' })
    await addHazard(db(), { lng: null, lat: null })
    const reply = await file('analyst', '/api/hazards.geojson')
    expect(reply.headers['content-type']).toBe('application/geo+json')
    const collection = reply.json()
    expect(collection).toMatchObject({
      type: 'FeatureCollection',
      numberMatched: 2,
      numberReturned: 2,
      features: [
        {
          type: 'Feature',
          id,
          geometry: { type: 'Point', coordinates: [125.42, 43.86] },
          properties: { severity: 'general', status: 'registered', area: { code: EAST } },
        },
        { type: 'Feature', geometry: null },
      ],
    })
    const empty = (await file('analyst', '/api/hazards.geojson?sector=gas')).json()
    expect(empty).toEqual({ type: 'FeatureCollection', numberMatched: 0, features: [], numberReturned: 0 })
  })

  it('has the order of the list, and its past', async () => {
    await addHazard(db(), { description: '早', dueOn: '2025-06-20' }, new Date('2025-06-01T00:00:00Z'))
    await addHazard(db(), { description: '晚', dueOn: '2025-06-10' }, new Date('2025-06-10T00:00:00Z'))
    const order = async (query: string) =>
      (await csvRows('analyst', `/api/hazards.csv?${query}`)).map((row) => row.存在的隐患及问题)
    expect(await order('sort=urgency')).toEqual(['晚', '早'])
    expect(await order('sort=-urgency')).toEqual(['早', '晚'])
    expect(await order('asOf=2025-06-05')).toEqual(['早'])
  })

  it('reads well over more than one batch and in a thread of its own', async () => {
    const states = `
      insert into hazards (id, number, sector, description, severity, status, found_on, area_code)
      select gen_random_uuid(), 'YH-2024-' || lpad(number::text, 6, '0'), 'fire', '第' || number || '处', 'general',
        'registered', date '2024-01-01' + number % 300, '${EAST}'
      from generate_series(1, 2345) as number`
    await db().raw(states)
    const rows = await csvRows('analyst', '/api/hazards.csv?sort=number')
    expect([rows.length, rows[0]?.编号, rows[2344]?.编号, rows[2344]?.序号]).toEqual([
      2345,
      'YH-2024-000001',
      'YH-2024-002345',
      '2345',
    ])
    const workbook = await readXlsx((await file('analyst', '/api/hazards.xlsx?sort=number')).rawPayload)
    expect(workbook.sheets[0]?.rows.length).toBe(2345 + 3)
    expect((await file('analyst', '/api/hazards.geojson')).json().features.length).toBe(2345)
  })

  it('is read back by the import: every column is known', async () => {
    await addHazard(db())
    for (const format of ['xlsx', 'csv']) {
      const { rawPayload } = await file('analyst', `/api/hazards.${format}`)
      const { layouts } = layOutSheets(await readTableFile(`x.${format}`, rawPayload), 'hazards', {})
      expect(layouts.map(({ isRead, rowCount }) => ({ isRead, rowCount }))).toEqual([
        { isRead: true, rowCount: 1 },
      ])
      const unknown = layouts[0]?.columns.filter((column) => column.field === null && column.ignored === null)
      expect(unknown).toEqual([])
    }
  })
})

describe('who may export', () => {
  it('is each person what they may see', async () => {
    const east = await addSite(db(), { name: '东', sector: 'fire' })
    await addSite(db(), { name: '西', sector: 'gas', area_code: WEST, ...IN_WEST })
    await addHazard(db(), { siteId: east, description: '东隐患' })
    await addHazard(db(), { areaCode: WEST, description: '西隐患', sector: 'gas' })
    const seen = async (username: string) => [
      (await csvRows(username, '/api/hazards.csv?sort=number')).map((row) => row.存在的隐患及问题),
      (await csvRows(username, '/api/risk-list.csv?sort=name')).map((row) => row.企业名称),
    ]
    expect(await seen('commander')).toEqual([
      ['东隐患', '西隐患'],
      ['东', '西'],
    ])
    expect(await seen(`officer-${WEST}`)).toEqual([['西隐患'], ['西']])
    expect(await seen('fire-inspector')).toEqual([['东隐患'], ['东']])
  })

  it('is nobody who is not signed in, and no filter that cannot be read', async () => {
    for (const list of ['hazards', 'risk-list']) {
      for (const format of ['xlsx', 'csv', 'geojson']) {
        const refusals: [string | null, string, number, string][] = [
          [null, '', 401, 'NOT_SIGNED_IN'],
          ['analyst', '?sector=chem', 400, 'BAD_FILTER'],
          ['analyst', '?sort=color', 400, 'BAD_INPUT'],
        ]
        for (const [username, query, status, code] of refusals) {
          const reply = await test.get(username, `/api/${list}.${format}${query}`)
          expect([list, format, reply.statusCode, reply.json().code]).toEqual([list, format, status, code])
        }
      }
    }
    expect((await test.get('analyst', '/api/hazards.pdf')).statusCode).toBe(404)
  })
})
