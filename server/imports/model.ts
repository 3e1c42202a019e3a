import type { Scope } from '../access/model.ts'
import type { ClauseStanding } from '../clauses/model.ts'
import type { LngLat } from '../core/lnglat.ts'
import type { CoordinateSystem, Role, Sector } from '../core/vocabulary.ts'
import type { MethodSettings } from '../risk/methods/settings.ts'
import type { StoredCell } from './cells.ts'
import type { Decision } from './keyed-cells.ts'
import type { ImportOutcome, PlaceRemedy, RowIssue } from './schema.ts'

/** What a person took from the proposals for one row: other words in cells, another reading of the coordinates. */
export interface Corrections {
  values?: Record<string, string>
  place?: PlaceRemedy
  /** Of cells that somebody else changed too: whose word counts, by field. */
  conflicts?: Record<string, Decision>
}

/** A row as the file has it, kept with the import so that it can be read again. */
export interface SourceRow {
  position: number
  sheet: string
  row: number
  cells: StoredCell[]
  corrections: Corrections
}

/** Coordinates as written, in the system that they are read as. Degrees: x is the longitude; metres: x is the easting. */
export interface WrittenPlace {
  x: number
  y: number
  system: CoordinateSystem
  text: string
}

/** Where a row lies and to which area that belongs. */
export interface PlacedRow {
  point: LngLat | null
  areaCode: string | null
  areaBasis: 'geometry' | 'named' | 'site' | null
}

/** A row on its way through the check. `record` is null once an error keeps the row out. */
export interface Draft<R> {
  source: SourceRow
  record: R
  issues: RowIssue[]
  place: WrittenPlace | null
  namedArea: string | null
  placed: PlacedRow
}

export type Changes = Record<string, { from: unknown; to: unknown }>

/** A checked row: what commit will do with it. */
export interface CheckedRow<R> extends Draft<R> {
  outcome: ImportOutcome
  targetId: string | null
  /** The version of the target that the changes were worked out against. */
  targetVersion: number | null
  changes: Changes
  /** The row names what it was exported from, so that only its edited cells are written. */
  isKeyed?: boolean
  /** Edits of the place beside a risk, which has a version of its own. */
  site?: { id: string; version: number; changes: Changes } | undefined
}

/** Facts of a place beside those of a risk: its name is not the risk's. */
export function renameSiteChanges(changes: Changes): Changes {
  return Object.fromEntries(
    Object.entries(changes).map(([name, change]) => [name === 'name' ? 'siteName' : name, change]),
  )
}

export const hasError = (issues: readonly RowIssue[]): boolean =>
  issues.some((issue) => issue.level === 'error')

/** Everything besides the rows that a check depends on. */
export interface CheckContext {
  today: string
  coordinateSystem: CoordinateSystem
  defaultSector: Sector | null
  role: Role
  scope: Scope
  areas: KnownArea[]
  clauses: KnownClause[]
  /** By which thresholds scores become levels now. */
  methods: MethodSettings
}

export interface KnownArea {
  code: string
  name: string
  kind: string
  parentCode: string | null
}

/** A clause as a ledger may cite it, and what is needed to judge it by the day of each row. */
export interface KnownClause extends ClauseStanding {
  source: string
  article: string
  text: string
  /** As the library writes it beside the article; `documentNumber` is the bare number. */
  citedNumber: string
}

/** Invented things are marked in their names, so that the mark survives every way in and out. */
export const EXAMPLE_MARK = '（示例）'
export function isExampleName(...names: (string | null)[]): boolean {
  return names.some((name) => name !== null && /[（(]示例[）)]/.test(name))
}
