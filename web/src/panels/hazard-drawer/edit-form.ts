import type { HazardDetail, HazardPatch, PointGeometry, Sector, Severity } from '@contract'
import type { ComparedField, FieldDifference } from './compare.ts'

/** What the edit form holds: texts as typed, references as the things that they name. */
export interface EditValues {
  description: string
  severity: Severity
  sector: Sector
  clause: { id: string; title: string } | null
  site: { id: string; name: string } | null
  locationText: string
  category: string
  foundOn: string
  foundBy: string
  dueOn: string
  responsibleUnit: string
  responsiblePerson: string
  measures: string
  fundsWan: string
  contingencyPlan: string
  supervisor: string
  origin: string
  geometry: PointGeometry | null
}

const TEXTS = [
  'description',
  'locationText',
  'category',
  'foundOn',
  'foundBy',
  'dueOn',
  'responsibleUnit',
  'responsiblePerson',
  'measures',
  'contingencyPlan',
  'supervisor',
  'origin',
] as const

export function editValuesOf(hazard: HazardDetail): EditValues {
  const texts = Object.fromEntries(TEXTS.map((name) => [name, hazard[name] ?? ''])) as Record<
    (typeof TEXTS)[number],
    string
  >
  return {
    ...texts,
    severity: hazard.severity,
    sector: hazard.sector,
    clause: hazard.clause && { id: hazard.clause.id, title: hazard.clause.title },
    site: hazard.site,
    fundsWan: hazard.fundsWan === null ? '' : String(hazard.fundsWan),
    geometry: hazard.geometry,
  }
}

/** The form as facts of a hazard, in the shape that a hazard has, so that both can be compared. */
export function factsOfValues(values: EditValues): Partial<Record<ComparedField, unknown>> {
  const facts: Partial<Record<ComparedField, unknown>> = {}
  for (const name of TEXTS) facts[name] = values[name].trim() || null
  return {
    ...facts,
    severity: values.severity,
    sector: values.sector,
    clause: values.clause,
    site: values.site,
    fundsWan: values.fundsWan.trim() === '' ? null : Number(values.fundsWan),
    geometry: values.geometry,
  }
}

/** The same facts of a hazard, without what the form does not touch. */
export function comparableFacts(hazard: HazardDetail): Partial<Record<ComparedField, unknown>> {
  return { ...hazard, ...factsOfValues(editValuesOf(hazard)) }
}

export type EditFault = 'description' | 'clause' | 'fundsWan' | 'dueOn' | 'foundOn'

export function editFaults(values: EditValues, today: string): EditFault[] {
  const faults: EditFault[] = []
  const funds = Number(values.fundsWan)
  if (values.description.trim() === '') faults.push('description')
  if (values.severity === 'major' && values.clause === null) faults.push('clause')
  if (values.foundOn === '' || values.foundOn > today) faults.push('foundOn')
  if (values.dueOn !== '' && values.dueOn < values.foundOn) faults.push('dueOn')
  if (values.fundsWan.trim() !== '' && !(funds >= 0 && funds <= 10_000_000)) faults.push('fundsWan')
  return faults
}

/** What was changed, as the server takes it; null if nothing was. */
export function toHazardPatch(
  values: EditValues,
  seen: HazardDetail,
  version: number,
  note: string,
): HazardPatch | null {
  const before = factsOfValues(editValuesOf(seen))
  const after = factsOfValues(values)
  const patch: HazardPatch = { version }
  let isChanged = false
  for (const [name, value] of Object.entries(after)) {
    if (JSON.stringify(value) === JSON.stringify(before[name as ComparedField])) continue
    isChanged = true
    Object.assign(patch, writtenAs(name, value))
  }
  if (!isChanged) return null
  if (note.trim() !== '') patch.note = note.trim()
  return patch
}

function writtenAs(name: string, value: unknown): Record<string, unknown> {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : null
  if (name === 'clause') return { clauseId: id }
  if (name === 'site') return { siteId: id }
  return { [name]: value }
}

/** The form after a choice between two versions: where the present one was chosen, it stands in the form. */
export function withChoices(
  values: EditValues,
  current: HazardDetail,
  differences: readonly FieldDifference[],
  choices: Partial<Record<ComparedField, 'mine' | 'current'>>,
): EditValues {
  const fresh: Record<string, unknown> = { ...editValuesOf(current) }
  const next: Record<string, unknown> = { ...values }
  for (const difference of differences) {
    const isTheirs =
      !('mine' in difference) || (difference.isClash && choices[difference.field] === 'current')
    if (isTheirs && difference.field in next) next[difference.field] = fresh[difference.field]
  }
  return next as unknown as EditValues
}
