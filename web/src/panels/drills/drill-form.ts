import type { Drill, DrillPatch, DrillZone, NewDrill, PointGeometry, Sector } from '@contract'

/** What the form holds: texts as typed, times as the wall clock in Shanghai (2026-12-01T14:00). */
export interface DrillForm {
  title: string
  form: Drill['form']
  content: Drill['content']
  purpose: Drill['purpose']
  scenario: string
  sector: Sector | null
  startsAt: string
  endsAt: string
  geometry: PointGeometry | null
  siteId: string | null
  /** For showing; the server knows the site by its id. */
  siteName: string
  placeText: string
  hazardIds: string[]
  zones: DrillZone[]
  objectives: string
  commanderName: string
  note: string
  state: Drill['state']
}

export function emptyDrillForm(): DrillForm {
  return {
    title: '',
    form: 'tabletop',
    content: 'single',
    purpose: 'test',
    scenario: '',
    sector: null,
    startsAt: '',
    endsAt: '',
    geometry: null,
    siteId: null,
    siteName: '',
    placeText: '',
    hazardIds: [],
    zones: [],
    objectives: '',
    commanderName: '',
    note: '',
    state: 'planned',
  }
}

export function formOfDrill(drill: Drill): DrillForm {
  return {
    title: drill.title,
    form: drill.form,
    content: drill.content,
    purpose: drill.purpose,
    scenario: drill.scenario,
    sector: drill.sector,
    startsAt: toWallClock(drill.startsAt),
    endsAt: toWallClock(drill.endsAt),
    geometry: drill.geometry,
    siteId: drill.siteId,
    siteName: drill.siteName ?? '',
    placeText: drill.placeText ?? '',
    hazardIds: [...drill.hazardIds],
    zones: drill.zones.map((zone) => ({ ...zone })),
    objectives: drill.objectives ?? '',
    commanderName: drill.commanderName ?? '',
    note: drill.note ?? '',
    state: drill.state,
  }
}

const SHANGHAI_MILLISECONDS = 8 * 3_600_000

/** An instant as the clock in Shanghai shows it, whatever zone this computer is set to. */
export function toWallClock(instant: string | null): string {
  if (instant === null) return ''
  return new Date(Date.parse(instant) + SHANGHAI_MILLISECONDS).toISOString().slice(0, 16)
}

export function toInstant(wallClock: string): string | null {
  if (wallClock === '') return null
  return new Date(`${wallClock}:00+08:00`).toISOString()
}

export type DrillFault = 'title' | 'place' | 'start' | 'times' | 'radius'

/** What still keeps the form from being saved. */
export function faultsOf(form: DrillForm, state: Drill['state'] = form.state): DrillFault[] {
  const faults: DrillFault[] = []
  // a draft may wait for its time; what is planned, people must be able to come to
  const needsStart = state !== 'draft' && state !== 'cancelled'
  if (form.title.trim() === '') faults.push('title')
  if (form.geometry === null) faults.push('place')
  if (form.startsAt === '' && (needsStart || form.endsAt !== '')) faults.push('start')
  if (form.startsAt !== '' && form.endsAt !== '' && form.endsAt < form.startsAt) faults.push('times')
  if (form.zones.some((zone) => !isRadius(zone.radiusMeters))) faults.push('radius')
  return faults
}

const isRadius = (meters: number | undefined) => meters === undefined || (meters > 0 && meters <= 50_000)

const textOrNull = (text: string) => (text.trim() === '' ? null : text.trim())

/** The form as the server takes it. */
export function toNewDrill(form: DrillForm): NewDrill {
  return {
    title: form.title.trim(),
    form: form.form,
    content: form.content,
    purpose: form.purpose,
    scenario: form.scenario.trim(),
    sector: form.sector,
    startsAt: toInstant(form.startsAt),
    endsAt: toInstant(form.endsAt),
    geometry: form.geometry,
    siteId: form.siteId,
    placeText: textOrNull(form.placeText),
    hazardIds: form.hazardIds,
    zones: form.zones,
    objectives: textOrNull(form.objectives),
    commanderName: textOrNull(form.commanderName),
    note: textOrNull(form.note),
    state: form.state === 'draft' ? 'draft' : 'planned',
  }
}

/** Only what differs from the drill as it was read, so that two people may change different things. */
export function toDrillPatch(form: DrillForm, seen: Drill): DrillPatch | null {
  const before: Record<string, unknown> = { ...toNewDrill(formOfDrill(seen)), state: seen.state }
  const after: Record<string, unknown> = { ...toNewDrill(form), state: form.state }
  const changed = Object.keys(after).filter(
    (name) => JSON.stringify(after[name]) !== JSON.stringify(before[name]),
  )
  if (changed.length === 0) return null
  const patch: DrillPatch = { version: seen.version }
  return Object.assign(patch, Object.fromEntries(changed.map((name) => [name, after[name]])))
}
