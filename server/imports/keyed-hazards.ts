import type { Knex } from 'knex'
import { maySee } from '../access/model.ts'
import { STATUSES } from '../core/vocabulary.ts'
import { HAZARD_COLUMNS } from '../exports/hazard-columns.ts'
import { cellText } from './cells.ts'
import { type HazardReading, keepInOrder } from './hazard-changes.ts'
import {
  areaChanges,
  cellsOf,
  type KeyedDraft,
  placeChanges,
  refuseEmpty,
  settled,
  takePlain,
} from './keyed-draft.ts'
import {
  type HazardFacts,
  listHazardsAt,
  listHazardsNow,
  listSiteNames,
  type RowKey,
} from './keyed-queries.ts'
import { compareRow, type KeyedRow, type KeyedSource, type Standing, tellComputed } from './keyed-rows.ts'
import { checkReading, findNamedSites, makeReading } from './match-hazards.ts'
import type { Changes, CheckContext, CheckedRow } from './model.ts'
import type { HazardRow } from './read-hazard-row.ts'
import { mapInTurns } from './turns.ts'
import { splitResponsible } from './written-texts.ts'

type Row = KeyedRow<HazardFacts>

const standing = (facts: HazardFacts): Standing<HazardFacts> => ({
  facts,
  cells: cellsOf(HAZARD_COLUMNS, facts),
  isGone: facts.isGone,
})

/** What each keyed row of a ledger edits. */
export async function compareHazards(
  db: Knex,
  rows: readonly KeyedSource[],
  context: CheckContext,
): Promise<Row[]> {
  const keys = rows.flatMap(({ key }) => (key ? [key] : []))
  const now = await listHazardsNow(
    db,
    keys.map(({ id }) => id),
  )
  const was = await listHazardsAt(db, keys)
  const siteIds = [...new Set(was.flatMap(({ siteId }) => (siteId ? [siteId] : [])))]
  const siteNames = await listSiteNames(db, siteIds)
  const isVisible = (facts: HazardFacts) => maySee(context.scope, facts.areaCode, facts.sector)
  const nowOf = new Map(now.filter(isVisible).map((facts) => [facts.id, facts]))
  const keyText = ({ id, version }: RowKey) => `${id} ${version}`
  const wasOf = new Map<string, HazardFacts[]>()
  for (const facts of was.filter(isVisible)) {
    wasOf.set(keyText(facts), [...(wasOf.get(keyText(facts)) ?? []), facts])
  }
  return mapInTurns(rows, (row) => {
    const present = row.key ? nowOf.get(row.key.id) : undefined
    const past = row.key ? (wasOf.get(keyText(row.key)) ?? []) : []
    const named = past.map((facts) => underItsOldName(facts, row, siteNames))
    const compared = compareRow(
      'hazards',
      row,
      { was: named.map(standing), now: present ? standing(present) : null },
      context,
    )
    if (compared.facts) resolveTwins(compared)
    return compared
  })
}

/** A ledger shows the name and code that the place had on its day; showing them still is no edit. */
function underItsOldName(
  facts: HazardFacts,
  { reader }: KeyedSource,
  siteNames: Awaited<ReturnType<typeof listSiteNames>>,
): HazardFacts {
  const known = facts.siteId === null ? undefined : siteNames.get(facts.siteId)
  const name = cellText(reader.raw('siteName'))
  const code = cellText(reader.raw('creditCode'))
  return {
    ...facts,
    ...(known?.names.has(name) ? { siteName: name } : {}),
    ...(known?.creditCodes.has(code) ? { siteCreditCode: code } : {}),
  }
}

/** The ledger says some things twice: 责任单位/责任人 and its two parts, 验收时间 and 销号日期. Either may be edited. */
function resolveTwins(row: Row): void {
  const { edited, merged, reader } = row
  const textOf = (field: string) => cellText(merged.get(field))
  const disagree = (field: string, twin: string) =>
    reader.fault({
      code: 'TWIN_CELLS',
      field,
      reason: `与「${reader.header(twin) ?? twin}」改得不一样`,
      remedy: '两处写成一样，或只改其中一处',
    })
  const areParts = edited.has('responsibleUnit') || edited.has('responsiblePerson')
  if (edited.delete('responsible')) {
    if (!areParts) {
      const { unit, person } = partResponsible(textOf('responsible'), row.facts)
      merged.set('responsibleUnit', unit)
      merged.set('responsiblePerson', person)
      edited.add('responsibleUnit').add('responsiblePerson')
    } else if (
      textOf('responsible') !==
      [textOf('responsibleUnit'), textOf('responsiblePerson')].filter(Boolean).join('/')
    )
      disagree('responsible', 'responsibleUnit')
  }
  merged.set('responsible', null)
  if (edited.delete('acceptedOn')) {
    if (!edited.has('closedOn')) {
      merged.set('closedOn', merged.get('acceptedOn') ?? null)
      edited.add('closedOn')
    } else if (textOf('acceptedOn') !== textOf('closedOn')) disagree('acceptedOn', 'closedOn')
  }
  merged.set('acceptedOn', null)
  if (edited.delete('number')) tellComputed(reader, 'number', '编号由系统给出', '编号不能改')
}

function partResponsible(
  text: string,
  facts: HazardFacts | null,
): { unit: string | null; person: string | null } {
  if (text === '') return { unit: null, person: null }
  const { responsibleUnit: unit, responsiblePerson: person } = facts ?? {}
  if (unit && text.startsWith(`${unit}/`)) return { unit, person: text.slice(unit.length + 1).trim() || null }
  if (person && text.endsWith(`/${person}`))
    return { unit: text.slice(0, -person.length - 1).trim() || null, person }
  return splitResponsible(text)
}

const PLAIN: Record<string, keyof HazardReading & keyof HazardFacts> = {
  locationText: 'locationText',
  foundOn: 'foundOn',
  foundBy: 'foundBy',
  description: 'description',
  category: 'category',
  severity: 'severity',
  measures: 'measures',
  responsibleUnit: 'responsibleUnit',
  responsiblePerson: 'responsiblePerson',
  fundsWan: 'fundsWan',
  dueOn: 'dueOn',
  contingencyPlan: 'contingencyPlan',
  supervisor: 'supervisor',
  acceptedBy: 'acceptedBy',
  result: 'result',
  sector: 'sector',
  origin: 'origin',
  clause: 'clauseId',
  isListed: 'isListed',
  listingDocument: 'listingDocument',
}
const NEVER_EMPTY = ['description', 'foundOn', 'sector', 'severity', 'status', 'isListed']

type HazardKeyedDraft = KeyedDraft<HazardRow, HazardFacts>

/** What committing the keyed rows would do: the edited cells and nothing else. */
export async function settleHazards(
  db: Knex,
  drafts: HazardKeyedDraft[],
  context: CheckContext,
): Promise<CheckedRow<HazardReading>[]> {
  const sites = await findNamedSites(
    db,
    drafts.map(({ record, row }) => siteAsked(record, row.edited)),
  )
  return mapInTurns(drafts, (draft) => {
    const { facts } = draft.row
    if (!facts) return settled(draft, makeReading(draft, null), null, {})
    refuseEmpty('hazards', draft, NEVER_EMPTY)
    const changes = takePlain(draft, PLAIN, facts)
    linkSite(draft, facts, sites, context, changes)
    place(draft, facts, changes)
    moveStatus(draft, facts, changes)
    guardMajor(draft, facts, context, changes)
    const reading: HazardReading = { ...readingOf(facts), ...valuesOf(changes) }
    if (draft.row.edited.size > 0) {
      keepInOrder(draft, facts, changes)
      checkReading(draft, reading, context)
    }
    return settled(draft, reading, facts, changes)
  })
}

const valuesOf = (changes: Changes): Partial<HazardReading> =>
  Object.fromEntries(Object.entries(changes).map(([field, { to }]) => [field, to]))

const readingOf = (facts: HazardFacts): HazardReading => ({
  ...facts,
  rowKey: null,
  note: null,
})

/** By which of the two a place is to be looked for: the cell that was edited tells. */
function siteAsked(
  record: HazardRow,
  edited: ReadonlySet<string>,
): Pick<HazardRow, 'creditCode' | 'siteName'> {
  return {
    creditCode: edited.has('creditCode') ? record.creditCode : null,
    siteName: edited.has('siteName') ? record.siteName : null,
  }
}

function linkSite(
  draft: HazardKeyedDraft,
  facts: HazardFacts,
  sites: Awaited<ReturnType<typeof findNamedSites>>,
  context: CheckContext,
  changes: Changes,
): void {
  const { edited } = draft.row
  if (!edited.has('siteName') && !edited.has('creditCode')) return
  const asked = siteAsked(draft.record, edited)
  if (edited.has('siteName') && asked.siteName === null) {
    if (facts.siteId !== null) {
      changes.siteId = { from: facts.siteId, to: null }
      changes.siteName = { from: facts.siteName, to: null }
    }
    if (facts.areaBasis === 'site') changes.areaBasis = { from: 'site', to: 'named' }
    return
  }
  const found = sites.find(asked)
  const site = found && maySee({ ...context.scope, sectors: 'all' }, found.areaCode, null) ? found : null
  if (!site) {
    draft.fault({
      level: 'warning',
      code: 'UNKNOWN_SITE',
      field: edited.has('siteName') ? 'siteName' : 'creditCode',
      reason: '场所清单里没有，或不在您的可见范围内，这一格不收',
      remedy: '请先导入或新建场所；场所的名称和代码请在场所清单里改',
    })
    return
  }
  if (site.id === facts.siteId) return
  changes.siteId = { from: facts.siteId, to: site.id }
  // for people: ids say nothing to them
  changes.siteName = { from: facts.siteName, to: site.name }
  if (facts.areaBasis === 'site' && site.areaCode !== facts.areaCode)
    changes.areaCode = { from: facts.areaCode, to: site.areaCode }
}

function place(draft: HazardKeyedDraft, facts: HazardFacts, changes: Changes): void {
  const { edited } = draft.row
  if (edited.has('lng') || edited.has('lat')) Object.assign(changes, placeChanges(draft, facts))
  else if (edited.has('areaName')) Object.assign(changes, areaChanges(draft, facts, facts.lng !== null))
}

/** A ledger moves a hazard forwards only; what goes back has its own way, with a reason. */
function moveStatus(draft: HazardKeyedDraft, facts: HazardFacts, changes: Changes): void {
  const { edited } = draft.row
  const { status, closedOn } = draft.record
  if (edited.has('status') && status !== null && status !== facts.status) {
    const isForward = STATUSES.indexOf(status) > STATUSES.indexOf(facts.status) && facts.status !== 'closed'
    if (isForward) changes.status = { from: facts.status, to: status }
    else {
      // the day of closing stays with the status that stays
      const beside = draft.issues.findIndex(({ code }) => code === 'STATUS_CONFLICT')
      if (beside !== -1) draft.issues.splice(beside, 1)
      draft.fault({
        level: 'warning',
        code: 'STATUS_KEPT',
        field: 'status',
        reason: '表里的状态比系统里的早，不倒退',
        remedy: '退回、重新打开请在系统里办理',
      })
    }
  }
  const isClosed = (changes.status?.to ?? facts.status) === 'closed'
  if (isClosed && closedOn !== facts.closedOn) changes.closedOn = { from: facts.closedOn, to: closedOn }
}

function guardMajor(
  draft: HazardKeyedDraft,
  facts: HazardFacts,
  context: CheckContext,
  changes: Changes,
): void {
  if (facts.severity !== 'major' || changes.severity === undefined) return
  if (context.role === 'officer') {
    draft.fault({
      code: 'ONLY_SUSPECT',
      field: 'severity',
      reason: '重大隐患的等级由应急局或行业部门改',
      remedy: '请恢复原来的等级',
    })
  } else if (facts.isListed && changes.isListed?.to !== false) {
    draft.fault({
      code: 'LISTED_IS_MAJOR',
      field: 'severity',
      reason: '正在挂牌督办，不能改为其他等级',
      remedy: '请先摘牌',
    })
  }
}
