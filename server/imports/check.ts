import type { Knex } from 'knex'
import type { ImportKind } from '../core/vocabulary.ts'
import { findNamedArea, nearestAreaName } from './area-names.ts'
import { cellText } from './cells.ts'
import type { HazardReading } from './hazard-changes.ts'
import { isJudgedAnew } from './keyed-assessment.ts'
import { isAboutEdits, type KeyedDraft, standingPlace } from './keyed-draft.ts'
import { compareHazards, settleHazards } from './keyed-hazards.ts'
import { EXPORTED_SYSTEM, notesOnKeyed } from './keyed-notes.ts'
import { compareRisks, settleRisks } from './keyed-risks.ts'
import { type KeyedRow, partKeyed, readerOf } from './keyed-rows.ts'
import { compareSites, settleSites } from './keyed-sites.ts'
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
  const { plain, keyed } = partKeyed(kind, sources, layouts)
  if (kind === 'sites') {
    const drafts = await readAll(kind, plain, layouts, context, readSiteRow)
    const edits = await readKeyed(kind, await compareSites(db, keyed, context), context, readSiteRow)
    return finish(db, { drafts, match: matchSites }, { drafts: edits, settle: settleSites }, context)
  }
  if (kind === 'risks') {
    const drafts = await readAll(kind, plain, layouts, context, readRiskRow)
    const edits = await readKeyed(kind, await compareRisks(db, keyed, context), context, readRiskRow)
    return finish(db, { drafts, match: matchRisks }, { drafts: edits, settle: settleRisks }, context)
  }
  const drafts = await readAll(kind, plain, layouts, context, readHazardRow)
  const edits = await readKeyed(kind, await compareHazards(db, keyed, context), context, readHazardRow)
  return finish(db, { drafts, match: matchHazards }, { drafts: edits, settle: settleHazards }, context)
}

interface Whole<R, T> {
  drafts: Reading<R>[]
  match: (
    db: Knex,
    drafts: Reading<R>[],
    context: CheckContext,
  ) => Promise<{ rows: CheckedRow<T>[]; notes: string[] }>
}
interface Edits<R, F, T> {
  drafts: KeyedDraft<R, F>[]
  settle: (db: Knex, drafts: KeyedDraft<R, F>[], context: CheckContext) => Promise<CheckedRow<T>[]>
}

async function finish<R, F, T extends AnyReading>(
  db: Knex,
  whole: Whole<R, T>,
  edits: Edits<R, F, T>,
  context: CheckContext,
): Promise<CheckResult> {
  const { drafts } = whole
  await placeRows(db, [...drafts, ...edits.drafts], context)
  const keyedRows = await edits.settle(db, edits.drafts, context)
  const { rows, notes } = await whole.match(db, drafts, context)
  refuseTwice(rows, drafts, keyedRows)
  const systems = await compareSystems(db, drafts, context)
  const note = noteOnSystems(systems, context.coordinateSystem)
  const all = keyedRows.length === 0 ? rows : inOrder([...rows, ...keyedRows])
  return {
    rows: all,
    notes: [...(note ? [note] : []), ...notesOnKeyed(keyedRows, context), ...notes],
    systems,
  }
}

const inOrder = <T>(rows: CheckedRow<T>[]): CheckedRow<T>[] =>
  rows.sort((a, b) => a.source.position - b.source.position)

/** A new row that turns out to be the same thing as one that stands in the file with its key. */
function refuseTwice<T>(
  rows: CheckedRow<T>[],
  drafts: readonly { fault: (fault: Fault) => void }[],
  keyedRows: readonly CheckedRow<T>[],
): void {
  const keyedAt = new Map(keyedRows.map(({ targetId, source }) => [targetId, source.row]))
  for (const [index, row] of rows.entries()) {
    const first = row.targetId === null ? undefined : keyedAt.get(row.targetId)
    if (first === undefined || row.outcome === 'rejected') continue
    drafts[index]?.fault({
      code: 'DUPLICATE_ROW',
      field: null,
      reason: `与第 ${first} 行是同一条`,
      remedy: '请删去重复的行',
    })
    row.outcome = 'rejected'
  }
}

/** Reads keyed rows as they will stand, and keeps of what speaks against them what their edits have to do with. */
async function readKeyed<R, F extends object>(
  kind: ImportKind,
  rows: readonly KeyedRow<F>[],
  context: CheckContext,
  readRow: (reader: RowReader, context: CheckContext) => R,
): Promise<KeyedDraft<R, F>[]> {
  // an emptied cell is an edit, which no choice made for the whole file fills again
  const strict = { ...context, defaultSector: null }
  return mapInTurns(rows, (row) => {
    const reader = readerOf(kind, row)
    const record = readRow(reader, strict)
    const { edited } = row
    const isMoved = edited.has('lng') || edited.has('lat')
    const { place: correction } = row.source.corrections
    const place = isMoved
      ? readPlace(reader, EXPORTED_SYSTEM, correction === 'dropCoordinates' ? undefined : correction)
      : null
    const namedArea = edited.has('areaName') ? readNamedArea(reader, context) : null
    const about = reader.issues.filter(
      (issue) => isAboutEdits(issue, edited) && !(kind === 'risks' && isJudgedAnew(issue, row)),
    )
    for (const issue of about) if (issue.proposal?.action === 'dropCoordinates') issue.proposal = null
    reader.issues.splice(0, Number.POSITIVE_INFINITY, ...row.reader.issues, ...about)
    return {
      row,
      source: row.source,
      record,
      issues: reader.issues,
      fault: reader.fault,
      namedArea,
      place,
      placed: standingPlace(row.facts),
    }
  })
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
