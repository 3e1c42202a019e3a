import type { Knex } from 'knex'
import type { ImportKind } from '../core/vocabulary.ts'
import { findNamedArea, nearestAreaName } from './area-names.ts'
import { cellText } from './cells.ts'
import type { HazardReading } from './hazard-changes.ts'
import type { ColumnLayout, SheetLayout } from './layout.ts'
import { matchHazards } from './match-hazards.ts'
import { matchRisks, type RiskReading } from './match-risks.ts'
import { matchSites, type SiteReading } from './match-sites.ts'
import type { CheckContext, CheckedRow, Draft, SourceRow } from './model.ts'
import { compareSystems, noteOnSystems, placeRows } from './place-rows.ts'
import { readHazardRow } from './read-hazard-row.ts'
import { readPlace } from './read-place.ts'
import { readRiskRow } from './read-risk-row.ts'
import { readSiteRow } from './read-site-row.ts'
import { type Fault, makeRowReader, type RowReader } from './row-reader.ts'
import type { ImportReport } from './schema.ts'
import { mapInTurns } from './turns.ts'

export type AnyReading = HazardReading | SiteReading | RiskReading

export interface CheckResult {
  rows: CheckedRow<AnyReading>[]
  notes: string[]
  systems: ImportReport['systems']
}

type Reading<R> = Draft<R> & { fault: (fault: Fault) => void }

/** Checks every row of a file and says what committing it would do. Writes nothing. */
export async function checkRows(
  db: Knex,
  kind: ImportKind,
  sources: readonly SourceRow[],
  layouts: readonly SheetLayout[],
  context: CheckContext,
): Promise<CheckResult> {
  if (kind === 'sites')
    return finish(db, await readAll(kind, sources, layouts, context, readSiteRow), context, matchSites)
  if (kind === 'risks')
    return finish(db, await readAll(kind, sources, layouts, context, readRiskRow), context, matchRisks)
  return finish(db, await readAll(kind, sources, layouts, context, readHazardRow), context, matchHazards)
}

async function finish<R, T extends AnyReading>(
  db: Knex,
  drafts: Reading<R>[],
  context: CheckContext,
  match: (
    db: Knex,
    drafts: Reading<R>[],
    context: CheckContext,
  ) => Promise<{ rows: CheckedRow<T>[]; notes: string[] }>,
): Promise<CheckResult> {
  await placeRows(db, drafts, context)
  const { rows, notes } = await match(db, drafts, context)
  const systems = await compareSystems(db, drafts, context)
  const note = noteOnSystems(systems, context.coordinateSystem)
  return { rows, notes: note ? [note, ...notes] : notes, systems }
}

async function readAll<R>(
  kind: ImportKind,
  sources: readonly SourceRow[],
  layouts: readonly SheetLayout[],
  context: CheckContext,
  readRow: (reader: RowReader, context: CheckContext) => R,
): Promise<Reading<R>[]> {
  const columnsOf = new Map<string, ColumnLayout[]>(layouts.map((layout) => [layout.name, layout.columns]))
  return mapInTurns(sources, (source) => {
    const reader = makeRowReader(kind, source, columnsOf.get(source.sheet) ?? [])
    return {
      source,
      record: readRow(reader, context),
      issues: reader.issues,
      fault: reader.fault,
      namedArea: readNamedArea(reader, context),
      place: readPlace(reader, context.coordinateSystem, source.corrections.place),
      placed: { point: null, areaCode: null, areaBasis: null },
    }
  })
}

function readNamedArea(reader: RowReader, context: CheckContext): string | null {
  const text = cellText(reader.raw('areaName'))
  if (text === '' || /^[-—/]+$/.test(text)) return null
  const area = findNamedArea(context.areas, text)
  if (area) return area.code
  const nearest = nearestAreaName(context.areas, text)
  reader.fault({
    level: 'warning',
    code: 'UNKNOWN_AREA',
    field: 'areaName',
    reason: '不是本区的街镇',
    remedy: nearest ? `改为「${nearest}」` : '以坐标为准；没有坐标的行入库后没有辖区',
    proposal: nearest
      ? { action: 'useProposedValue', label: `改为「${nearest}」`, field: 'areaName', value: nearest }
      : null,
  })
  return null
}
