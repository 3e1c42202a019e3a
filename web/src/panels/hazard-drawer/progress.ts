import type { HazardDetail, Status } from '@contract'

export const PROGRESS_STEPS = ['verify', 'register', 'assign', 'rectify', 'reinspect', 'close'] as const
export type ProgressStep = (typeof PROGRESS_STEPS)[number]
export type StepState = 'done' | 'current' | 'ahead' | 'stopped'

/** How many steps a status has behind it; the next one is what is being worked on. */
const STEPS_DONE: Record<Status, number> = {
  reported: 0,
  registered: 2,
  assigned: 3,
  rectifying: 3,
  submitted: 4,
  closed: 6,
  rejected: 0,
}

/** The line 核实—登记—交办—整改—复查—销号 as it stands for a status. */
export function progressOf(status: Status): { step: ProgressStep; state: StepState }[] {
  const done = STEPS_DONE[status]
  return PROGRESS_STEPS.map((step, index) => {
    if (index < done) return { step, state: 'done' as const }
    if (index > done) return { step, state: 'ahead' as const }
    return { step, state: status === 'rejected' ? ('stopped' as const) : ('current' as const) }
  })
}

export const FIVE_MEASURES = ['responsibility', 'measures', 'funds', 'deadline', 'plan'] as const
export type FiveMeasure = (typeof FIVE_MEASURES)[number]
export interface MeasureState {
  measure: FiveMeasure
  isDone: boolean
  /** A major hazard needs all five, a general one 责任, 措施 and 时限. */
  isRequired: boolean
}

type MeasuredHazard = Pick<
  HazardDetail,
  'severity' | 'responsibleUnit' | 'responsiblePerson' | 'measures' | 'fundsWan' | 'dueOn' | 'contingencyPlan'
>

/** 五落实: which of the five are settled, and which this severity cannot do without. */
export function fiveMeasuresOf(hazard: MeasuredHazard): MeasureState[] {
  const isDone: Record<FiveMeasure, boolean> = {
    responsibility: Boolean(hazard.responsibleUnit || hazard.responsiblePerson),
    measures: Boolean(hazard.measures),
    funds: hazard.fundsWan !== null,
    deadline: hazard.dueOn !== null,
    plan: Boolean(hazard.contingencyPlan),
  }
  const isMajor = hazard.severity !== 'general'
  return FIVE_MEASURES.map((measure) => ({
    measure,
    isDone: isDone[measure],
    isRequired: isMajor || (measure !== 'funds' && measure !== 'plan'),
  }))
}
