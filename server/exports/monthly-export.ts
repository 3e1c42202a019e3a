import type { Knex } from 'knex'
import { FilterError } from '../core/filters.ts'
import type { FilterRequest } from '../http/filter-request.ts'
import { assertMonthly, makeLine, makeMonths, readMonth, readMonths } from '../statistics/monthly-model.ts'
import { countMonths, listReportAreas } from '../statistics/monthly-queries.ts'
import type { MonthlyLine } from '../statistics/monthly-schema.ts'
import type { ExportCaption } from './hazard-export.ts'
import type { WorkbookCell, WorkbookColumn, WorkbookInput } from './write-workbook.ts'

const GENERAL = '一般隐患'
const MAJOR = '重大隐患'
const number = { kind: 'number', width: 11 } as const

/** The officials' figures in their order; what is suspected and not judged yet stands apart at the end. */
const COLUMNS: readonly (WorkbookColumn & { value: (line: MonthlyLine) => WorkbookCell })[] = [
  { header: '排查数', group: GENERAL, ...number, value: (line) => line.generalFound.value },
  { header: '已整改', group: GENERAL, ...number, value: (line) => line.generalClosed.value },
  { header: '整改率', group: GENERAL, kind: 'percent', width: 11, value: (line) => line.generalRate },
  { header: '排查数', group: MAJOR, ...number, value: (line) => line.majorFound.value },
  { header: '已整改销号', group: MAJOR, ...number, value: (line) => line.majorClosed.value },
  { header: '整改率', group: MAJOR, kind: 'percent', width: 11, value: (line) => line.majorRate },
  { header: '列入治理计划数', ...number, width: 12, value: (line) => line.planned.value },
  { header: '达到“五到位”数', ...number, width: 12, value: (line) => line.provided.value },
  { header: '挂牌督办数', ...number, value: (line) => line.listed.value },
  { header: '落实治理资金（万元）', ...number, width: 14, value: (line) => line.fundsWan.value },
  { header: '另：疑似重大（待认定）', ...number, width: 14, value: (line) => line.suspectedFound.value },
]
const NOTES =
  '按发现月份统计，不含不予认定的；已整改＝已销号。列入治理计划、五到位、挂牌督办只数未销号的重大隐患：前者措施和时限已落实，五到位另有责任、资金、预案'

function sheet(
  caption: ExportCaption,
  names: { sheet: string; title: string; first: string },
  lines: readonly { name: string; line: MonthlyLine }[],
): WorkbookInput {
  return {
    sheetName: names.sheet,
    title: `${caption.unitName} 隐患排查治理月报（${names.title}）`,
    subtitle: `${caption.smallPrint}。${NOTES}`,
    columns: [{ header: names.first, width: 18 }, ...COLUMNS.map(({ value: _, ...column }) => column)],
    rows: lines.map(({ name, line }) => [name, ...COLUMNS.map(({ value }) => value(line))]),
    frozenColumns: 1,
    hasTotal: true,
  }
}

const inWords = (month: string) => `${month.slice(0, 4)} 年 ${Number(month.slice(5))} 月`

/** 隐患排查治理月报 of a month by street and town, and beside it the year's months up to it. */
export async function makeMonthlyExport(
  db: Knex,
  request: FilterRequest,
  monthAsked: string | undefined,
  caption: ExportCaption,
): Promise<{ month: string; sheets: WorkbookInput[] }> {
  assertMonthly(request.filters)
  const present = request.today.slice(0, 7)
  const month = readMonth('month', monthAsked, present)
  if (month > present) throw new FilterError('month', month, '还没有到这个月')
  const { from, to, months } = readMonths({ to: month }, request.today)
  const counts = await countMonths(db, request, { from, to })
  const areas = await listReportAreas(db, request.scope)
  const tables = makeMonths(months, counts, areas, request.filters)
  const asked = tables.at(-1)
  const byArea = asked
    ? [
        ...asked.areas.map(({ areaName, figures }) => ({ name: areaName ?? '区外或未定位', line: figures })),
        { name: '合计', line: asked.total },
      ]
    : []
  const byMonth = tables.map(({ month: each, total }) => ({ name: inWords(each), line: total }))
  return {
    month,
    sheets: [
      sheet(caption, { sheet: month, title: inWords(month), first: '街镇' }, byArea),
      sheet(caption, { sheet: '逐月', title: `${month.slice(0, 4)} 年逐月`, first: '月份' }, [
        ...byMonth,
        { name: '累计', line: makeLine(counts, month, null) },
      ]),
    ],
  }
}
