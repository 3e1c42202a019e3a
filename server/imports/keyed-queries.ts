import type { Geometry } from 'geojson'
import type { Knex } from 'knex'
import { joinConfirmation } from '../clauses/standing.ts'
import type { CoordinateSystem, RiskLevel, Sector } from '../core/vocabulary.ts'
import type { HazardExportRow } from '../exports/hazard-columns.ts'
import { DETAIL_COLUMNS } from '../hazards/queries.ts'
import type { RiskRow } from '../risk/queries.ts'
import { askInPieces } from './turns.ts'

/** An exported row as its key names it: which thing, and which version of it. */
export interface RowKey {
  id: string
  version: number
}

const PIECE = 2_000
const ASKED_IDS = `(select jsonb_array_elements_text(?::jsonb)::uuid)`
const joinAsked = (table: string) =>
  `join jsonb_to_recordset(?::jsonb) as asked(id uuid, version int)
     on asked.id = ${table}.id and asked.version = ${table}.version`

/** Every version that the keys name; of one version there may be several states, where something derived changed. */
const atVersions = <T>(keys: readonly RowKey[], ask: (piece: string) => Promise<T[]>): Promise<T[]> =>
  askInPieces(keys, PIECE, (piece) => ask(JSON.stringify(piece)))
const now = <T>(ids: readonly string[], ask: (piece: string) => Promise<T[]>): Promise<T[]> =>
  askInPieces(ids, PIECE, (piece) => ask(JSON.stringify(piece)))

export interface HazardFacts extends HazardExportRow {
  areaBasis: 'geometry' | 'named' | 'site' | null
  isGone: boolean
}

// lateness is no cell of the ledger, so any day serves for it
const ANY_DAY = '2000-01-01'
const selectHazards = (db: Knex, table: string) =>
  joinConfirmation(
    db(table)
      .leftJoin('areas', 'areas.code', 'hazards.area_code')
      .leftJoin('sites', 'sites.id', 'hazards.site_id')
      .leftJoin('clauses', 'clauses.id', 'hazards.clause_id'),
    null,
  ).select(
    db.raw(
      `${DETAIL_COLUMNS}, sites.credit_code as "siteCreditCode", hazards.area_basis as "areaBasis",
       hazards.withdrawn_at is not null as "isGone"`,
      { today: ANY_DAY },
    ),
  )

export const listHazardsNow = (db: Knex, ids: readonly string[]): Promise<HazardFacts[]> =>
  now(ids, (piece) => selectHazards(db, 'hazards').whereRaw(`hazards.id in ${ASKED_IDS}`, [piece]))

export const listHazardsAt = (db: Knex, keys: readonly RowKey[]): Promise<HazardFacts[]> =>
  atVersions(keys, (piece) =>
    selectHazards(db, 'hazard_states as hazards').joinRaw(joinAsked('hazards'), [piece]),
  )

/** Every name and credit code that places ever had: a ledger shows those of its day. */
export async function listSiteNames(
  db: Knex,
  ids: readonly string[],
): Promise<Map<string, { names: Set<string>; creditCodes: Set<string> }>> {
  const rows = await now(ids, (piece) =>
    db('site_states')
      .distinct<{ id: string; name: string; creditCode: string | null }[]>(
        'id',
        'name',
        'credit_code as creditCode',
      )
      .whereRaw(`id in ${ASKED_IDS}`, [piece]),
  )
  const known = new Map<string, { names: Set<string>; creditCodes: Set<string> }>()
  for (const { id, name, creditCode } of rows) {
    const entry = known.get(id) ?? { names: new Set(), creditCodes: new Set() }
    entry.names.add(name)
    if (creditCode !== null) entry.creditCodes.add(creditCode)
    known.set(id, entry)
  }
  return known
}

export interface SiteFacts {
  id: string
  version: number
  name: string
  creditCode: string | null
  sector: Sector
  kind: string | null
  areaCode: string | null
  areaName: string | null
  areaBasis: 'geometry' | 'named' | null
  address: string | null
  riskLevel: RiskLevel | null
  responsibleUnit: string | null
  responsiblePerson: string | null
  responsiblePhone: string | null
  geometry: Geometry | null
  /** Of a point; a line or an area has no one position. */
  lng: number | null
  lat: number | null
  coordinateText: string | null
  coordinateSystem: CoordinateSystem | null
  isExample: boolean
  isGone: boolean
}

const selectSites = (db: Knex, table: string) =>
  db(table)
    .leftJoin('areas', 'areas.code', 'sites.area_code')
    .select(
      db.raw(
        `sites.id, sites.version, sites.name, sites.credit_code as "creditCode", sites.sector, sites.kind,
         sites.area_code as "areaCode", areas.name as "areaName", sites.area_basis as "areaBasis", sites.address,
         sites.risk_level as "riskLevel", sites.responsible_unit as "responsibleUnit",
         sites.responsible_person as "responsiblePerson", sites.responsible_phone as "responsiblePhone",
         ST_AsGeoJSON(sites.geom, 6)::json as geometry,
         case when GeometryType(sites.geom) = 'POINT' then ST_X(sites.geom) end as lng,
         case when GeometryType(sites.geom) = 'POINT' then ST_Y(sites.geom) end as lat,
         sites.coordinate_text as "coordinateText", sites.coordinate_system as "coordinateSystem",
         sites.is_example as "isExample", sites.retired_at is not null as "isGone"`,
      ),
    )

export const listSitesNow = (db: Knex, ids: readonly string[]): Promise<SiteFacts[]> =>
  now(ids, (piece) => selectSites(db, 'sites').whereRaw(`sites.id in ${ASKED_IDS}`, [piece]))

export const listSitesAt = (db: Knex, keys: readonly RowKey[]): Promise<SiteFacts[]> =>
  atVersions(keys, (piece) => selectSites(db, 'site_states as sites').joinRaw(joinAsked('sites'), [piece]))

export interface RiskFacts extends RiskRow {
  isGone: boolean
}

const selectRisks = (db: Knex, table: string) =>
  db(table).select(
    db.raw(
      `risks.id, risks.version, risks.site_id as "siteId", risks.name, risks.kind,
       risks.hazard_factors as "hazardFactors", risks.accident_types as "accidentTypes", risks.method, risks.inputs,
       risks.score, risks.level, risks.engineering_controls as "engineeringControls",
       risks.management_controls as "managementControls", risks.training_controls as "trainingControls",
       risks.protection_controls as "protectionControls", risks.emergency_controls as "emergencyControls",
       risks.control_level as "controlLevel", risks.responsible_unit as "responsibleUnit",
       risks.responsible_person as "responsiblePerson", risks.check_frequency as "checkFrequency",
       risks.assessed_on as "assessedOn", risks.assessed_by as "assessedBy",
       risks.next_review_on as "nextReviewOn", risks.residual_level as "residualLevel", risks.arithmetic,
       risks.supersedes_id as "supersedesId", null as unit,
       case when risks.clause_id is not null then json_build_object('id', risks.clause_id, 'title', '') end as clause,
       risks.is_example as "isExample", risks.retired_at is not null as "isGone"`,
    ),
  )

export const listRisksNow = (db: Knex, ids: readonly string[]): Promise<RiskFacts[]> =>
  now(ids, (piece) => selectRisks(db, 'risks').whereRaw(`risks.id in ${ASKED_IDS}`, [piece]))

export const listRisksAt = (db: Knex, keys: readonly RowKey[]): Promise<RiskFacts[]> =>
  atVersions(keys, (piece) => selectRisks(db, 'risk_states as risks').joinRaw(joinAsked('risks'), [piece]))
