import type { AssessRequest, NewSiteUnit, SiteUnit, UnitInput } from '@contract'

export interface UnitValues {
  unit: UnitInput
  isStated: boolean
  /** As typed. */
  people: string
  reason: string
}

export function startUnit(unit: SiteUnit | null, draft: UnitInput | null, isCounted: boolean): UnitValues {
  const first = draft ?? { name: '', kind: 'storage', substances: [{}] }
  if (!unit) return { unit: first, isStated: !isCounted, people: '', reason: '' }
  const isStated = unit.people.reason !== null
  return {
    unit: { name: unit.name, kind: unit.kind, substances: unit.substances },
    isStated,
    people: isStated ? String(unit.people.used ?? '') : '',
    reason: unit.people.reason ?? '',
  }
}

const peopleOf = (text: string): number | undefined => {
  const people = Number(text)
  return text.trim() !== '' && Number.isInteger(people) && people >= 0 ? people : undefined
}

/** What the calculator is asked while one types. */
export function requestOfUnit({ unit, isStated, people }: UnitValues, counted: number | null): AssessRequest {
  const exposedPeople = isStated ? peopleOf(people) : (counted ?? undefined)
  return { method: 'gb18218', units: [unit], ...(exposedPeople === undefined ? {} : { exposedPeople }) }
}

export const UNIT_FAULTS = ['nameMissing', 'substanceMissing', 'peopleMissing', 'reasonMissing'] as const
export type UnitFault = (typeof UNIT_FAULTS)[number]

export function unitFaults(values: UnitValues): UnitFault[] {
  const faults: UnitFault[] = []
  if (values.unit.name.trim() === '') faults.push('nameMissing')
  const isFilled = values.unit.substances.every(
    ({ name, cas, tonnes, amount }) => Boolean(name || cas) && (tonnes ?? amount) !== undefined,
  )
  if (!isFilled || values.unit.substances.length === 0) faults.push('substanceMissing')
  if (values.isStated && peopleOf(values.people) === undefined) faults.push('peopleMissing')
  if (values.isStated && values.reason.trim() === '') faults.push('reasonMissing')
  return faults
}

export function newUnitOf({ unit, isStated, people, reason }: UnitValues): NewSiteUnit {
  return {
    name: unit.name.trim(),
    kind: unit.kind ?? 'storage',
    substances: unit.substances,
    exposedPeople: isStated ? (peopleOf(people) ?? null) : null,
    exposedReason: isStated ? reason.trim() : null,
  }
}
