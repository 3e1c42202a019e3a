import type { NewHazard, PointGeometry, Sector, Severity, SiteDetail } from '@contract'
import { pointOf } from './site-form.ts'

export interface HazardValues {
  description: string
  sector: Sector
  severity: Severity
  clause: { id: string; title: string } | null
  foundOn: string
  foundBy: string
  dueOn: string
  locationText: string
  responsibleUnit: string
  responsiblePerson: string
  measures: string
  geometry: PointGeometry | null
}

/** A hazard found at a place starts with what the place already says. */
export function startHazard(site: SiteDetail, foundBy: string, today: string): HazardValues {
  return {
    description: '',
    sector: site.sector,
    severity: 'general',
    clause: null,
    foundOn: today,
    foundBy,
    dueOn: '',
    locationText: '',
    responsibleUnit: site.responsibleUnit ?? '',
    responsiblePerson: site.responsiblePerson ?? '',
    measures: '',
    geometry: pointOf(site),
  }
}

export const HAZARD_FAULTS = [
  'descriptionMissing',
  'clauseMissing',
  'foundMissing',
  'foundLater',
  'dueEarlier',
] as const
export type HazardFault = (typeof HAZARD_FAULTS)[number]

export function hazardFaults(values: HazardValues, today: string): HazardFault[] {
  const faults: HazardFault[] = []
  if (values.description.trim() === '') faults.push('descriptionMissing')
  if (values.severity === 'major' && values.clause === null) faults.push('clauseMissing')
  if (values.foundOn === '') faults.push('foundMissing')
  else if (values.foundOn > today) faults.push('foundLater')
  if (values.dueOn !== '' && values.dueOn < values.foundOn) faults.push('dueEarlier')
  return faults
}

/** The body of the request: what was left empty is left out. */
export function toNewHazard(values: HazardValues, siteId: string): NewHazard {
  const hazard: NewHazard = {
    description: values.description.trim(),
    sector: values.sector,
    severity: values.severity,
    foundOn: values.foundOn,
    siteId,
  }
  const texts = [
    'foundBy',
    'dueOn',
    'locationText',
    'responsibleUnit',
    'responsiblePerson',
    'measures',
  ] as const
  for (const name of texts) {
    const text = values[name].trim()
    if (text !== '') hazard[name] = text
  }
  if (values.clause) hazard.clauseId = values.clause.id
  if (values.geometry) Object.assign(hazard, { geometry: values.geometry, coordinateSystem: 'WGS84' })
  return hazard
}
