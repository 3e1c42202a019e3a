import { expect, it } from 'vitest'
import { describeFilters } from './describe-filters.ts'
import { assertExportable } from './limit.ts'
import { dispositionOf } from './send.ts'
import { writeCsv } from './write-csv.ts'

it('takes 50,000 rows and refuses one more with the length of the list', () => {
  expect(() => assertExportable(50_000)).not.toThrow()
  expect(() => assertExportable(50_001)).toThrow(
    expect.objectContaining({
      status: 422,
      code: 'TOO_MANY_ROWS',
      message: '有 50,001 行，一次最多导出 50,000 行。请缩小筛选后分次导出',
      extra: { total: 50_001, limit: 50_000 },
    }),
  )
})

it('names a file in Chinese, and plainly for who cannot read that', () => {
  // RFC 8187: everything but attr-char is percent-encoded
  expect(dispositionOf('hazards.csv', "台账(1)'*.csv")).toBe(
    `attachment; filename="hazards.csv"; filename*=UTF-8''%E5%8F%B0%E8%B4%A6%281%29%27%2A.csv`,
  )
})

it('says a filter in words', () => {
  const names = new Map([['220171001', '临河街道']])
  expect(describeFilters({}, names)).toBe('')
  expect(
    describeFilters(
      {
        sector: ['fire', 'gas'],
        severity: ['major'],
        riskLevel: [1, 2],
        status: ['overdue'],
        area: ['220171001', 'none'],
        siteId: ['a', 'b'],
        clauseId: ['HC-01'],
        q: '卷帘',
        foundFrom: '2025-01-01',
        foundTo: '2025-06-30',
        dueTo: '2025-07-01',
        bbox: [125.3, 43.8, 125.5, 43.9],
      },
      names,
    ),
  ).toBe(
    '辖区 临河街道、区外或未定位；行业 消防、燃气；风险等级 重大、较大；级别 重大；状态 逾期；条款 HC-01；场所 指定 2 处；文字 「卷帘」；发现 2025-01-01 至 2025-06-30；期限 至 2025-07-01；范围 经度 125.3～125.5，纬度 43.8～43.9',
  )
})

it('writes CSV batch by batch, with quotes and line breaks as RFC 4180 has them', async () => {
  async function* batches() {
    yield [['一', 1, null]]
    yield []
    yield [['说“好”,"quoted"\n第二行', -0.5, '=SUM(A1)']]
  }
  const head = { sheetName: 'x', title: 'x', columns: [{ header: '文' }, { header: '数' }, { header: '式' }] }
  const chunks: string[] = []
  for await (const chunk of writeCsv({ head, batches })) chunks.push(chunk)
  expect(chunks).toEqual([
    '\ufeff文,数,式\r\n',
    '一,1,\r\n',
    '',
    '"说“好”,""quoted""\n第二行",-0.5,\'=SUM(A1)\r\n',
  ])
})
