import type { Knex } from 'knex'
import type { FilterRequest } from '../http/filter-request.ts'
import type { Located } from '../http/list-reply.ts'
import { readRiskAreas } from '../risk-map/read-areas.ts'
import { readHexagons } from '../risk-map/read-hexagons.ts'
import type { AreaRule, HexagonMeasure, HexagonSize } from '../risk-map/schema.ts'
import type { ExportCaption } from './hazard-export.ts'
import {
  AREA_COLUMNS,
  type AreaExportRow,
  HEXAGON_COLUMNS,
  type HexagonExportRow,
  ruleText,
  weightsText,
} from './risk-map-columns.ts'
import { cellBatches, type ExportColumn, type ExportSource } from './table.ts'

/** The table of 辖区四色: each area, the areas together, and what lies outside them. */
export async function makeRiskAreasExport(
  db: Knex,
  request: FilterRequest,
  rule: AreaRule,
  caption: ExportCaption,
): Promise<ExportSource> {
  const { items, whole, outside, total } = await readRiskAreas(db, request, rule)
  const rows: AreaExportRow[] = [...items, { code: null, name: '以上合计', ...whole }]
  if (outside) rows.push({ code: null, name: '以上辖区以外或未定位', ...outside })
  return makeSource({
    ...{ title: '辖区风险四色表', plainName: 'risk-areas', caption, request, columns: AREA_COLUMNS, rows },
    smallPrint: `${ruleText(rule)}；共 ${total} 处场所`,
    features: items.map((item) => ({ ...item, id: item.code, rule })),
  })
}

/** The table of the hexagons, the greatest first; what has no place comes last, so that the sums are those of the lists. */
export async function makeHexagonsExport(
  db: Knex,
  request: FilterRequest,
  { size, measure }: { size: HexagonSize; measure: HexagonMeasure },
  caption: ExportCaption,
): Promise<ExportSource> {
  const { items, unplaced, totals } = await readHexagons(db, request, size, measure)
  const rows: HexagonExportRow[] = items.map((hexagon) => ({ ...hexagon, hexagon }))
  if (unplaced.sites + unplaced.hazards > 0) rows.push({ ...unplaced, hexagon: null })
  return makeSource({
    ...{
      title: '六边形网格表',
      plainName: `hexagons-${size}`,
      caption,
      request,
      columns: HEXAGON_COLUMNS,
      rows,
    },
    smallPrint: `${weightsText(size)}；共 ${totals.sites + unplaced.sites} 处场所、${totals.hazards + unplaced.hazards} 处隐患`,
    features: items,
  })
}

function makeSource<Row>(table: {
  title: string
  plainName: string
  caption: ExportCaption
  request: FilterRequest
  smallPrint: string
  columns: readonly ExportColumn<Row>[]
  rows: Row[]
  features: Located[]
}): ExportSource {
  const { title, caption, columns, rows } = table
  async function* batches() {
    yield rows
  }
  async function* features() {
    yield table.features
  }
  return {
    fileName: `${title}_${table.request.today}`,
    plainName: `${table.plainName}_${table.request.today}`,
    total: rows.length,
    tables: [
      {
        head: {
          sheetName: title,
          title: `${caption.unitName} ${title}`,
          subtitle: `${caption.smallPrint}；${table.smallPrint}`,
          columns: columns.map(({ value: _, ...column }) => column),
        },
        batches: () => cellBatches(columns, batches()),
      },
    ],
    features,
  }
}
