import type { UnitKind } from '../core/vocabulary.ts'
import type { AssessReply, AssessRequest, SubstanceInput } from '../risk/assess-schema.ts'

/** A unit as the database answers it, with what was counted around its site. */
export interface UnitRow {
  id: string
  siteId: string
  name: string
  kind: UnitKind
  substances: SubstanceInput[]
  exposedPeople: number | null
  exposedReason: string | null
  isExample: boolean
  version: number
  updatedAt: Date
  countedPeople: number | null
  exposure: { from?: string; withoutHeadcount?: number } | null
}

/** The people by whom α is taken: what a person stated with a reason, else what was counted. */
export const peopleOf = (unit: Pick<UnitRow, 'exposedPeople' | 'countedPeople'>): number | null =>
  unit.exposedPeople ?? unit.countedPeople

/** What GB 18218 is asked about one unit, which it judges by itself. */
export function requestOf(unit: UnitRow, people: number): AssessRequest {
  const { name, kind, substances } = unit
  return { method: 'gb18218', exposedPeople: people, units: [{ name, kind, substances }] }
}

/** The answer with where its number of people comes from, and what of that is not certain. */
export function tellPeople(unit: UnitRow, reply: AssessReply): AssessReply {
  const people = peopleOf(unit)
  const { exposedReason: reason, countedPeople } = unit
  if (reason !== null) {
    const counted = countedPeople === null ? '未能量算' : `按防护目标和人口图层数得 ${countedPeople} 人`
    return withPeople(reply, `500 m 内人数取填报的 ${people} 人（${counted}），理由：${reason}。`, [])
  }
  return withPeople(reply, `500 m 内人数由防护目标和人口图层数得 ${people} 人。`, doubtsOfCount(unit))
}

/** What of the count is not certain now; a number that a person states is theirs to answer for. */
export function doubtsOfCount({ exposedReason, exposure }: UnitRow): string[] {
  const doubts: string[] = []
  if (exposedReason !== null) return doubts
  if (exposure?.from === 'point') doubts.push('500 m 内人数以点位量算，界线待补')
  const unknown = exposure?.withoutHeadcount ?? 0
  if (unknown > 0) doubts.push(`500 m 内 ${unknown} 处防护目标人数未知，没有计入 α`)
  return doubts
}

function withPeople(reply: AssessReply, sentence: string, doubts: string[]): AssessReply {
  const unconfirmed = [...reply.unconfirmed, ...doubts]
  return { ...reply, steps: [sentence, ...reply.steps], unconfirmed, confirmed: unconfirmed.length === 0 }
}

/** What would have to differ for a judgement to be another one: the same α from other people is the same. */
export function outcomeOf(
  substances: readonly SubstanceInput[],
  reply: Pick<AssessReply, 'score' | 'level' | 'grade'>,
): string {
  const { score, level, grade } = reply
  return JSON.stringify([score, level, grade, substances.map((each) => Object.entries(each).sort())])
}
