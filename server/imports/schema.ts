import { type Static, Type } from 'typebox'
import { AnyGeometry, Id, Instant, Nullable, Page, PageQuery, Words } from '../core/schema-parts.ts'
import { COORDINATE_SYSTEMS, IMPORT_KINDS, IMPORT_STATES, SECTORS } from '../core/vocabulary.ts'

/** Stated in every message that refers to them. */
export const IMPORT_LIMITS = {
  fileBytes: 20 * 1024 * 1024,
  rows: 50_000,
  columns: 200,
  cellCharacters: 32_767,
} as const

export const IMPORT_OUTCOMES = ['new', 'changed', 'unchanged', 'rejected'] as const
export type ImportOutcome = (typeof IMPORT_OUTCOMES)[number]
export const IMPORT_OUTCOME_TERMS: Record<ImportOutcome, { zh: string; en: string }> = {
  new: { zh: '新增', en: 'New' },
  changed: { zh: '修改', en: 'Changed' },
  unchanged: { zh: '没有变化', en: 'Unchanged' },
  rejected: { zh: '不收', en: 'Rejected' },
}

export const ISSUE_LEVELS = ['error', 'warning'] as const
export type IssueLevel = (typeof ISSUE_LEVELS)[number]

/** What can be done about a fault without a new file: the report proposes it, a person takes it. */
export const REMEDY_ACTIONS = [
  'swapLngLat',
  'readAsGcj02',
  'readAsBd09',
  'readAsWgs84',
  'dropCoordinates',
  'useProposedValue',
  'takeFileCell',
  'keepSystemCell',
] as const
export type RemedyAction = (typeof REMEDY_ACTIONS)[number]
/** Remedies that read the position of a row in another way. */
export type PlaceRemedy = Exclude<RemedyAction, 'useProposedValue' | 'takeFileCell' | 'keepSystemCell'>

export const Proposal = Type.Object({
  action: Words(REMEDY_ACTIONS),
  label: Type.String({ description: '采用后的做法，如：按 GCJ-02 转换' }),
  field: Nullable(Type.String({ description: 'the field whose cell takes the value' })),
  value: Nullable(Type.String({ description: 'the text that will stand in the cell' })),
})
export type Proposal = Static<typeof Proposal>

/** A cell that the file edits and that somebody changed in the system since the export. */
export const CellConflict = Type.Object({
  was: Type.String({ description: 'what the cell said when it was exported' }),
  file: Type.String(),
  system: Type.String({ description: 'what it says now; kept unless the file’s is taken' }),
})
export type CellConflict = Static<typeof CellConflict>

const Position = Type.Unsafe<[number, number]>({
  type: 'array',
  items: { type: 'number' },
  minItems: 2,
  maxItems: 2,
  description: 'lng, lat; WGS-84',
})

/** One fault of one row. An error keeps the row out; a warning does not. */
export const RowIssue = Type.Object({
  level: Words(ISSUE_LEVELS),
  code: Type.String({ description: 'stable, UPPER_SNAKE' }),
  column: Nullable(Type.String({ description: 'header as the file writes it' })),
  field: Nullable(Type.String()),
  value: Nullable(Type.String({ description: '表里写的' })),
  reason: Type.String(),
  remedy: Type.String(),
  proposal: Nullable(Proposal),
  alternative: Type.Optional(Nullable(Proposal)),
  conflict: Type.Optional(Nullable(CellConflict)),
  move: Nullable(
    Type.Object({ from: Nullable(Position), to: Position }, { description: 'where the proposal moves it' }),
  ),
})
export type RowIssue = Static<typeof RowIssue>

/** Like faults of neighbouring rows as one line: rows 31–54. */
export const FoldedIssue = Type.Object({
  level: Words(ISSUE_LEVELS),
  code: Type.String(),
  sheet: Type.String(),
  rows: Type.String({ description: '57 or 31–54, as the spreadsheet numbers them' }),
  rowCount: Type.Integer(),
  firstPosition: Type.Integer(),
  lastPosition: Type.Integer(),
  column: Nullable(Type.String()),
  field: Nullable(Type.String()),
  value: Nullable(Type.String()),
  reason: Type.String(),
  remedy: Type.String(),
  proposal: Nullable(Proposal),
  alternative: Type.Optional(Nullable(Proposal)),
  conflict: Type.Optional(Nullable(CellConflict)),
  moves: Type.Array(Type.Object({ row: Type.Integer(), from: Nullable(Position), to: Position }), {
    description: 'at most 200',
  }),
})
export type FoldedIssue = Static<typeof FoldedIssue>

export const ImportCounts = Type.Object({
  total: Type.Integer(),
  accepted: Type.Integer({ description: 'new + changed: what commit writes' }),
  new: Type.Integer(),
  changed: Type.Integer(),
  unchanged: Type.Integer(),
  rejected: Type.Integer(),
  warned: Type.Integer({ description: 'accepted rows with warnings' }),
  noted: Type.Integer({ description: 'unchanged rows with warnings' }),
  unlocated: Type.Integer({ description: 'accepted rows without coordinates' }),
  cells: Type.Integer({ description: 'facts that the changed rows change' }),
  conflicts: Type.Integer({ description: 'cells changed here and in the system, not decided yet' }),
})
export type ImportCounts = Static<typeof ImportCounts>

const MatchedColumn = Type.Object({
  header: Type.String(),
  field: Type.String(),
  label: Type.String({ description: 'the official header of the field' }),
  isRequired: Type.Boolean(),
  sample: Nullable(Type.String()),
})

export const ImportSheet = Type.Object({
  name: Type.String(),
  isRead: Type.Boolean(),
  reason: Nullable(Type.String({ description: 'why it is passed over' })),
  headerRow: Nullable(Type.Integer()),
  rowCount: Type.Integer(),
})
export type ImportSheet = Static<typeof ImportSheet>

export const ImportOptions = Type.Object(
  {
    defaultSector: Type.Optional(Words(SECTORS)),
    columns: Type.Optional(
      Type.Record(Type.String({ maxLength: 200 }), Nullable(Type.String({ maxLength: 60 })), {
        description:
          'header → field, where the reading of the headers is corrected; null: leave the column out',
      }),
    ),
  },
  { additionalProperties: false },
)
export type ImportOptions = Static<typeof ImportOptions>

export const ImportSummary = Type.Object({
  id: Id,
  kind: Words(IMPORT_KINDS),
  fileName: Type.String(),
  coordinateSystem: Words(COORDINATE_SYSTEMS),
  state: Words(IMPORT_STATES),
  counts: ImportCounts,
  createdByName: Type.String(),
  createdAt: Instant,
  committedAt: Nullable(Instant),
  undoneAt: Nullable(Instant),
  mayCommit: Type.Boolean(),
  mayUndo: Type.Boolean(),
})
export type ImportSummary = Static<typeof ImportSummary>
export const ImportPage = Page(ImportSummary)
export type ImportPage = Static<typeof ImportPage>
export const ImportListQuery = PageQuery

export const ImportReport = Type.Intersect([
  ImportSummary,
  Type.Object({
    format: Type.String({ description: 'xlsx, xls, csv (UTF-8), csv (GB18030)' }),
    options: ImportOptions,
    sheets: Type.Array(ImportSheet),
    headerRow: Nullable(Type.Integer({ description: 'of the first sheet that is read' })),
    columns: Type.Object({
      matched: Type.Array(MatchedColumn),
      unknown: Type.Array(Type.Object({ header: Type.String(), sample: Nullable(Type.String()) })),
      ignored: Type.Array(Type.Object({ header: Type.String(), reason: Type.String() })),
      available: Type.Array(
        Type.Object({ field: Type.String(), label: Type.String(), isRequired: Type.Boolean() }),
        { description: 'every field of this kind, for correcting the match' },
      ),
    }),
    issues: Type.Array(FoldedIssue),
    issueCount: Type.Integer({ description: 'folded faults in all; `issues` holds at most 1000' }),
    notes: Type.Array(Type.String()),
    systems: Type.Array(
      Type.Object({
        coordinateSystem: Words(COORDINATE_SYSTEMS),
        inside: Type.Integer(),
        of: Type.Integer({ description: 'rows with a position and a named area' }),
      }),
      { description: 'how many rows lie in the area that they name, read as each system' },
    ),
    result: Nullable(
      Type.Object({
        created: Type.Integer(),
        changed: Type.Integer(),
        sites: Type.Integer({ description: 'sites made on the way' }),
        events: Type.Integer(),
      }),
    ),
  }),
])
export type ImportReport = Static<typeof ImportReport>

export const ImportRow = Type.Object({
  position: Type.Integer(),
  sheet: Type.String(),
  row: Type.Integer(),
  outcome: Words(IMPORT_OUTCOMES),
  title: Type.String({ description: 'what the row is about, in a few words' }),
  cells: Type.Array(Type.Object({ header: Type.String(), text: Type.String() })),
  issues: Type.Array(RowIssue),
  geometry: Nullable(AnyGeometry),
  changes: Type.Record(Type.String(), Type.Object({ from: Type.Unknown(), to: Type.Unknown() })),
  targetId: Nullable(Id),
})
export type ImportRow = Static<typeof ImportRow>
export const ImportRowPage = Page(ImportRow)
export type ImportRowPage = Static<typeof ImportRowPage>
export const ImportRowQuery = Type.Intersect([
  PageQuery,
  Type.Object({
    outcome: Type.Optional(Words(IMPORT_OUTCOMES)),
    level: Type.Optional(Words(ISSUE_LEVELS)),
    code: Type.Optional(Type.String({ maxLength: 60 })),
  }),
])
export type ImportRowQuery = Static<typeof ImportRowQuery>

/** Takes a proposal for every row between two positions that has this fault; without positions, for all of them. */
export const Remedy = Type.Object(
  {
    code: Type.String({ maxLength: 60 }),
    action: Words(REMEDY_ACTIONS),
    field: Type.Optional(Type.String({ maxLength: 60, description: 'only faults of this field' })),
    firstPosition: Type.Optional(Type.Integer({ minimum: 0 })),
    lastPosition: Type.Optional(Type.Integer({ minimum: 0 })),
  },
  { additionalProperties: false },
)
export type Remedy = Static<typeof Remedy>

/** Reads the same rows again: with another coordinate system, other columns, another sector where none is written. */
export const ImportRecheck = Type.Object(
  {
    coordinateSystem: Type.Optional(Words(COORDINATE_SYSTEMS)),
    options: Type.Optional(ImportOptions),
  },
  { additionalProperties: false },
)
export type ImportRecheck = Static<typeof ImportRecheck>

export const UndoResult = Type.Object({
  report: ImportReport,
  withdrawn: Type.Integer(),
  restored: Type.Integer(),
  kept: Type.Array(Type.Object({ id: Id, title: Type.String(), reason: Type.String() }), {
    description: 'changed by others since, or still in use: left as they are',
  }),
})
export type UndoResult = Static<typeof UndoResult>
