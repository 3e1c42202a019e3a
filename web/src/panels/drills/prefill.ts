import type { HazardDetail } from '@contract'
import { type DrillForm, emptyDrillForm } from './drill-form.ts'

/** A plan made from a hazard: its place, sector and what it says, for the commander to go on from. */
export function formOfHazard(
  hazard: HazardDetail,
  words: { title: (place: string) => string; scenario: (place: string, what: string) => string },
): DrillForm {
  const place = hazard.site?.name ?? hazard.locationText ?? hazard.area?.name ?? hazard.number
  return {
    ...emptyDrillForm(),
    title: words.title(place).slice(0, 200),
    scenario: words.scenario(place, hazard.description),
    sector: hazard.sector,
    geometry: hazard.geometry,
    siteId: hazard.site?.id ?? null,
    siteName: hazard.site?.name ?? '',
    placeText: hazard.locationText ?? hazard.site?.name ?? '',
    hazardIds: [hazard.id],
  }
}
