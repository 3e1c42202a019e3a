import type { Knex } from 'knex'
import { maySee } from '../access/model.ts'
import { type HazardDraft, type HazardReading, hazardChanges } from './hazard-changes.ts'
import {
  findHazards,
  findLastReadings,
  findSites,
  type KnownHazard,
  type KnownSite,
} from './lookup-queries.ts'
import { type CheckContext, type CheckedRow, type Draft, hasError, isExampleName } from './model.ts'
import type { HazardRow } from './read-hazard-row.ts'
import { hazardKey } from './row-keys.ts'
import type { Fault } from './row-reader.ts'
import { mapInTurns } from './turns.ts'

/** Links the rows to sites, finds which hazards they already are, and what they would change. */
export async function matchHazards(
  db: Knex,
  drafts: HazardDraft[],
  context: CheckContext,
): Promise<{ rows: CheckedRow<HazardReading>[]; notes: string[] }> {
  const sites = await findNamedSites(
    db,
    drafts.map(({ record }) => record),
  )
  let unknownSites = 0
  const readings = await mapInTurns(drafts, (draft) => {
    const site = sites.find(draft.record)
    if (!site && draft.record.siteName !== null) unknownSites++
    const reading = makeReading(draft, site)
    checkReading(draft, reading, context)
    return reading
  })
  const known = await findKnown(db, drafts, readings)
  const seen = new Map<string, number>()
  const rows = await mapInTurns(drafts, (draft, index) => {
    const reading = readings[index] as HazardReading
    refuseDuplicate(draft, reading.rowKey ?? '', seen)
    return settle(draft, reading, known.find(draft.record, reading), known.last, context)
  })
  const notes =
    unknownSites === 0
      ? []
      : [
          `${unknownSites.toLocaleString('en')} 行的企业不在场所清单里：入库后不与场所关联，名称保留在地点里。可先导入风险清单`,
        ]
  return { rows, notes }
}

/** Places by credit code, else by a name that only one has. */
export async function findNamedSites(db: Knex, asked: readonly Pick<HazardRow, 'creditCode' | 'siteName'>[]) {
  const creditCodes = [...new Set(asked.flatMap(({ creditCode }) => (creditCode ? [creditCode] : [])))]
  const names = [...new Set(asked.flatMap(({ siteName }) => (siteName ? [siteName] : [])))]
  const sites = await findSites(db, { rowKeys: [], creditCodes, names })
  const byCode = new Map(sites.map((site) => [site.creditCode, site]))
  const byName = new Map<string, KnownSite | null>()
  // two sites of one name: the name alone tells nothing
  for (const site of sites) byName.set(site.name, byName.has(site.name) ? null : site)
  return {
    find: ({ creditCode, siteName }: Pick<HazardRow, 'creditCode' | 'siteName'>): KnownSite | null => {
      const coded = creditCode === null ? undefined : byCode.get(creditCode)
      const named = siteName === null ? null : (byName.get(siteName) ?? null)
      // the same name under another code is another enterprise
      const isOther = creditCode !== null && named !== null && named.creditCode !== null
      return coded ?? (isOther ? null : named)
    },
  }
}

const LOCATION_LIMIT = 300

export function makeReading(draft: Draft<HazardRow>, site: KnownSite | null): HazardReading {
  const { record, place, placed } = draft
  const { writtenNumber: _number, creditCode: _code, ...fields } = record
  const isPlacedBySite = placed.areaBasis === null && site !== null
  const isNamed =
    site !== null || record.siteName === null || (record.locationText ?? '').includes(record.siteName)
  const locationText = isNamed
    ? record.locationText
    : [record.siteName, record.locationText].filter(Boolean).join(' ')
  return {
    ...fields,
    locationText: locationText?.slice(0, LOCATION_LIMIT) ?? null,
    rowKey: hazardKey(record),
    siteId: site?.id ?? null,
    sector: record.sector ?? site?.sector ?? null,
    areaCode: isPlacedBySite ? site.areaCode : placed.areaCode,
    areaBasis: isPlacedBySite ? 'site' : placed.areaBasis,
    lng: placed.point?.[0] ?? null,
    lat: placed.point?.[1] ?? null,
    coordinateText: placed.point === null ? null : (place?.text ?? null),
    coordinateSystem: placed.point === null ? null : (place?.system ?? null),
    isExample: isExampleName(record.siteName, record.locationText, site?.name ?? null),
  }
}

export function checkReading(draft: HazardDraft, reading: HazardReading, context: CheckContext): void {
  if (reading.sector === null && !draft.issues.some((issue) => issue.field === 'sector')) {
    draft.fault({
      code: 'NO_SECTOR',
      field: 'sector',
      reason: '没有行业领域，也没有可以参照的场所',
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

/** Later rows of one file that mean the same thing are kept out, whoever made them. */
export function refuseDuplicate(
  draft: Draft<unknown> & { fault: (fault: Fault) => void },
  key: string,
  seen: Map<string, number>,
): void {
  if (hasError(draft.issues)) return
  const first = seen.get(key)
  if (first === undefined) {
    seen.set(key, draft.source.row)
    return
  }
  draft.fault({
    code: 'DUPLICATE_ROW',
    field: null,
    reason: `与第 ${first} 行是同一条`,
    remedy: '请删去重复的行',
  })
}

async function findKnown(db: Knex, drafts: HazardDraft[], readings: HazardReading[]) {
  const numbers = [
    ...new Set(
      drafts.flatMap(({ record }) => (record.writtenNumber ? [record.writtenNumber.toUpperCase()] : [])),
    ),
  ]
  const rowKeys = [...new Set(readings.flatMap((reading) => (reading.rowKey ? [reading.rowKey] : [])))]
  const hazards = await findHazards(db, { rowKeys, numbers })
  const byKey = new Map(hazards.map((hazard) => [hazard.rowKey, hazard]))
  const byNumber = new Map(hazards.map((hazard) => [hazard.number, hazard]))
  return {
    last: await findLastReadings(db, hazards),
    find: (row: HazardRow, reading: HazardReading): KnownHazard | null =>
      (row.writtenNumber !== null ? byNumber.get(row.writtenNumber.toUpperCase()) : undefined) ??
      byKey.get(reading.rowKey) ??
      null,
  }
}

function settle(
  draft: HazardDraft,
  reading: HazardReading,
  known: KnownHazard | null,
  last: Map<string, Record<string, unknown>>,
  context: CheckContext,
): CheckedRow<HazardReading> {
  const base = { ...draft, record: reading, targetId: null, targetVersion: null, changes: {} }
  if (!known) return { ...base, outcome: hasError(draft.issues) ? 'rejected' : 'new' }
  if (!maySee(context.scope, known.areaCode, known.sector)) {
    draft.fault({
      code: 'OUT_OF_SCOPE',
      field: null,
      reason: '不在您的管辖范围',
      remedy: '请由相应街镇或部门导入',
    })
    // whose row it is stays untold
    return { ...base, outcome: 'rejected' }
  }
  const changes = hasError(draft.issues)
    ? {}
    : hazardChanges(draft, reading, known, last.get(known.id), context)
  const outcome = hasError(draft.issues)
    ? 'rejected'
    : Object.keys(changes).length > 0
      ? 'changed'
      : 'unchanged'
  return { ...base, outcome, targetId: known.id, targetVersion: known.version, changes }
}
