import type { Knex } from 'knex'
import { GAP_KIND_TERMS, GAP_KINDS, type GapKind } from '../core/vocabulary.ts'
import { readGaps } from '../gaps/find.ts'
import { asGapItems } from '../gaps/items.ts'
import { pageOfGaps, withKinds } from '../gaps/list.ts'
import type { GapItem, GapSort } from '../gaps/schema.ts'
import type { FilterRequest } from '../http/filter-request.ts'
import type { Located } from '../http/list-reply.ts'
import { GAP_COLUMNS, GAP_DETAIL_COLUMNS, type GapRow } from './gap-columns.ts'
import type { ExportCaption } from './hazard-export.ts'
import { assertExportable } from './limit.ts'
import { cellBatches, type ExportColumn, type ExportSource, type ExportTable } from './table.ts'

const BATCH = 1_000

/**
 * The gaps of a filter: a row for each place, as many as the list has; in the workbook also a row for each thing that is
 * missing.
 */
export async function makeGapExport(
  db: Knex,
  request: FilterRequest,
  { kinds, sort }: { kinds: readonly GapKind[]; sort: GapSort },
  caption: ExportCaption,
): Promise<ExportSource> {
  const found = withKinds(await readGaps(db, request), kinds)
  assertExportable(found.length)
  const { rows } = pageOfGaps(found, { limit: found.length, sort })
  async function* items(): AsyncGenerator<GapItem[]> {
    for (let start = 0; start < rows.length; start += BATCH) {
      yield await asGapItems(db, request, rows.slice(start, start + BATCH))
    }
  }
  async function* details(): AsyncGenerator<GapRow[]> {
    for await (const batch of items()) {
      yield batch.flatMap((item) =>
        item.gaps.filter((gap) => kinds.includes(gap.kind)).map((gap) => ({ item, gap })),
      )
    }
  }
  const words =
    kinds.length < GAP_KINDS.length ? `；缺口 ${kinds.map((kind) => GAP_KIND_TERMS[kind].zh).join('、')}` : ''
  const head = (title: string, columns: readonly ExportColumn<never>[]): ExportTable['head'] => ({
    sheetName: title,
    title: `${caption.unitName} ${title}`,
    subtitle: `${caption.smallPrint}${words}；共 ${found.length} 处场所`,
    columns: columns.map(({ value: _, ...column }) => column),
  })
  return {
    fileName: `责任缺口_${request.today}`,
    plainName: `gaps_${request.today}`,
    total: found.length,
    tables: [
      { head: head('责任缺口', GAP_COLUMNS), batches: () => cellBatches(GAP_COLUMNS, items()) },
      {
        head: head('缺口明细', GAP_DETAIL_COLUMNS),
        batches: () => cellBatches(GAP_DETAIL_COLUMNS, details()),
      },
    ],
    features: (): AsyncIterable<Located[]> => items(),
  }
}
