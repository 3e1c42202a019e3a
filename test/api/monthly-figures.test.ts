import { readXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { MonthlyFigures, MonthlyLine } from '../../server/statistics/monthly-schema.ts'
import { openTestApp, type TestApp } from '../harness/app.ts'
import { addHazard, EAST, IN_WEST, OUTSIDE, WEST } from '../harness/fixture.ts'
import { upload } from '../harness/import-files.ts'

let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
})
afterAll(() => test.close())
beforeEach(async () => {
  await test.database.knex.raw('truncate hazards, sites cascade')
})

const db = () => test.database.knex
const MAJOR = { severity: 'major', clauseId: 'HC-01' } as const
const FIVE = {
  responsibleUnit: '恒泰',
  measures: '更换',
  fundsWan: 12.5,
  dueOn: '2025-07-31',
  contingencyPlan: '停用',
}

/** May: two general ones in the east, one of them closed. June: general, major and suspected ones, east and west. */
async function addMonths(): Promise<void> {
  await addHazard(db(), { foundOn: '2025-05-03', status: 'closed', closedOn: '2025-05-20', fundsWan: 0.1 })
  await addHazard(db(), { foundOn: '2025-05-31', fundsWan: 0.2 })
  await addHazard(db(), { foundOn: '2025-06-01' })
  await addHazard(db(), { foundOn: '2025-06-02', status: 'rejected' })
  await addHazard(db(), { foundOn: '2025-06-02', ...MAJOR, ...FIVE, isListed: true, status: 'rectifying' })
  await addHazard(db(), { foundOn: '2025-06-03', ...MAJOR, measures: '更换', dueOn: '2025-07-01' })
  await addHazard(db(), { foundOn: '2025-06-04', ...MAJOR, dueOn: null, areaCode: WEST, ...IN_WEST })
  await addHazard(db(), {
    foundOn: '2025-06-05',
    ...MAJOR,
    ...FIVE,
    status: 'closed',
    closedOn: '2025-06-10',
    areaCode: WEST,
    ...IN_WEST,
  })
  await addHazard(db(), { foundOn: '2025-06-06', severity: 'suspected_major', areaCode: null, ...OUTSIDE })
}

const figures = async (query = 'from=2025-05&to=2025-06', username = 'analyst'): Promise<MonthlyFigures> => {
  const reply = await test.get(username, `/api/monthly-figures?${query}`)
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.json()
}
const valuesOf = (line: MonthlyLine | undefined) =>
  line &&
  Object.fromEntries(
    Object.entries(line).map(([name, figure]) => [
      name,
      typeof figure === 'object' && figure !== null ? figure.value : figure,
    ]),
  )

describe('the monthly figures', () => {
  it('are those of the officials’ table, by month, street and in sum', async () => {
    await addMonths()
    const { months } = await figures()
    expect(months.map(({ month }) => month)).toEqual(['2025-05', '2025-06'])
    const [may, june] = months
    expect(valuesOf(may?.total)).toEqual({
      generalFound: 2,
      generalClosed: 1,
      generalRate: 0.5,
      majorFound: 0,
      majorClosed: 0,
      majorRate: null,
      planned: 0,
      provided: 0,
      listed: 0,
      fundsWan: 0.3,
      suspectedFound: 0,
    })
    expect(valuesOf(june?.total)).toEqual({
      generalFound: 1,
      generalClosed: 0,
      generalRate: 0,
      majorFound: 4,
      majorClosed: 1,
      majorRate: 0.25,
      planned: 2,
      provided: 1,
      listed: 1,
      fundsWan: 25,
      suspectedFound: 1,
    })
    expect(june?.areas.map(({ area, figures: { majorFound } }) => [area, majorFound.value])).toEqual([
      [EAST, 2],
      [WEST, 2],
      [null, 0],
    ])
  })

  it('each opens exactly the hazards that it counts', async () => {
    await addMonths()
    const { months } = await figures()
    const lines = months.flatMap(({ total, areas }) => [total, ...areas.map((area) => area.figures)])
    let asked = 0
    for (const line of lines) {
      for (const [name, figure] of Object.entries(line)) {
        if (typeof figure !== 'object' || figure === null || !figure.filters || name === 'fundsWan') continue
        const rows = await test.get('analyst', `/api/hazards?${new URLSearchParams(figure.filters)}`)
        expect([name, figure.filters, rows.json().total]).toEqual([name, figure.filters, figure.value])
        asked++
      }
    }
    expect(asked).toBe(lines.length * 8)
  })

  it('stand as they were known at a past moment', async () => {
    await addHazard(db(), { foundOn: '2025-06-01' }, new Date('2025-06-01T01:00:00Z'))
    await addHazard(db(), { foundOn: '2025-06-10' }, new Date('2025-06-10T01:00:00Z'))
    const { today, months } = await figures('from=2025-06&asOf=2025-06-05')
    expect([today, months[0]?.total.generalFound.value]).toEqual(['2025-06-05', 1])
    expect(months[0]?.total.generalFound.filters?.asOf).toBe('2025-06-05')
  })

  it('are each person’s own, with the lines that they may see', async () => {
    await addMonths()
    const { months } = await figures('from=2025-06', `officer-${EAST}`)
    expect(months[0]?.areas.map(({ area }) => area)).toEqual([EAST])
    expect(months[0]?.total.majorFound.value).toBe(2)
  })

  it('go by the same filters, and by an area with its lines only', async () => {
    await addMonths()
    const { months } = await figures(`from=2025-06&area=${WEST}`)
    expect(months[0]?.areas.map(({ area }) => area)).toEqual([WEST])
    expect(months[0]?.total.majorFound.value).toBe(2)
    expect((await figures('from=2025-06&sector=gas')).months[0]?.total.generalFound.value).toBe(0)
  })

  it('begin with the year and say nothing of months to come', async () => {
    const { from, to, months } = await figures('to=2025-12')
    expect([from, to, months.length, months.at(-1)?.month]).toEqual(['2025-01', '2025-12', 6, '2025-06'])
  })

  it.each([
    ['from=2025-13', 'from'],
    ['from=2025-07&to=2025-06', 'from'],
    ['from=1990-01', 'from'],
    ['severity=major', 'severity'],
    ['status=open', 'status'],
    ['foundFrom=2025-01-01', 'foundFrom'],
  ])('refuse %s', async (query, parameter) => {
    const reply = await test.get('analyst', `/api/monthly-figures?${query}`)
    expect([reply.statusCode, reply.json().code, reply.json().parameter]).toEqual([
      400,
      'BAD_FILTER',
      parameter,
    ])
  })
})

describe('the monthly report', () => {
  it('is a workbook of the month by street with its sum, and of the year’s months', async () => {
    await addMonths()
    const reply = await test.get('analyst', '/api/monthly-figures.xlsx?month=2025-06')
    expect(reply.statusCode, reply.body).toBe(200)
    expect(reply.headers['content-disposition']).toContain(
      encodeURIComponent('隐患排查治理月报_2025-06.xlsx'),
    )
    const { sheets } = await readXlsx(reply.rawPayload)
    expect(sheets.map(({ name }) => name)).toEqual(['2025-06', '逐月'])
    const rows = sheets[0]?.rows ?? []
    expect(rows[0]?.[0]).toBe('长春经济技术开发区应急管理局 隐患排查治理月报（2025 年 6 月）')
    expect(rows[3]).toEqual([
      '街镇',
      '排查数',
      '已整改',
      '整改率',
      '排查数',
      '已整改销号',
      '整改率',
      '列入治理计划数',
      '达到“五到位”数',
      '挂牌督办数',
      '落实治理资金（万元）',
      '另：疑似重大（待认定）',
    ])
    expect(rows.slice(4)).toEqual([
      ['临河街道', 1, 0, 0, 2, 0, 0, 2, 1, 1, 12.5, 0],
      ['东方广场街道', 0, 0, null, 2, 1, 0.5, 0, 0, 0, 12.5, 0],
      ['区外或未定位', 0, 0, null, 0, 0, null, 0, 0, 0, 0, 1],
      ['合计', 1, 0, 0, 4, 1, 0.25, 2, 1, 1, 25, 1],
    ])
    const months = sheets[1]?.rows.slice(4).map((cells) => [cells[0], cells[1]])
    expect(months?.slice(-3)).toEqual([
      ['2025 年 5 月', 2],
      ['2025 年 6 月', 1],
      ['累计', 3],
    ])
  })

  it('is no file to be imported, and of no month to come', async () => {
    const reply = await test.get('analyst', '/api/monthly-figures.xlsx?month=2025-07')
    expect([reply.statusCode, reply.json().code]).toEqual([400, 'BAD_FILTER'])
    const { rawPayload } = await test.get('analyst', '/api/monthly-figures.xlsx?month=2025-06')
    for (const kind of ['hazards', 'risks', 'sites']) {
      const refused = await upload(test, rawPayload, { kind })
      expect([refused.statusCode, refused.json().detail]).toEqual([
        422,
        '「2025-06」这是月报，由系统统计得出，不能导入',
      ])
    }
  })
})
