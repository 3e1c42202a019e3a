import { type Action, mayDo, maySee, type User } from '../access/model.ts'
import type { DrillForm, DrillState, Sector } from '../core/vocabulary.ts'
import type { Drill, DrillZone } from './schema.ts'

/** A drill as the database answers it. */
export interface DrillRow {
  id: string
  number: string
  title: string
  form: DrillForm
  content: Drill['content']
  purpose: Drill['purpose']
  scenario: string
  sector: Sector | null
  startsAt: Date | null
  endsAt: Date | null
  state: DrillState
  lng: number | null
  lat: number | null
  hazardIds: string[]
  siteId: string | null
  siteName: string | null
  siteArea: string | null
  siteSector: Sector | null
  areaCode: string | null
  areaName: string | null
  placeText: string | null
  zones: DrillZone[]
  objectives: string | null
  commanderName: string | null
  note: string | null
  isExample: boolean
  version: number
  updatedAt: Date
}

const PLAN: Action = 'planDrill'
const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6

/** What the contract calls a drill; its hazards and site are named only where the asker may see them. */
export function asDrill(
  row: DrillRow,
  asker: { user: User; visibleHazardIds: ReadonlySet<string>; isPast: boolean },
): Drill {
  const maySeeSite = row.siteId !== null && maySee(asker.user.scope, row.siteArea, row.siteSector)
  return {
    id: row.id,
    number: row.number,
    title: row.title,
    form: row.form,
    content: row.content,
    purpose: row.purpose,
    scenario: row.scenario,
    sector: row.sector,
    startsAt: row.startsAt?.toISOString() ?? null,
    endsAt: row.endsAt?.toISOString() ?? null,
    state: row.state,
    geometry:
      row.lng === null || row.lat === null
        ? null
        : { type: 'Point', coordinates: [round(row.lng), round(row.lat)] },
    hazardIds: row.hazardIds.filter((id) => asker.visibleHazardIds.has(id)),
    siteId: maySeeSite ? row.siteId : null,
    siteName: maySeeSite ? row.siteName : null,
    area: row.areaCode === null ? null : { code: row.areaCode, name: row.areaName ?? row.areaCode },
    placeText: row.placeText,
    zones: row.zones,
    objectives: row.objectives,
    commanderName: row.commanderName,
    note: row.note,
    isExample: row.isExample,
    mayEdit: mayDo(asker.user.role, PLAN) && !asker.isPast && row.state !== 'done',
    version: row.version,
    updatedAt: row.updatedAt.toISOString(),
  }
}
