import type { Knex } from 'knex'
import { v7 as uuid } from 'uuid'
import type { User } from '../access/model.ts'
import { dayOf } from '../core/calendar.ts'
import { cleanText } from '../core/plain-text.ts'
import { conflict, notFound, staleVersion, unprocessable } from '../http/problems.ts'
import type { AssessRequest } from '../risk/assess-schema.ts'
import { judge } from '../risk/judge.ts'
import type { SiteDetailRow } from '../sites/model.ts'
import { findSite } from '../sites/queries.ts'
import { announceRisk } from './announce.ts'
import { assertReviewLater, type Judgement, keepJudgement, readAssessedOn } from './judge.ts'
import { findRiskStanding } from './queries.ts'
import { readRisk } from './read.ts'
import type { NewAssessment, NewRisk, Retirement, RiskPatch } from './schema.ts'
import {
  insertRisk,
  insertSuperseding,
  RISK_TEXT_FIELDS,
  type RiskTexts,
  retireRisk,
  updateRiskTexts,
} from './write.ts'

/** Enters a risk with its assessment and answers its id. */
export async function createRisk(
  db: Knex,
  siteId: string,
  input: NewRisk,
  user: User,
  at: Date,
): Promise<string> {
  const id = uuid()
  const texts = readTexts(input)
  const name = texts.name
  if (!name) throw unprocessable('EMPTY_NAME', '请写风险点名称')
  await db.transaction(async (transaction) => {
    const site = await requireSite(transaction, siteId, user, at)
    const assessedOn = readAssessedOn(input.assessedOn, at)
    assertReviewLater(texts.nextReviewOn, assessedOn)
    const judgement = await judgeRisk(transaction, input.assessment, assessedOn)
    await insertRisk(
      transaction,
      {
        id,
        siteId,
        unitId: null,
        isExample: user.isExample,
        assessedOn,
        texts: { assessedBy: user.displayName, ...texts, name },
        judgement,
      },
      at,
    )
    await announceRisk(transaction, id, site, at)
  })
  return id
}

/** Keeps a new assessment in the place of the one before, which is retired, not lost. Answers the new id. */
export async function assessAgain(
  db: Knex,
  oldId: string,
  input: NewAssessment,
  user: User,
  at: Date,
): Promise<string> {
  const id = uuid()
  await db.transaction(async (transaction) => {
    const { site } = await requireOwnRisk(transaction, oldId, user, at)
    const assessedOn = readAssessedOn(input.assessedOn, at)
    const texts = { assessedBy: user.displayName, nextReviewOn: null, ...readTexts(input) }
    assertReviewLater(texts.nextReviewOn, assessedOn)
    const judgement = await judgeRisk(transaction, input.assessment, assessedOn)
    const isRetired = await retireRisk(transaction, { id: oldId, version: input.version }, at)
    if (!isRetired) throw await staleRisk(transaction, oldId, user, at)
    await insertSuperseding(transaction, { oldId, id, assessedOn, texts, judgement }, at)
    await announceRisk(transaction, id, site, at)
  })
  return id
}

/** Changes the texts and persons of a risk; its arithmetic only a new assessment changes. */
export async function editRisk(db: Knex, id: string, patch: RiskPatch, user: User, at: Date): Promise<void> {
  const texts = readTexts(patch)
  if (texts.name === '') throw unprocessable('EMPTY_NAME', '请写风险点名称')
  await db.transaction(async (transaction) => {
    const { site, assessedOn } = await requireRisk(transaction, id, user, at)
    assertReviewLater(texts.nextReviewOn, assessedOn)
    const isWritten = await updateRiskTexts(transaction, { id, version: patch.version }, texts, at)
    if (!isWritten) throw await staleRisk(transaction, id, user, at)
    await announceRisk(transaction, id, site, at)
  })
}

/** Takes a risk out of the list, with the reason. */
export async function endRisk(db: Knex, id: string, input: Retirement, user: User, at: Date): Promise<void> {
  const reason = cleanText(input.reason)
  if (reason === '') throw unprocessable('EMPTY_REASON', '请写明为什么不再列入清单')
  await db.transaction(async (transaction) => {
    const { site } = await requireOwnRisk(transaction, id, user, at)
    const why = { reason, name: user.displayName }
    const isRetired = await retireRisk(transaction, { id, version: input.version }, at, why)
    if (!isRetired) throw await staleRisk(transaction, id, user, at)
    await announceRisk(transaction, id, site, at)
  })
}

function readTexts(input: Partial<NewRisk>): RiskTexts {
  const texts: Record<string, unknown> = {}
  for (const field of RISK_TEXT_FIELDS) {
    const value = input[field]
    if (value === undefined) continue
    texts[field] = typeof value === 'string' ? cleanText(value) || (field === 'name' ? '' : null) : value
  }
  return texts
}

async function judgeRisk(transaction: Knex, request: AssessRequest, on: string): Promise<Judgement> {
  if (request.method === 'gb18218') {
    throw unprocessable('USE_UNITS', '重大危险源按单元辨识：请在「单元」里登记单元和物质，系统逐个单元评定', {
      parameter: 'assessment.method',
      allowed: ['lec', 'ls', 'direct'],
    })
  }
  const kept = keepJudgement(request, await judge(transaction, request, on))
  if (!kept) throw new Error(`the method ${request.method} gave no level`)
  return kept
}

async function requireSite(db: Knex, siteId: string, user: User, at: Date): Promise<SiteDetailRow> {
  const site = await findSite(db, siteId, { scope: user.scope, today: dayOf(at), asOf: null })
  if (!site) throw notFound('场所')
  return site
}

async function requireRisk(db: Knex, id: string, user: User, at: Date) {
  const risk = await findRiskStanding(db, id)
  const view = { scope: user.scope, today: dayOf(at), asOf: null }
  const site = risk && (await findSite(db, risk.siteId, view))
  if (!risk || !site) throw notFound('风险')
  return { site, unitId: risk.unitId, assessedOn: risk.assessedOn }
}

/** A risk of a unit follows from its substances: it is changed there. */
async function requireOwnRisk(db: Knex, id: string, user: User, at: Date) {
  const risk = await requireRisk(db, id, user, at)
  if (risk.unitId !== null) {
    throw conflict('FOLLOWS_FROM_UNIT', '此风险由单元的物质和数量得出，请修改或停用那个单元')
  }
  return risk
}

async function staleRisk(db: Knex, id: string, user: User, at: Date) {
  const current = await readRisk(db, id, { scope: user.scope, today: dayOf(at), asOf: null })
  return current ? staleVersion(current) : notFound('风险')
}
