import type { Knex } from 'knex'
import { maySee } from '../access/model.ts'
import type { CoordinateSystem } from '../core/vocabulary.ts'
import { compareFields, isMoved } from './compare.ts'
import { findLastReadings, findSites, type KnownSite } from './lookup-queries.ts'
import { refuseDuplicate } from './match-hazards.ts'
import {
  type Changes,
  type CheckContext,
  type CheckedRow,
  type Draft,
  hasError,
  isExampleName,
} from './model.ts'
import type { SiteRow } from './read-site-row.ts'
import { siteKey } from './row-keys.ts'
import type { Fault } from './row-reader.ts'
import { mapInTurns } from './turns.ts'

/** What commit writes for a place. */
export interface SiteReading extends SiteRow {
  rowKey: string
  areaCode: string | null
  areaBasis: 'geometry' | 'named' | null
  lng: number | null
  lat: number | null
  coordinateText: string | null
  coordinateSystem: CoordinateSystem | null
  isExample: boolean
}

type SiteDraft = Draft<SiteRow> & { fault: (fault: Fault) => void }

const COMPARED: readonly (keyof SiteReading & keyof KnownSite)[] = [
  'name',
  'creditCode',
  'sector',
  'kind',
  'address',
  'responsibleUnit',
  'responsiblePerson',
  'responsiblePhone',
]

/** Finds which places the rows already are, and what they would change. */
export async function matchSites(
  db: Knex,
  drafts: SiteDraft[],
  context: CheckContext,
): Promise<{ rows: CheckedRow<SiteReading>[]; notes: string[] }> {
  const readings = drafts.map((draft) => makeSiteReading(draft.record, draft))
  const known = await findKnownSites(db, readings)
  const last = await findLastReadings(db, known.all)
  const seen = new Map<string, number>()
  const rows = await mapInTurns(drafts, (draft, index) => {
    const reading = readings[index] as SiteReading
    checkSite(draft, reading, context)
    refuseDuplicate(draft, reading.rowKey, seen)
    return settle(draft, reading, known.find(reading), last, context)
  })
  return { rows, notes: [] }
}

export function makeSiteReading(row: SiteRow, draft: Pick<Draft<unknown>, 'place' | 'placed'>): SiteReading {
  const { place, placed } = draft
  return {
    ...row,
    rowKey: siteKey(row),
    areaCode: placed.areaCode,
    areaBasis: placed.areaBasis === 'site' ? null : placed.areaBasis,
    lng: placed.point?.[0] ?? null,
    lat: placed.point?.[1] ?? null,
    coordinateText: placed.point === null ? null : (place?.text ?? null),
    coordinateSystem: placed.point === null ? null : (place?.system ?? null),
    isExample: isExampleName(row.name),
  }
}

export interface KnownSites {
  all: KnownSite[]
  find(reading: Pick<SiteReading, 'rowKey' | 'creditCode' | 'name'>): KnownSite | null
}

/** Places by their key; else by credit code; else by a name that only one place has, if the row tells no other code. */
export async function findKnownSites(db: Knex, readings: readonly SiteReading[]): Promise<KnownSites> {
  const unique = (values: (string | null)[]) => [
    ...new Set(values.flatMap((value) => (value ? [value] : []))),
  ]
  const all = await findSites(db, {
    rowKeys: unique(readings.map((reading) => reading.rowKey)),
    creditCodes: unique(readings.map((reading) => reading.creditCode)),
    names: unique(readings.map((reading) => reading.name)),
  })
  const byKey = new Map(all.map((site) => [site.rowKey, site]))
  const byCode = new Map(all.flatMap((site) => (site.creditCode ? [[site.creditCode, site] as const] : [])))
  const byName = new Map<string, KnownSite | null>()
  for (const site of all) byName.set(site.name, byName.has(site.name) ? null : site)
  return {
    all,
    find: ({ rowKey, creditCode, name }) => {
      const named = byName.get(name) ?? null
      const isSameName = named !== null && (creditCode === null || named.creditCode === null)
      return (
        byKey.get(rowKey) ?? (creditCode ? byCode.get(creditCode) : undefined) ?? (isSameName ? named : null)
      )
    },
  }
}

export function checkSite(
  draft: Draft<unknown> & { fault: (fault: Fault) => void },
  reading: Pick<SiteReading, 'sector' | 'areaCode'>,
  context: CheckContext,
): void {
  if (reading.sector === null && !draft.issues.some((issue) => issue.field === 'sector')) {
    draft.fault({
      code: 'NO_SECTOR',
      field: 'sector',
      reason: '没有行业领域',
      remedy: '请补上行业领域，或在导入时选定一个',
    })
  }
  if (!hasError(draft.issues) && !maySee(context.scope, reading.areaCode, reading.sector)) {
    draft.fault({
      code: 'OUT_OF_SCOPE',
      field: 'areaName',
      reason: '不在您的管辖范围',
      remedy: '请由相应街镇或部门导入',
    })
  }
}

function settle(
  draft: SiteDraft,
  reading: SiteReading,
  known: KnownSite | null,
  last: Map<string, Record<string, unknown>>,
  context: CheckContext,
): CheckedRow<SiteReading> {
  const base = { ...draft, record: reading, targetId: null, targetVersion: null, changes: {} }
  if (!known) return { ...base, outcome: hasError(draft.issues) ? 'rejected' : 'new' }
  if (!maySee(context.scope, known.areaCode, known.sector)) {
    draft.fault({
      code: 'OUT_OF_SCOPE',
      field: null,
      reason: '不在您的管辖范围',
      remedy: '请由相应街镇或部门导入',
    })
    // whose row it is and what it says stay untold
    return { ...base, outcome: 'rejected' }
  }
  const changes = siteChanges(draft, reading, known, last.get(known.id))
  const outcome = hasError(draft.issues)
    ? 'rejected'
    : Object.keys(changes).length > 0
      ? 'changed'
      : 'unchanged'
  return { ...base, outcome, targetId: known.id, targetVersion: known.version, changes }
}

function siteChanges(
  draft: SiteDraft,
  reading: SiteReading,
  known: KnownSite,
  last: Record<string, unknown> | undefined,
): Changes {
  const changes = compareFields(known, reading, last, COMPARED)
  if (isMoved(known, draft, last)) {
    for (const field of ['lng', 'lat', 'coordinateText', 'coordinateSystem', 'areaCode'] as const) {
      changes[field] = { from: known[field], to: reading[field] }
    }
    changes.areaBasis = { from: null, to: reading.areaBasis }
  } else if (
    known.lng === null &&
    reading.areaCode !== null &&
    reading.areaCode !== known.areaCode &&
    last?.areaCode !== reading.areaCode
  ) {
    changes.areaCode = { from: known.areaCode, to: reading.areaCode }
    changes.areaBasis = { from: null, to: reading.areaBasis }
  }
  return changes
}
