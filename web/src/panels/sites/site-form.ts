import type { PointGeometry, Sector, SiteDetail, SitePatch } from '@contract'

export const SITE_FIELDS = [
  'name',
  'sector',
  'creditCode',
  'kind',
  'address',
  'responsibleUnit',
  'responsiblePerson',
  'responsiblePhone',
  'geometry',
] as const
export type SiteField = (typeof SITE_FIELDS)[number]

export const MAX_LENGTH = {
  name: 200,
  creditCode: 40,
  kind: 100,
  address: 300,
  responsibleUnit: 200,
  responsiblePerson: 100,
  responsiblePhone: 40,
} as const
const TEXTS = Object.keys(MAX_LENGTH) as (keyof typeof MAX_LENGTH)[]

/** What the form holds: texts as typed; a line or an area is shown but not edited here. */
export interface SiteValues extends Record<keyof typeof MAX_LENGTH, string> {
  sector: Sector
  geometry: PointGeometry | null
}

export function siteValuesOf(site: SiteDetail): SiteValues {
  const texts = Object.fromEntries(TEXTS.map((name) => [name, site[name] ?? ''])) as Record<
    (typeof TEXTS)[number],
    string
  >
  return { ...texts, sector: site.sector, geometry: pointOf(site) }
}

export function pointOf({ geometry }: Pick<SiteDetail, 'geometry'>): PointGeometry | null {
  const [lng, lat] = geometry?.type === 'Point' ? geometry.coordinates : []
  return lng === undefined || lat === undefined ? null : { type: 'Point', coordinates: [lng, lat] }
}

type Facts = Partial<Record<SiteField, unknown>>

/** The form as facts in the shape that a site has; a shape that is no point stands for itself. */
function factsOf(values: SiteValues, site: SiteDetail): Facts {
  const texts = Object.fromEntries(TEXTS.map((name) => [name, values[name].trim() || null]))
  const isShape = site.geometry !== null && site.geometry.type !== 'Point'
  return { ...texts, sector: values.sector, geometry: isShape ? site.geometry : values.geometry }
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/** The fields that the form changed against the version that it was filled from. */
export function changedFields(values: SiteValues, seen: SiteDetail): SiteField[] {
  const before = factsOf(siteValuesOf(seen), seen)
  const after = factsOf(values, seen)
  return SITE_FIELDS.filter((name) => !isSame(before[name], after[name]))
}

/** What was changed, as the server takes it; null if nothing was. */
export function toSitePatch(values: SiteValues, seen: SiteDetail): SitePatch | null {
  const changed = changedFields(values, seen)
  if (changed.length === 0) return null
  const facts = factsOf(values, seen)
  const patch: SitePatch = { version: seen.version }
  for (const name of changed) Object.assign(patch, { [name]: facts[name] })
  if (changed.includes('geometry') && values.geometry) patch.coordinateSystem = 'WGS84'
  return patch
}

export interface SiteClash {
  field: SiteField
  theirs: unknown
  mine: unknown
}

/** Fields that both I and somebody else changed, each to something different. */
export function clashesOf(values: SiteValues, seen: SiteDetail, current: SiteDetail): SiteClash[] {
  const mine = factsOf(values, seen)
  const theirs = factsOf(siteValuesOf(current), current)
  const before = factsOf(siteValuesOf(seen), seen)
  return changedFields(values, seen)
    .filter((field) => !isSame(theirs[field], before[field]) && !isSame(theirs[field], mine[field]))
    .map((field) => ({ field, theirs: theirs[field], mine: mine[field] }))
}

/** The form over the newer version: my changes stay, but where theirs was chosen and where I changed nothing. */
export function mergeValues(
  values: SiteValues,
  seen: SiteDetail,
  current: SiteDetail,
  choices: Partial<Record<SiteField, 'mine' | 'theirs'>>,
): SiteValues {
  const fresh = siteValuesOf(current)
  const kept = changedFields(values, seen).filter((field) => choices[field] !== 'theirs')
  return { ...fresh, ...Object.fromEntries(kept.map((field) => [field, values[field]])) }
}
