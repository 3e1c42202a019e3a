import type { Knex } from 'knex'
import { maySee } from '../access/model.ts'
import { SITE_COLUMNS } from '../exports/site-columns.ts'
import {
  areaChanges,
  cellsOf,
  type KeyedDraft,
  placeChanges,
  refuseEmpty,
  settled,
  takePlain,
} from './keyed-draft.ts'
import { listSitesAt, listSitesNow, type SiteFacts } from './keyed-queries.ts'
import { compareRow, type KeyedRow, type KeyedSource, type Standing } from './keyed-rows.ts'
import { checkSite, makeSiteReading, type SiteReading } from './match-sites.ts'
import type { Changes, CheckContext, CheckedRow } from './model.ts'
import type { SiteRow } from './read-site-row.ts'
import { mapInTurns } from './turns.ts'

const COLUMNS = Object.values(SITE_COLUMNS)
const standing = (facts: SiteFacts): Standing<SiteFacts> => ({
  facts,
  cells: cellsOf(COLUMNS, facts),
  isGone: facts.isGone,
})

/** What each keyed row of a list of places edits. */
export async function compareSites(
  db: Knex,
  rows: readonly KeyedSource[],
  context: CheckContext,
): Promise<KeyedRow<SiteFacts>[]> {
  const keys = rows.flatMap(({ key }) => (key ? [key] : []))
  const isVisible = (facts: SiteFacts) => maySee(context.scope, facts.areaCode, facts.sector)
  const ids = keys.map(({ id }) => id)
  const nowOf = new Map(
    (await listSitesNow(db, ids)).filter(isVisible).map((facts) => [facts.id, standing(facts)]),
  )
  const wasOf = groupByKey((await listSitesAt(db, keys)).filter(isVisible))
  return mapInTurns(rows, (row) => {
    const was = row.key ? (wasOf.get(keyText(row.key)) ?? []).map(standing) : []
    const now = row.key ? (nowOf.get(row.key.id) ?? null) : null
    return compareRow('sites', row, { was, now }, context)
  })
}

export const keyText = ({ id, version }: { id: string; version: number }): string => `${id} ${version}`

export function groupByKey<T extends { id: string; version: number }>(
  things: readonly T[],
): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const thing of things) {
    const group = groups.get(keyText(thing))
    if (group) group.push(thing)
    else groups.set(keyText(thing), [thing])
  }
  return groups
}

const PLAIN: Record<string, string> = {
  name: 'name',
  creditCode: 'creditCode',
  sector: 'sector',
  siteKind: 'kind',
  address: 'address',
  responsibleUnit: 'responsibleUnit',
  responsiblePerson: 'responsiblePerson',
}

export async function settleSites(
  _db: Knex,
  drafts: KeyedDraft<SiteRow, SiteFacts>[],
  context: CheckContext,
): Promise<CheckedRow<SiteReading>[]> {
  return mapInTurns(drafts, (draft) => {
    const { facts, edited } = draft.row
    const reading = makeSiteReading(draft.record, draft)
    if (!facts) return settled(draft, reading, null, {})
    refuseEmpty('sites', draft, ['name', 'sector'])
    const changes = siteChangesOf(draft, PLAIN, draft.record, facts)
    if (edited.size > 0) checkChanged(draft, facts, changes, context)
    return settled(draft, reading, facts, changes)
  })
}

/** The edits of a place, whether they stand in a list of places or beside one of its risks. */
export function siteChangesOf(
  draft: KeyedDraft<object, unknown>,
  names: Readonly<Record<string, string>>,
  record: SiteRow,
  facts: SiteFacts,
): Changes {
  const { edited } = draft.row
  const changes = takePlain({ ...draft, record }, names, facts)
  const isOutline = facts.geometry !== null && facts.geometry.type !== 'Point'
  if (edited.has('lng') || edited.has('lat')) {
    if (!isOutline) return { ...changes, ...placeChanges(draft, facts) }
    draft.fault({
      level: 'warning',
      code: 'OUTLINE_KEPT',
      field: edited.has('lng') ? 'lng' : 'lat',
      reason: '这处场所在图上是线或面，经度、纬度不收',
      remedy: '请在场所页改它的范围',
    })
  } else if (edited.has('areaName')) {
    return { ...changes, ...areaChanges(draft, facts, facts.geometry !== null) }
  }
  return changes
}

/** A place that would leave what the person looks after is not theirs to move. */
export function checkChanged(
  draft: KeyedDraft<object, unknown>,
  facts: SiteFacts,
  changes: Changes,
  context: CheckContext,
): void {
  const after = <K extends 'sector' | 'areaCode'>(name: K): SiteFacts[K] =>
    name in changes ? (changes[name]?.to as SiteFacts[K]) : facts[name]
  checkSite(draft, { sector: after('sector'), areaCode: after('areaCode') }, context)
}
