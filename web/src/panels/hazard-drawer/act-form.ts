import type { AvailableAction, HazardDetail, PhotoStage, Transition, TransitionAction } from '@contract'

type Field = AvailableAction['fields'][number]
/** What stands in the inputs: texts, days and sums as typed; photos are ids of uploaded ones. */
export interface ActValues {
  texts: Record<string, string>
  photoIds: string[]
}

const FROM_HAZARD = [
  'responsibleUnit',
  'responsiblePerson',
  'measures',
  'fundsWan',
  'contingencyPlan',
  'dueOn',
] as const

/** The form as it opens: what the hazard already says need not be typed again. */
export function startActValues(action: AvailableAction, hazard: HazardDetail): ActValues {
  const texts: Record<string, string> = {}
  for (const field of action.fields) {
    if (field.kind === 'photo') continue
    const known = FROM_HAZARD.find((name) => name === field.name)
    // an extension asks for a new day; offering the old one would be the one wrong answer
    const isNewDay = action.action === 'extend' && field.name === 'dueOn'
    const value = known && !isNewDay ? hazard[known] : null
    texts[field.name] = value === null ? '' : String(value)
    if (field.kind === 'clause') texts[field.name] = hazard.clause?.id ?? ''
  }
  return { texts, photoIds: [] }
}

/** Names of the fields that must still be filled in. */
export function missingFields(action: AvailableAction, values: ActValues): string[] {
  const isEmpty = (field: Field) =>
    field.kind === 'photo' ? values.photoIds.length === 0 : !values.texts[field.name]?.trim()
  return action.fields.filter((field) => field.isRequired && isEmpty(field)).map((field) => field.name)
}

/** Sums that are no number or below nought; the server would refuse them with less kindness. */
export function badFields(action: AvailableAction, values: ActValues): string[] {
  return action.fields
    .filter((field) => {
      const text = values.texts[field.name]?.trim() ?? ''
      if (text === '' || field.kind !== 'money') return false
      const value = Number(text)
      return !Number.isFinite(value) || value < 0 || value > 10_000_000
    })
    .map((field) => field.name)
}

/** The body of the request: only what the act takes and what was filled in. */
export function toTransition(
  action: TransitionAction,
  version: number,
  fields: readonly Field[],
  values: ActValues,
): Transition {
  const body: Transition = { action, version }
  if (values.photoIds.length > 0) body.photoIds = [...values.photoIds]
  for (const field of fields) {
    const text = values.texts[field.name]?.trim() ?? ''
    if (text === '' || field.kind === 'photo') continue
    if (field.kind === 'money') Object.assign(body, { [field.name]: Number(text) })
    else Object.assign(body, { [field.name]: text })
  }
  return body
}

/** On which side of the pair a photo taken during this act belongs. */
export function photoStageOf(action: TransitionAction): PhotoStage {
  return action === 'submit' || action === 'close' || action === 'return' ? 'after' : 'before'
}
