import type { Knex } from 'knex'
import { ProblemError } from '../http/problems.ts'
import type { AssessReply } from '../risk/assess-schema.ts'
import { judgeUnit } from './judge.ts'
import { doubtsOfCount, peopleOf, type UnitRow } from './model.ts'
import { listUnitRisks } from './queries.ts'
import type { SiteUnit } from './schema.ts'

const NO_PEOPLE = '场所没有位置，数不出 500 m 内人数，因此没有评定'

/** Units as the contract has them: with the judgement that stands, or where S is below one with what it comes to today. */
export async function describeUnits(db: Knex, units: readonly UnitRow[], today: string): Promise<SiteUnit[]> {
  const risks = await listUnitRisks(
    db,
    units.map(({ id }) => id),
  )
  const described: SiteUnit[] = []
  for (const unit of units) {
    const risk = risks.find(({ unitId }) => unitId === unit.id)
    const kept = risk?.arithmetic?.units?.[0]
    const shown = kept
      ? { assessment: kept, unconfirmed: doubtsNow(unit, risk?.arithmetic?.unconfirmed ?? []), problem: null }
      : await judgeToday(db, unit, today)
    described.push({ ...factsOf(unit), ...shown, riskId: risk?.id ?? null })
  }
  return described
}

/** A place of unknown headcount may have come into reach since: α stays, but it is less certain than it was. */
const doubtsNow = (unit: UnitRow, kept: readonly string[]): string[] => [
  ...new Set([...kept, ...doubtsOfCount(unit)]),
]

async function judgeToday(db: Knex, unit: UnitRow, today: string) {
  try {
    const reply: AssessReply | null = await judgeUnit(db, unit, today)
    if (reply === null) return { assessment: null, unconfirmed: [], problem: NO_PEOPLE }
    return { assessment: reply.units[0] ?? null, unconfirmed: reply.unconfirmed, problem: null }
  } catch (error) {
    if (error instanceof ProblemError) return { assessment: null, unconfirmed: [], problem: error.message }
    throw error
  }
}

const factsOf = (unit: UnitRow) => ({
  id: unit.id,
  siteId: unit.siteId,
  name: unit.name,
  kind: unit.kind,
  substances: unit.substances,
  people: { used: peopleOf(unit), counted: unit.countedPeople, reason: unit.exposedReason },
  isExample: unit.isExample,
  version: unit.version,
  updatedAt: unit.updatedAt.toISOString(),
})
