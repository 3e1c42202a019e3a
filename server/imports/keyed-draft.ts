import type { CoordinateSystem, ImportKind } from '../core/vocabulary.ts'
import type { ExportColumn } from '../exports/table.ts'
import { fieldOf } from './fields.ts'
import type { Cells } from './keyed-cells.ts'
import type { KeyedRow } from './keyed-rows.ts'
import { type Changes, type CheckedRow, type Draft, hasError, type PlacedRow } from './model.ts'
import type { Fault } from './row-reader.ts'
import type { RowIssue } from './schema.ts'
import { type CellValue, isEmptyCell } from './table.ts'

/** A keyed row, read as it will stand. */
export interface KeyedDraft<R, F> extends Draft<R> {
  row: KeyedRow<F>
  fault: (fault: Fault) => void
}

/** The cells of a thing by the fields that the import reads back; what only counts or names rows is none of them. */
export function cellsOf<Row>(columns: readonly ExportColumn<Row>[], thing: Row): Cells {
  const cells = new Map<string, CellValue>()
  for (const { field, isKey, value } of columns) {
    if (field !== undefined && !isKey && field !== 'sequence') cells.set(field, value(thing, 0) as CellValue)
  }
  return cells
}

/** Columns that are judged together: an edit of one may be wrong only because of another. */
const GROUPS: readonly (readonly string[])[] = [
  ['foundOn', 'dueOn', 'closedOn', 'acceptedOn', 'status', 'result'],
  ['severity', 'clause', 'isMajor', 'isListed'],
  // a clause makes major only what was found while it was in force
  ['foundOn', 'clause'],
  ['lng', 'lat', 'position', 'areaName'],
]

/** Whether a fault has to do with what was edited; what stood in the system before is not the file's fault. */
export function isAboutEdits({ field }: RowIssue, edited: ReadonlySet<string>): boolean {
  if (edited.size === 0) return false
  if (field === null || edited.has(field)) return true
  return GROUPS.some((group) => group.includes(field) && group.some((other) => edited.has(other)))
}

/** Refuses an emptied cell of a column that no thing can be without. */
export function refuseEmpty<R, F>(
  kind: ImportKind,
  { row, issues, fault }: KeyedDraft<R, F>,
  fields: readonly string[],
): void {
  for (const field of fields) {
    const isTold = issues.some((issue) => issue.field === field)
    if (!row.edited.has(field) || !isEmptyCell(row.merged.get(field)) || isTold) continue
    const header = row.reader.header(field) ?? fieldOf(kind, field)?.header ?? field
    fault({
      code: 'REQUIRED_EMPTY',
      field,
      reason: `「${header}」不能清空`,
      remedy: '请恢复原来的内容，或改成别的',
    })
  }
}

/** The edited cells that stand for one fact each, as changes of that fact. */
export function takePlain<R extends object, F extends object>(
  { row, record, issues }: KeyedDraft<R, unknown>,
  names: Readonly<Record<string, string>>,
  facts: F,
): Changes {
  const changes: Changes = {}
  for (const field of row.edited) {
    const name = names[field]
    if (name === undefined) continue
    const to = (record as Record<string, unknown>)[name] ?? null
    const from = (facts as Record<string, unknown>)[name] ?? null
    // what could not be read has been told and is not taken; only a time without a day means that there is none
    const isUnread =
      to === null && !isEmptyCell(row.merged.get(field)) && issues.some((one) => one.field === field)
    if (to !== from && !(isUnread && field !== 'dueOn')) changes[name] = { from, to }
  }
  return changes
}

interface PlaceFacts {
  lng: number | null
  lat: number | null
  coordinateText: string | null
  coordinateSystem: CoordinateSystem | null
  areaCode: string | null
  areaBasis: string | null
}

const differences = (from: PlaceFacts, to: Partial<PlaceFacts>): Changes =>
  Object.fromEntries(
    (Object.keys(to) as (keyof PlaceFacts)[])
      .filter((name) => to[name] !== from[name])
      .map((name) => [name, { from: from[name], to: to[name] }]),
  )

/** A new position, or none any more; the area follows the position. */
export function placeChanges<R>(draft: KeyedDraft<R, unknown>, facts: PlaceFacts): Changes {
  const { place, placed, row, issues } = draft
  if (hasError(issues)) return {}
  const [lng, lat] = placed.point ?? []
  if (!place || lng === undefined || lat === undefined) {
    const none = { lng: null, lat: null, coordinateText: null, coordinateSystem: null }
    return differences(facts, { ...none, areaBasis: facts.areaCode === null ? null : 'named' })
  }
  // the axis that nobody touched keeps the decimals that the file does not show
  const isAsExported = place.system === 'WGS84'
  return differences(facts, {
    lng: isAsExported && !row.edited.has('lng') ? facts.lng : lng,
    lat: isAsExported && !row.edited.has('lat') ? facts.lat : lat,
    coordinateText: place.text,
    coordinateSystem: place.system,
    areaCode: placed.areaCode,
    areaBasis: 'geometry',
  })
}

/** Another area by name, for what has no position; where there is one, it alone decides. */
export function areaChanges<R>(
  draft: KeyedDraft<R, unknown>,
  facts: PlaceFacts,
  isLocated: boolean,
): Changes {
  if (isLocated) {
    draft.fault({
      level: 'warning',
      code: 'COMPUTED_CELL',
      field: 'areaName',
      reason: '有坐标的由坐标得出辖区，手改的不收',
      remedy: '位置不对请改经度、纬度',
    })
    return {}
  }
  if (isEmptyCell(draft.row.merged.get('areaName')))
    return differences(facts, { areaCode: null, areaBasis: null })
  return draft.namedArea === null ? {} : differences(facts, { areaCode: draft.namedArea, areaBasis: 'named' })
}

/** The row as commit takes it: an error keeps it out, no change leaves it alone. */
export function settled<R, F extends { id: string; version: number }, T>(
  { source, issues, place, namedArea, placed }: KeyedDraft<R, unknown>,
  record: T,
  facts: F | null,
  changes: Changes,
  site: CheckedRow<T>['site'] = undefined,
): CheckedRow<T> {
  const base = { source, record, issues, place, namedArea, placed, isKeyed: true }
  if (facts === null || hasError(issues)) {
    return { ...base, outcome: 'rejected', targetId: null, targetVersion: null, changes: {} }
  }
  const isChanged = Object.keys(changes).length + Object.keys(site?.changes ?? {}).length > 0
  return {
    ...base,
    outcome: isChanged ? 'changed' : 'unchanged',
    targetId: facts.id,
    targetVersion: facts.version,
    changes,
    ...(site && Object.keys(site.changes).length > 0 ? { site } : {}),
  }
}

/** Where the thing of a keyed row lies as long as no edit moves it. */
export function standingPlace(facts: object | null): PlacedRow {
  const place: Partial<PlaceFacts> =
    facts === null ? {} : 'site' in facts ? (facts.site as PlaceFacts) : facts
  const { lng = null, lat = null, areaCode = null } = place
  return { point: lng === null || lat === null ? null : [lng, lat], areaCode, areaBasis: null }
}
