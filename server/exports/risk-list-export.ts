import type { Knex } from 'knex'
import type { FilterRequest } from '../http/filter-request.ts'
import type { Located } from '../http/list-reply.ts'
import { rankRiskList, readRankedRows } from '../risk/list.ts'
import { orderSites } from '../risk/order.ts'
import { listRisksOfSites, type RiskRow } from '../risk/queries.ts'
import { asRiskListItem, type RankedRow } from '../risk/ranking.ts'
import type { RiskListSort } from '../risk/schema.ts'
import { countSites } from '../sites/queries.ts'
import { MARK_ADVICE, writeMark } from './export-mark.ts'
import type { ExportCaption } from './hazard-export.ts'
import { assertExportable } from './limit.ts'
import { countStandingRisks } from './queries.ts'
import { PLACE_COLUMNS, type PlaceExportRow, RISK_COLUMNS, type RiskExportRow } from './risk-columns.ts'
import { cellBatches, type ExportSource, type ExportTable, headOf } from './table.ts'

const BATCH = 1_000

/**
 * The risk list of a filter: a row for each place, with as many rows as the list has; in the workbook also
 * 安全风险分级管控清单 with a row for each risk, which the import reads back.
 */
export async function makeRiskListExport(
  db: Knex,
  request: FilterRequest,
  sort: RiskListSort,
  caption: ExportCaption,
): Promise<ExportSource> {
  const total = await countSites(db, request)
  assertExportable(total)
  const { sites } = orderSites(await rankRiskList(db, request), sort)
  async function* ranked(): AsyncGenerator<RankedRow[]> {
    for (let start = 0; start < sites.length; start += BATCH) {
      yield await readRankedRows(db, request, sites.slice(start, start + BATCH))
    }
  }
  async function* places(): AsyncGenerator<PlaceExportRow[]> {
    for await (const rows of ranked()) {
      yield rows.map((row) => ({ row, item: asRiskListItem(row) }))
    }
  }
  async function* risks(): AsyncGenerator<RiskExportRow[]> {
    for await (const rows of ranked()) yield await withRisks(db, request, rows)
  }
  async function* features(): AsyncGenerator<Located[]> {
    for await (const rows of places()) yield rows.map(({ item }) => item)
  }
  const table = (
    title: string,
    columns: ExportTable['head']['columns'],
    mark: string,
    frozenColumns: number,
  ): ExportTable['head'] => ({
    sheetName: title,
    title: `${caption.unitName} ${title}`,
    subtitle: `${caption.smallPrint}；共 ${total} 处场所；${mark}。${MARK_ADVICE}`,
    columns,
    frozenColumns,
  })
  const riskCount = await countStandingRisks(db, request)
  return {
    fileName: `风险清单_${request.today}`,
    plainName: `risk-list_${request.today}`,
    total,
    tables: [
      {
        head: table(
          '风险清单',
          headOf(PLACE_COLUMNS, caption.areaNames),
          writeMark('sites', caption.at, total),
          2,
        ),
        batches: () => cellBatches(PLACE_COLUMNS, places()),
      },
      {
        head: table(
          '安全风险分级管控清单',
          headOf(RISK_COLUMNS, caption.areaNames),
          writeMark('risks', caption.at, riskCount),
          2,
        ),
        batches: () => cellBatches(RISK_COLUMNS, risks()),
      },
    ],
    features,
  }
}

async function withRisks(db: Knex, request: FilterRequest, sites: RankedRow[]): Promise<RiskExportRow[]> {
  const ids = sites.map((site) => site.id)
  const bySite = new Map<string, RiskRow[]>()
  for (const risk of await listRisksOfSites(db, ids, request)) {
    bySite.set(risk.siteId, [...(bySite.get(risk.siteId) ?? []), risk])
  }
  return sites.flatMap((site) => (bySite.get(site.id) ?? []).map((risk) => ({ risk, site })))
}
