import { dayOf } from '../core/calendar.ts'
import type { RiskLevel } from '../core/vocabulary.ts'
import { formulaOf } from '../risk/model.ts'
import type { LevelState, RiskState } from './queries.ts'
import type { LevelHistory, LevelStep } from './schema.ts'

/**
 * How the level of a site changed. Since the record began, as the system knew it; before that, by the days on which its
 * first risks had been assessed. Of several changes on one day the last counts.
 */
export function levelHistory(levels: readonly LevelState[], risks: readonly RiskState[]): LevelHistory {
  const [first] = levels
  if (!first) return { items: [], recordedFrom: null }
  const recordedFrom = dayOf(first.recordedFrom)
  const steps = [...assessedSteps(risks, recordedFrom), ...recordedSteps(levels, risks)]
  return { items: withoutRepeats(lastOfEachDay(steps)), recordedFrom }
}

/** Risks that came with the first record tell since when their site had been as grave. */
function assessedSteps(risks: readonly RiskState[], recordedFrom: string): LevelStep[] {
  const firstStates = new Map<string, RiskState>()
  for (const risk of risks) if (!firstStates.has(risk.id)) firstStates.set(risk.id, risk)
  const known = [...firstStates.values()].filter(
    (risk) => dayOf(risk.recordedFrom) === recordedFrom && risk.assessedOn !== null,
  )
  const days = [...new Set(known.map((risk) => risk.assessedOn ?? ''))].filter((day) => day < recordedFrom)
  return days.sort().map((day) => {
    const deciding = gravest(known.filter((risk) => (risk.assessedOn ?? '') <= day))
    return { from: day, level: deciding?.level ?? null, basis: 'assessed', why: whyOf(deciding) }
  })
}

function recordedSteps(levels: readonly LevelState[], risks: readonly RiskState[]): LevelStep[] {
  const moments = [...levels, ...risks].map((state) => state.recordedFrom.getTime())
  return [...new Set(moments)]
    .sort((a, b) => a - b)
    .flatMap((moment): LevelStep[] => {
      const level = levels.findLast((state) => state.recordedFrom.getTime() <= moment)?.level
      if (level === undefined) return []
      const standing = risks.filter(
        (risk) =>
          !risk.isRetired &&
          risk.recordedFrom.getTime() <= moment &&
          (risk.recordedTo === null || risk.recordedTo.getTime() > moment),
      )
      const deciding = gravest(standing.filter((risk) => risk.level === level))
      return [{ from: dayOf(new Date(moment)), level, basis: 'recorded', why: whyOf(deciding) }]
    })
}

/** The gravest, of equals the one with the greater score. */
function gravest(risks: readonly RiskState[]): RiskState | undefined {
  const order = (risk: RiskState): [RiskLevel, number, string] => [risk.level, -(risk.score ?? 0), risk.name]
  return [...risks].sort((one, other) => {
    const [a, b] = [order(one), order(other)]
    return a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : 1)
  })[0]
}

const whyOf = (risk: RiskState | undefined): LevelStep['why'] =>
  risk ? { riskId: risk.id, name: risk.name, formula: formulaOf(risk), method: risk.method } : null

const lastOfEachDay = (steps: readonly LevelStep[]): LevelStep[] =>
  steps.filter((step, index) => steps[index + 1]?.from !== step.from)

/** A step that says the same as the one before is none. */
function withoutRepeats(steps: readonly LevelStep[]): LevelStep[] {
  const facts = (step: LevelStep | undefined) =>
    step && JSON.stringify([step.level, step.why?.name, step.why?.formula])
  return steps.filter((step, index) => facts(step) !== facts(steps[index - 1]))
}
