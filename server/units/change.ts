import type { Knex } from 'knex'
import { v7 as uuid } from 'uuid'
import type { User } from '../access/model.ts'
import { announceRisk } from '../assessments/announce.ts'
import type { Retirement } from '../assessments/schema.ts'
import { retireRisk } from '../assessments/write.ts'
import { dayOf } from '../core/calendar.ts'
import { cleanText } from '../core/plain-text.ts'
import { recordChange } from '../db/changes.ts'
import { refreshExposure } from '../exposure/refresh.ts'
import { notFound, staleVersion, unprocessable } from '../http/problems.ts'
import { findSite } from '../sites/queries.ts'
import { keepUnitJudgement, type Site } from './judge.ts'
import { peopleOf, type UnitRow } from './model.ts'
import { findUnit, listUnitRisks, lockSite } from './queries.ts'
import { describeUnits } from './read.ts'
import type { NewSiteUnit, SiteUnitPatch } from './schema.ts'
import { insertUnit, retireUnit, type UnitRecord, updateUnit } from './write.ts'

/** Enters a unit, judges it and answers its id. */
export async function createUnit(
  db: Knex,
  siteId: string,
  input: NewSiteUnit,
  user: User,
  at: Date,
): Promise<string> {
  const id = uuid()
  await db.transaction(async (transaction) => {
    const site = await holdSite(transaction, siteId, user, at)
    const record = readRecord(input, null)
    await insertUnit(transaction, { id, siteId, isExample: user.isExample, ...record }, at)
    await keep(transaction, id, site, user, at)
  })
  return id
}

/** Changes the named fields of a unit and judges it anew. */
export async function editUnit(
  db: Knex,
  siteId: string,
  id: string,
  patch: SiteUnitPatch,
  user: User,
  at: Date,
): Promise<void> {
  await db.transaction(async (transaction) => {
    const site = await holdSite(transaction, siteId, user, at)
    const current = await requireUnit(transaction, siteId, id, patch.version, at)
    await updateUnit(transaction, { id, version: patch.version }, readRecord(patch, current), at)
    await keep(transaction, id, site, user, at)
  })
}

/** Takes a unit and the risk that followed from it out of use, with the reason. */
export async function endUnit(
  db: Knex,
  siteId: string,
  id: string,
  input: Retirement,
  user: User,
  at: Date,
): Promise<void> {
  const reason = cleanText(input.reason)
  if (reason === '') throw unprocessable('EMPTY_REASON', '请写明为什么停用这个单元')
  await db.transaction(async (transaction) => {
    const site = await holdSite(transaction, siteId, user, at)
    await requireUnit(transaction, siteId, id, input.version, at)
    const why = { reason, name: user.displayName }
    await retireUnit(transaction, { id, version: input.version }, at, why)
    for (const risk of await listUnitRisks(transaction, [id])) {
      await retireRisk(transaction, risk, at, why)
      await announceRisk(transaction, risk.id, site, at)
    }
    await announceUnit(transaction, site)
  })
}

async function holdSite(transaction: Knex, siteId: string, user: User, at: Date): Promise<Site> {
  const site = await findSite(transaction, siteId, { scope: user.scope, today: dayOf(at), asOf: null })
  if (!site) throw notFound('场所')
  await lockSite(transaction, siteId)
  return site
}

/** The unit as it stands; the site is held, so its version cannot change meanwhile. Throws 404 and 409. */
async function requireUnit(
  transaction: Knex,
  siteId: string,
  id: string,
  version: number,
  at: Date,
): Promise<UnitRow> {
  const unit = await findUnit(transaction, siteId, id)
  if (!unit) throw notFound('单元')
  if (unit.version === version) return unit
  const [current] = await describeUnits(transaction, [unit], dayOf(at))
  throw staleVersion(current)
}

async function keep(transaction: Knex, id: string, site: Site, user: User, at: Date): Promise<void> {
  const found = await findUnit(transaction, site.id, id)
  // a site that nobody has counted the people around yet
  if (found?.countedPeople === null) await refreshExposure(transaction, { siteIds: [site.id] }, at)
  const unit = await findUnit(transaction, site.id, id)
  if (!unit) throw notFound('单元')
  if (peopleOf(unit) === null) {
    throw unprocessable(
      'NO_EXPOSED_PEOPLE',
      '场所没有位置，数不出边界外 500 m 内的人数：请先给场所定位，或填写人数和理由',
      { parameter: 'exposedPeople' },
    )
  }
  await keepUnitJudgement(transaction, unit, site, { at, name: user.displayName })
  await announceUnit(transaction, site)
}

const announceUnit = (transaction: Knex, site: Site) =>
  recordChange(transaction, {
    kind: 'site',
    id: site.id,
    areaCodes: [site.areaCode],
    sectors: [site.sector],
  })

function readRecord(input: Partial<NewSiteUnit>, current: UnitRow | null): UnitRecord {
  const name = input.name === undefined ? (current?.name ?? '') : cleanText(input.name)
  if (name === '') throw unprocessable('EMPTY_NAME', '请写单元名称', { parameter: 'name' })
  const people = input.exposedPeople === undefined ? (current?.exposedPeople ?? null) : input.exposedPeople
  const written = input.exposedReason === undefined ? (current?.exposedReason ?? '') : input.exposedReason
  const reason = cleanText(written ?? '') || null
  if (people !== null && reason === null) {
    throw unprocessable('OVERRIDE_NEEDS_REASON', '填写的人数与数得的不同，请写明理由', {
      parameter: 'exposedReason',
    })
  }
  return {
    name,
    kind: input.kind ?? current?.kind ?? 'storage',
    substances: input.substances ?? current?.substances ?? [],
    exposedPeople: people,
    // a reason without a number explains nothing
    exposedReason: people === null ? null : reason,
  }
}
