import type { Knex } from 'knex'
import { asHazard } from '../hazards/model.ts'
import { countHazards } from '../hazards/queries.ts'
import type { HazardSort } from '../hazards/schema.ts'
import type { FilterRequest } from '../http/filter-request.ts'
import type { Located } from '../http/list-reply.ts'
import { WORK_CALENDAR } from '../rectification/calendar.ts'
import { MARK_ADVICE, writeMark } from './export-mark.ts'
import { HAZARD_COLUMNS, type HazardExportRow } from './hazard-columns.ts'
import { assertExportable } from './limit.ts'
import { listHazardIds, listHazardsById } from './queries.ts'
import { cellBatches, type ExportSource, headOf } from './table.ts'

const BATCH = 1_000
/** 序号 and 排查地点, by which a person knows the row while looking at its far end. */
const FROZEN_COLUMNS = 2

/** What is said about every export: whose list it is, of when, of what. */
export interface ExportCaption {
  unitName: string
  smallPrint: string
  at: Date
  /** Areas that the asker may choose among. */
  areaNames: readonly string[]
}

/** The hazards of a filter as 隐患排查治理台账. */
export async function makeHazardExport(
  db: Knex,
  request: FilterRequest,
  sort: HazardSort,
  caption: ExportCaption,
): Promise<ExportSource> {
  assertExportable(await countHazards(db, request))
  const ids = await listHazardIds(db, request, sort)
  async function* batches(): AsyncGenerator<HazardExportRow[]> {
    for (let start = 0; start < ids.length; start += BATCH) {
      yield await listHazardsById(db, request, ids.slice(start, start + BATCH))
    }
  }
  async function* features(): AsyncGenerator<Located[]> {
    for await (const rows of batches()) {
      yield rows.map((row) => asHazard(row, request.today, WORK_CALENDAR))
    }
  }
  const title = '隐患排查治理台账'
  return {
    fileName: `${title}_${request.today}`,
    plainName: `hazards_${request.today}`,
    total: ids.length,
    tables: [
      {
        head: {
          sheetName: title,
          title: `${caption.unitName} ${title}`,
          subtitle: `${caption.smallPrint}；共 ${ids.length} 条；${writeMark('hazards', caption.at, ids.length)}。${MARK_ADVICE}`,
          columns: headOf(HAZARD_COLUMNS, caption.areaNames),
          frozenColumns: FROZEN_COLUMNS,
        },
        batches: () => cellBatches(HAZARD_COLUMNS, batches()),
      },
    ],
    features,
  }
}
