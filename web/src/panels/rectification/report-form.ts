import { dayOf, type NewHazard, type PointGeometry, type Sector } from '@contract'

export interface ReportValues {
  geometry: PointGeometry | null
  locationText: string
  sector: Sector | null
  description: string
  isSuspectedMajor: boolean
  site: { id: string; name: string } | null
}

export const emptyReport = (): ReportValues => ({
  geometry: null,
  locationText: '',
  sector: null,
  description: '',
  isSuspectedMajor: false,
  site: null,
})

export type ReportFault = 'sector' | 'what' | 'place'

/** A place in words is enough where there is no signal; no place at all is not. */
export function reportFaults(values: ReportValues): ReportFault[] {
  const faults: ReportFault[] = []
  const hasPlace = values.geometry !== null || values.locationText.trim() !== '' || values.site !== null
  if (!hasPlace) faults.push('place')
  if (values.sector === null) faults.push('sector')
  if (values.description.trim() === '') faults.push('what')
  return faults
}

export function toNewHazard(values: ReportValues, now: Date): NewHazard | null {
  if (reportFaults(values).length > 0 || values.sector === null) return null
  return {
    description: values.description.trim(),
    sector: values.sector,
    severity: values.isSuspectedMajor ? 'suspected_major' : 'general',
    foundOn: dayOf(now),
    geometry: values.geometry,
    // a browser's position and a click on the map are both WGS-84
    ...(values.geometry && { coordinateSystem: 'WGS84' as const }),
    locationText: values.locationText.trim() || null,
    siteId: values.site?.id ?? null,
  }
}
