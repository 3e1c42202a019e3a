import type { Knex } from 'knex'
import { joinStanding, STANDING_COLUMNS } from '../clauses/standing.ts'
import type { LngLat } from '../core/lnglat.ts'
import type { CoordinateSystem, RiskLevel, Sector, Severity, Status } from '../core/vocabulary.ts'
import type { Arithmetic } from '../risk/assess-schema.ts'
import type { KnownArea, KnownClause } from './model.ts'
import { askInPieces } from './turns.ts'

/** Lists go in as one JSON value: thousands of single bindings are slow on both engines. */
const PIECE = 2_000

const inPieces = <T, R>(values: readonly T[], ask: (piece: T[]) => Promise<R[]>): Promise<R[]> =>
  askInPieces(values, PIECE, ask)

export async function listKnownAreas(db: Knex): Promise<KnownArea[]> {
  return db('areas').select('code', 'name', 'kind', 'parent_code as parentCode').orderBy('code')
}

export async function listKnownClauses(db: Knex): Promise<KnownClause[]> {
  return joinStanding(db('clauses'))
    .select('clauses.source', 'clauses.article', 'clauses.text', 'clauses.document_number as citedNumber')
    .select(db.raw(STANDING_COLUMNS))
    .orderBy('clauses.id')
}

/** Positions in WGS-84 from eastings and northings of a projected system, in the order asked. */
export async function projectPoints(db: Knex, srid: number, points: readonly LngLat[]): Promise<LngLat[]> {
  return inPieces(points, async (chunk) => {
    const result = await db.raw(
      `select ST_X(projected.geom) as lng, ST_Y(projected.geom) as lat
       from jsonb_to_recordset(:points::jsonb) as point(position int, x float8, y float8),
         lateral (select ST_Transform(ST_SetSRID(ST_MakePoint(point.x, point.y), :srid::int), 4326) as geom) projected
       order by point.position`,
      { points: JSON.stringify(chunk.map(([x, y], position) => ({ position, x, y }))), srid },
    )
    return result.rows.map((row: { lng: number; lat: number }): LngLat => [row.lng, row.lat])
  })
}

/** Metres from each position to the nearest area; null when there are no areas at all. */
export async function distancesToAreas(db: Knex, points: readonly LngLat[]): Promise<(number | null)[]> {
  return inPieces(points, async (chunk) => {
    const result = await db.raw(
      `select (select min(ST_Distance(area.geom::geography,
           ST_SetSRID(ST_MakePoint(point.x, point.y), 4326)::geography)) from areas area) as meters
       from jsonb_to_recordset(?::jsonb) as point(position int, x float8, y float8)
       order by point.position`,
      [JSON.stringify(chunk.map(([x, y], position) => ({ position, x, y })))],
    )
    return result.rows.map((row: { meters: number | null }) => row.meters)
  })
}

export interface KnownSite {
  id: string
  rowKey: string | null
  name: string
  creditCode: string | null
  sector: Sector
  kind: string | null
  areaCode: string | null
  address: string | null
  responsibleUnit: string | null
  responsiblePerson: string | null
  responsiblePhone: string | null
  lng: number | null
  lat: number | null
  coordinateText: string | null
  coordinateSystem: CoordinateSystem | null
  version: number
  importId: string | null
}

/** Sites that are not retired and have one of the keys, credit codes or names. */
export async function findSites(
  db: Knex,
  { rowKeys, creditCodes, names }: { rowKeys: string[]; creditCodes: string[]; names: string[] },
): Promise<KnownSite[]> {
  const result = await db.raw(
    `select id, row_key as "rowKey", name, credit_code as "creditCode", sector, kind, area_code as "areaCode",
       address, responsible_unit as "responsibleUnit", responsible_person as "responsiblePerson",
       responsible_phone as "responsiblePhone",
       ST_X(ST_PointOnSurface(geom)) as lng, ST_Y(ST_PointOnSurface(geom)) as lat,
       coordinate_text as "coordinateText", coordinate_system as "coordinateSystem", version, import_id as "importId"
     from sites
     where retired_at is null and (
       row_key in (select jsonb_array_elements_text(:rowKeys::jsonb))
       or credit_code in (select jsonb_array_elements_text(:creditCodes::jsonb))
       or name in (select jsonb_array_elements_text(:names::jsonb)))
     order by id`,
    {
      rowKeys: JSON.stringify(rowKeys),
      creditCodes: JSON.stringify(creditCodes),
      names: JSON.stringify(names),
    },
  )
  return result.rows
}

export interface KnownHazard {
  id: string
  number: string
  rowKey: string | null
  siteId: string | null
  areaCode: string | null
  sector: Sector
  description: string
  locationText: string | null
  category: string | null
  severity: Severity
  status: Status
  clauseId: string | null
  foundOn: string
  foundBy: string | null
  dueOn: string | null
  closedOn: string | null
  acceptedBy: string | null
  measures: string | null
  responsibleUnit: string | null
  responsiblePerson: string | null
  fundsWan: number | null
  contingencyPlan: string | null
  supervisor: string | null
  result: string | null
  origin: string | null
  isListed: boolean
  listingDocument: string | null
  lng: number | null
  lat: number | null
  coordinateText: string | null
  coordinateSystem: CoordinateSystem | null
  version: number
  importId: string | null
  /** Someone changed it in the system, besides imports. */
  isTouched: boolean
}

/** Hazards that are not withdrawn and have one of the row keys or numbers. */
export async function findHazards(
  db: Knex,
  { rowKeys, numbers }: { rowKeys: string[]; numbers: string[] },
): Promise<KnownHazard[]> {
  const byKey = await inPieces(rowKeys, (piece) => askForHazards(db, { rowKeys: piece, numbers: [] }))
  const byNumber = await inPieces(numbers, (piece) => askForHazards(db, { rowKeys: [], numbers: piece }))
  return [...byKey, ...byNumber]
}

async function askForHazards(
  db: Knex,
  { rowKeys, numbers }: { rowKeys: string[]; numbers: string[] },
): Promise<KnownHazard[]> {
  const result = await db.raw(
    `select id, number, row_key as "rowKey", site_id as "siteId", area_code as "areaCode", sector, description,
       location_text as "locationText", category, severity, status, clause_id as "clauseId",
       found_on as "foundOn", found_by as "foundBy", due_on as "dueOn", closed_on as "closedOn",
       accepted_by as "acceptedBy", measures, responsible_unit as "responsibleUnit",
       responsible_person as "responsiblePerson", funds_wan as "fundsWan", contingency_plan as "contingencyPlan",
       supervisor, result, origin, is_listed as "isListed", listing_document as "listingDocument",
       ST_X(geom) as lng, ST_Y(geom) as lat, coordinate_text as "coordinateText",
       coordinate_system as "coordinateSystem", version, import_id as "importId",
       exists (select 1 from hazard_events event
         where event.hazard_id = hazards.id and event.import_id is null) as "isTouched"
     from hazards
     where withdrawn_at is null and (
       row_key in (select jsonb_array_elements_text(:rowKeys::jsonb))
       or number in (select jsonb_array_elements_text(:numbers::jsonb)))
     order by id`,
    { rowKeys: JSON.stringify(rowKeys), numbers: JSON.stringify(numbers) },
  )
  return result.rows
}

export interface KnownRisk {
  id: string
  rowKey: string | null
  siteId: string
  version: number
  importId: string | null
  name: string
  kind: string | null
  hazardFactors: string | null
  accidentTypes: string | null
  method: string
  inputs: Record<string, unknown>
  score: number | null
  level: RiskLevel
  arithmetic: Arithmetic | null
  engineeringControls: string | null
  managementControls: string | null
  trainingControls: string | null
  protectionControls: string | null
  emergencyControls: string | null
  controlLevel: string | null
  responsibleUnit: string | null
  responsiblePerson: string | null
  checkFrequency: string | null
  assessedOn: string | null
  assessedBy: string | null
  nextReviewOn: string | null
  residualLevel: RiskLevel | null
}

export const findRisks = (db: Knex, rowKeys: string[]): Promise<KnownRisk[]> =>
  inPieces(rowKeys, (piece) => askForRisks(db, piece))

async function askForRisks(db: Knex, rowKeys: string[]): Promise<KnownRisk[]> {
  const result = await db.raw(
    `select id, row_key as "rowKey", site_id as "siteId", version, import_id as "importId", name, kind,
       hazard_factors as "hazardFactors", accident_types as "accidentTypes", method, inputs, score, level, arithmetic,
       engineering_controls as "engineeringControls", management_controls as "managementControls",
       training_controls as "trainingControls", protection_controls as "protectionControls",
       emergency_controls as "emergencyControls", control_level as "controlLevel",
       responsible_unit as "responsibleUnit", responsible_person as "responsiblePerson",
       check_frequency as "checkFrequency", assessed_on as "assessedOn", assessed_by as "assessedBy",
       next_review_on as "nextReviewOn", residual_level as "residualLevel"
     from risks
     where retired_at is null and row_key in (select jsonb_array_elements_text(?::jsonb))
     order by id`,
    [JSON.stringify(rowKeys)],
  )
  return result.rows
}

/**
 * What the import that last wrote a thing read for it. A cell that says the same again is no change, even where
 * someone corrected the thing in the system since.
 */
export async function findLastReadings(
  db: Knex,
  written: readonly { id: string; importId: string | null }[],
): Promise<Map<string, Record<string, unknown>>> {
  const pairs = written.filter((entry) => entry.importId !== null)
  const rows = await inPieces(pairs, async (chunk) => {
    const result = await db.raw(
      `select import_rows.target_id as id, import_rows.record
       from jsonb_to_recordset(?::jsonb) as written(id uuid, "importId" uuid)
       join import_rows on import_rows.import_id = written."importId" and import_rows.target_id = written.id`,
      [JSON.stringify(chunk)],
    )
    return result.rows as { id: string; record: Record<string, unknown> }[]
  })
  return new Map(rows.map((row) => [row.id, row.record]))
}
