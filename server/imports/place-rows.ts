import type { Knex } from 'knex'
import { deriveAreaCodes } from '../areas/queries.ts'
import { distanceMeters, isGeographic, type LngLat, sridOf, toWgs84, windOf } from '../core/lnglat.ts'
import { COORDINATE_SYSTEM_TERMS, type CoordinateSystem } from '../core/vocabulary.ts'
import { isWithin } from './area-names.ts'
import { distancesToAreas, projectPoints } from './lookup-queries.ts'
import type { CheckContext, Draft } from './model.ts'
import type { Fault } from './row-reader.ts'
import type { ImportReport, RemedyAction } from './schema.ts'
import { askInPieces } from './turns.ts'

/** Further from the zone than this is a slip of the pen, not a place. */
const FAR_METERS = 30_000
/** Rows that the comparison of coordinate systems looks at. */
const SAMPLE_ROWS = 2_000
const TRIED_SYSTEMS = ['GCJ02', 'BD09', 'WGS84'] as const
type TriedSystem = (typeof TRIED_SYSTEMS)[number]
const SHORT_NAMES: Record<TriedSystem, string> = { GCJ02: 'GCJ-02', BD09: 'BD-09', WGS84: 'WGS-84' }
const ACTIONS: Record<TriedSystem, RemedyAction> = {
  GCJ02: 'readAsGcj02',
  BD09: 'readAsBd09',
  WGS84: 'readAsWgs84',
}

type Located<R> = Draft<R> & { fault: (fault: Fault) => void }

/** Finds where each row lies and in which area, and what speaks against it. */
export async function placeRows<R>(db: Knex, drafts: Located<R>[], context: CheckContext): Promise<void> {
  const written = drafts.filter((draft) => draft.place !== null)
  const points = await pointsOf(db, written)
  const codes = await areaCodesOf(
    db,
    points.map(([lng, lat]) => ({ lng, lat })),
  )
  for (const [index, draft] of written.entries()) {
    draft.placed = { point: points[index] ?? null, areaCode: codes[index] ?? null, areaBasis: 'geometry' }
  }
  await checkDistances(db, written)
  await checkNamedAreas(db, written, context)
  for (const draft of drafts) {
    if (draft.place === null && draft.namedArea !== null) {
      draft.placed = { point: null, areaCode: draft.namedArea, areaBasis: 'named' }
    }
  }
}

const PIECE = 2_000
type Point = { lng: number; lat: number }
const areaCodesOf = (db: Knex, points: Point[]): Promise<(string | null)[]> =>
  askInPieces(points, PIECE, (piece) => deriveAreaCodes(db, piece))

/** All positions in WGS-84: degrees here, metres by PostGIS. */
async function pointsOf<R>(db: Knex, written: Draft<R>[]): Promise<LngLat[]> {
  const points: LngLat[] = new Array(written.length)
  const projected = new Map<CoordinateSystem, number[]>()
  for (const [index, { place }] of written.entries()) {
    if (!place) continue
    if (isGeographic(place.system)) points[index] = toWgs84(place.system, place.x, place.y)
    else {
      const indexes = projected.get(place.system) ?? []
      indexes.push(index)
      projected.set(place.system, indexes)
    }
  }
  for (const [system, indexes] of projected) {
    if (isGeographic(system)) continue
    const inputs = indexes.map(
      (index): LngLat => [written[index]?.place?.x ?? 0, written[index]?.place?.y ?? 0],
    )
    const outputs = await projectPoints(db, sridOf(system), inputs)
    for (const [order, index] of indexes.entries()) points[index] = outputs[order] ?? [0, 0]
  }
  return points
}

async function checkDistances<R>(db: Knex, written: Located<R>[]): Promise<void> {
  const outside = written.filter((draft) => draft.placed.areaCode === null && draft.placed.point !== null)
  const distances = await distancesToAreas(
    db,
    outside.flatMap((draft) => (draft.placed.point ? [draft.placed.point] : [])),
  )
  for (const [index, draft] of outside.entries()) {
    const meters = distances[index] ?? null
    if (meters === null || meters <= FAR_METERS) continue
    draft.fault({
      code: 'OUT_OF_AREA',
      field: 'lng',
      reason: `离开发区 ${Math.round(meters / 1000).toLocaleString('en')} km`,
      remedy: '请核对坐标，或先不带坐标入库',
      proposal: { action: 'dropCoordinates', label: '不带坐标入库（列入未定位）', field: null, value: null },
    })
  }
}

/** Rows whose position does not fit the area that they name, or lies in none; another system may explain it. */
async function checkNamedAreas<R>(db: Knex, written: Located<R>[], context: CheckContext): Promise<void> {
  const doubtful = written.filter(
    (draft) => isDoubtful(draft, context) && !draft.issues.some((issue) => issue.level === 'error'),
  )
  const explained = new Set<Located<R>>()
  for (const system of TRIED_SYSTEMS) {
    const tried = doubtful.flatMap((draft) => {
      const place = draft.place
      if (explained.has(draft) || !place || !isGeographic(place.system) || isSame(place.system, system))
        return []
      return [{ draft, point: toWgs84(system, place.x, place.y) }]
    })
    const codes = await areaCodesOf(
      db,
      tried.map(({ point: [lng, lat] }) => ({ lng, lat })),
    )
    for (const [index, { draft, point }] of tried.entries()) {
      const code = codes[index] ?? null
      const fits =
        code !== null && (draft.namedArea === null || isWithin(context.areas, code, draft.namedArea))
      if (!fits) continue
      explained.add(draft)
      tellShift(draft, system, point)
    }
  }
  for (const draft of doubtful) if (!explained.has(draft)) tellMismatch(draft, context)
}

function isDoubtful<R>(draft: Draft<R>, context: CheckContext): boolean {
  const { areaCode } = draft.placed
  if (draft.namedArea === null) return areaCode === null
  return !isWithin(context.areas, areaCode, draft.namedArea)
}

const isSame = (system: CoordinateSystem, tried: TriedSystem): boolean =>
  system === tried || (system === 'CGCS2000' && tried === 'WGS84')

function tellShift<R>(draft: Located<R>, system: TriedSystem, to: LngLat): void {
  const from = draft.placed.point
  if (!from) return
  const meters = Math.round(distanceMeters(to, from))
  draft.fault({
    level: 'warning',
    code: 'POSSIBLE_SHIFT',
    field: 'lng',
    reason: `偏向${windOf(to, from)}约 ${meters} m，像是 ${SHORT_NAMES[system]}`,
    remedy: `按 ${SHORT_NAMES[system]} 转换，转换前后请在图上核对`,
    proposal: { action: ACTIONS[system], label: `按 ${SHORT_NAMES[system]} 转换`, field: null, value: null },
    move: { from, to },
  })
}

function tellMismatch<R>(draft: Located<R>, context: CheckContext): void {
  const nameOf = (code: string | null) => context.areas.find((area) => area.code === code)?.name
  if (draft.placed.areaCode === null) {
    draft.fault({
      level: 'warning',
      code: 'OUTSIDE_ZONE',
      field: 'lng',
      reason: '点落在开发区以外',
      remedy: '请核对坐标；入库后只有能看全区的人可见',
    })
    return
  }
  draft.fault({
    level: 'warning',
    code: 'AREA_MISMATCH',
    field: 'areaName',
    reason: `点落在${nameOf(draft.placed.areaCode) ?? draft.placed.areaCode}内`,
    remedy: '以坐标为准；如坐标有误请改正',
  })
}

/** For a choice of coordinate systems: how many rows lie in the area that they name. */
export async function compareSystems<R>(
  db: Knex,
  drafts: readonly Draft<R>[],
  context: CheckContext,
): Promise<ImportReport['systems']> {
  const usable = drafts.filter(
    (draft) => draft.place !== null && draft.namedArea !== null && isGeographic(draft.place.system),
  )
  const step = Math.max(1, Math.ceil(usable.length / SAMPLE_ROWS))
  const sample = usable.filter((_, index) => index % step === 0)
  if (sample.length === 0) return []
  const systems: ImportReport['systems'] = []
  for (const system of ['WGS84', 'GCJ02', 'BD09'] as const) {
    const points = sample.map(({ place }) => toWgs84(system, place?.x ?? 0, place?.y ?? 0))
    const codes = await areaCodesOf(
      db,
      points.map(([lng, lat]) => ({ lng, lat })),
    )
    const inside = sample.filter((draft, index) =>
      isWithin(context.areas, codes[index] ?? null, draft.namedArea ?? ''),
    ).length
    systems.push({ coordinateSystem: system, inside, of: sample.length })
  }
  return systems
}

/** One sentence where another system fits the named areas clearly better than the one chosen. */
export function noteOnSystems(systems: ImportReport['systems'], chosen: CoordinateSystem): string | null {
  const current = systems.find((entry) => isSame(chosen, entry.coordinateSystem as TriedSystem))
  const best = [...systems].sort((a, b) => b.inside - a.inside)[0]
  if (!current || !best || best === current) return null
  if (best.inside - current.inside < Math.max(3, best.of * 0.03)) return null
  return `按 ${COORDINATE_SYSTEM_TERMS[best.coordinateSystem].zh} 读，${best.of} 行里有 ${best.inside} 行落在所填街镇内；按所选坐标系只有 ${current.inside} 行。请核对坐标系`
}
