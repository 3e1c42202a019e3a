import type { Knex } from 'knex'
import { v7 as uuid } from 'uuid'
import { announceRisk } from '../assessments/announce.ts'
import { keepJudgement } from '../assessments/judge.ts'
import { insertRisk, insertSuperseding, retireRisk } from '../assessments/write.ts'
import { dayOf } from '../core/calendar.ts'
import { ProblemError } from '../http/problems.ts'
import type { AssessReply, SubstanceInput } from '../risk/assess-schema.ts'
import { judge } from '../risk/judge.ts'
import { outcomeOf, peopleOf, requestOf, tellPeople, type UnitRow } from './model.ts'
import { listUnitRisks, listUnits, type UnitRisk } from './queries.ts'

export interface Site {
  id: string
  areaCode: string | null
  sector: string
  responsibleUnit?: string | null
  responsiblePerson?: string | null
}

/** Who judges, as it stands with the assessment. */
const BY_ITSELF = '系统（周边人数变化）'
const KIND = '重大危险源单元'

/** How GB 18218 judges a unit with the people around it. Throws 422; null where nobody knows how many people there are. */
export async function judgeUnit(db: Knex, unit: UnitRow, on: string): Promise<AssessReply | null> {
  const people = peopleOf(unit)
  if (people === null) return null
  return tellPeople(unit, await judge(db, requestOf(unit, people), on))
}

/**
 * Keeps the judgement of a unit as a risk of its site. S below one makes none. A judgement that comes out as the one
 * before leaves it; another takes its place, and the one before stays, retired.
 */
export async function keepUnitJudgement(
  transaction: Knex,
  unit: UnitRow,
  site: Site,
  by: { at: Date; name: string },
): Promise<void> {
  const on = dayOf(by.at)
  const reply = await judgeUnit(transaction, unit, on)
  if (reply === null) return
  const people = peopleOf(unit) ?? 0
  const judgement = keepJudgement(requestOf(unit, people), reply)
  const [before] = await listUnitRisks(transaction, [unit.id])
  if (before && judgement && isSame(before, unit, reply)) return
  if (!before && !judgement) return
  if (before) await retireRisk(transaction, before, by.at)
  const id = uuid()
  const texts = { name: unit.name, hazardFactors: substanceText(reply), assessedBy: by.name }
  if (judgement && before) {
    await insertSuperseding(transaction, { oldId: before.id, id, assessedOn: on, texts, judgement }, by.at)
  } else if (judgement) {
    await insertRisk(
      transaction,
      {
        id,
        siteId: site.id,
        unitId: unit.id,
        isExample: unit.isExample,
        assessedOn: on,
        texts: {
          kind: KIND,
          responsibleUnit: site.responsibleUnit ?? null,
          responsiblePerson: site.responsiblePerson ?? null,
          ...texts,
        },
        judgement,
      },
      by.at,
    )
  }
  await announceRisk(transaction, judgement ? id : (before?.id ?? id), site, by.at)
}

function isSame(before: UnitRisk, unit: UnitRow, reply: AssessReply): boolean {
  const substances: SubstanceInput[] = before.inputs.units?.[0]?.substances ?? []
  const grade = before.arithmetic?.grade ?? null
  const then = outcomeOf(substances, { score: before.score, level: before.level, grade })
  return before.name === unit.name && then === outcomeOf(unit.substances, reply)
}

const substanceText = (reply: AssessReply): string | null =>
  reply.units
    .flatMap((unit) => unit.substances.map(({ name, tonnes }) => `${name} ${tonnes} t`))
    .join('、') || null

/**
 * Judges the units of these sites anew after the people around them changed. A unit that the method no longer takes
 * keeps its last judgement: what moved next door must not be stopped by it.
 */
export async function judgeUnitsAgain(transaction: Knex, sites: readonly Site[], at: Date): Promise<void> {
  const siteOf = new Map(sites.map((site) => [site.id, site]))
  for (const unit of await listUnits(transaction, [...siteOf.keys()])) {
    const site = siteOf.get(unit.siteId)
    if (!site || unit.exposedPeople !== null) continue
    try {
      await keepUnitJudgement(transaction, unit, site, { at, name: BY_ITSELF })
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
    }
  }
}
