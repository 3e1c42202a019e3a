import type { Polygon } from 'geojson'
import type { Knex } from 'knex'
import type { User } from '../../server/access/model.ts'
import { registerCheck } from '../../server/checks/change.ts'
import { listChecks } from '../../server/checks/queries.ts'
import { addDays, dayOf } from '../../server/core/calendar.ts'
import type { CheckOutcome, ProtectedPlaceKind } from '../../server/core/vocabulary.ts'
import { createPlace } from '../../server/resources/change.ts'
import { listPlaces } from '../../server/resources/queries.ts'
import { editSite } from '../../server/sites/change.ts'
import { listSites } from '../../server/sites/queries.ts'
import { createUnit } from '../../server/units/change.ts'
import { listUnits } from '../../server/units/queries.ts'
import type { NewSiteUnit } from '../../server/units/schema.ts'
import { type LngLat, toLngLat, toPlane } from './plane.ts'

interface UnitPlan {
  /** In the name of the place, so that the substance fits it; each plan takes the next such place. */
  placeWord: string
  unit: NewSiteUnit
  /** Whether the border of the works is drawn, so that the 500 m begin there. */
  hasBorder?: boolean
}

const storage = (name: string, ...substances: NewSiteUnit['substances']): NewSiteUnit => ({
  name,
  kind: 'storage',
  substances,
})
const fuelTanks = (gasoline: number, diesel: number): NewSiteUnit =>
  storage(
    '埋地油罐区',
    { name: '汽油', tonnes: gasoline },
    { name: '柴油', tonnes: diesel, className: 'W5.4' },
  )

/** Stocks as such works have them: ammonia often reaches its 10 t, a filling station's petrol never its 200 t. */
const UNITS: readonly UnitPlan[] = [
  { placeWord: '冷链', unit: storage('液氨储罐区', { name: '氨', tonnes: 18 }), hasBorder: true },
  { placeWord: '制冰', unit: storage('液氨储罐区', { name: '氨', tonnes: 12 }), hasBorder: true },
  { placeWord: '冷链', unit: { ...storage('制冷机房', { name: '氨', tonnes: 6 }), kind: 'production' } },
  { placeWord: '制冰', unit: storage('液氨储罐区', { cas: '7664-41-7', amount: 8500, unit: 'kg' }) },
  {
    placeWord: '气体充装',
    unit: storage('液化石油气储罐', { name: '液化石油气', tonnes: 60 }),
    hasBorder: true,
  },
  {
    placeWord: '气体充装',
    unit: storage('气瓶充装间', { name: '乙炔', tonnes: 0.4 }, { name: '氧', tonnes: 12 }),
  },
  { placeWord: '油品仓储', unit: fuelTanks(320, 900), hasBorder: true },
  { placeWord: '加油站', unit: fuelTanks(45, 50) },
  { placeWord: '加油站', unit: fuelTanks(30, 34), hasBorder: true },
  { placeWord: '加油站', unit: fuelTanks(60, 50) },
  {
    placeWord: '化工原料',
    unit: storage(
      '甲类库房',
      { name: '甲醇', tonnes: 120 },
      { name: '丙酮', tonnes: 40 },
      { name: '乙醇', tonnes: 60 },
    ),
  },
  {
    placeWord: '危化品仓储',
    unit: storage('乙类库房', { name: '硝酸钾', tonnes: 150 }, { name: '甲苯', tonnes: 35 }),
  },
]

interface Neighbour {
  /** Beside the unit of this place in the plan. */
  unit: number
  name: string
  kind: ProtectedPlaceKind
  headcount: number | null
  meters: number
  bearing: number
}

/** Who lives, learns and is looked after within reach, so that every band of α is met; one is not yet counted. */
const NEIGHBOURS: readonly Neighbour[] = [
  { unit: 0, name: '示例小区甲', kind: 'residential', headcount: 60, meters: 320, bearing: 40 },
  { unit: 1, name: '示例敬老院甲', kind: 'elderly_home', headcount: 36, meters: 410, bearing: 210 },
  { unit: 4, name: '示例小区乙', kind: 'residential', headcount: 480, meters: 380, bearing: 120 },
  { unit: 4, name: '示例幼儿园甲', kind: 'kindergarten', headcount: null, meters: 260, bearing: 300 },
  { unit: 6, name: '示例小学甲', kind: 'school', headcount: 620, meters: 450, bearing: 75 },
  { unit: 9, name: '示例平房区甲', kind: 'residential', headcount: 24, meters: 290, bearing: 180 },
  { unit: 10, name: '示例小区丙', kind: 'residential', headcount: 95, meters: 430, bearing: 330 },
]

interface Place {
  id: string
  version: number
  lngLat: LngLat
}

/**
 * Gives some places of the demonstration what an assessment needs: units with substances, borders, neighbours and
 * checks, all by the way that people take. What is there already is left, so a broken load goes on where it stopped.
 */
export async function assessDemonstrationSites(
  db: Knex,
  people: { analyst: User; commander: User },
  now: Date,
): Promise<void> {
  const places = await takePlaces(db, people.analyst, now)
  for (const [index, { unit, hasBorder }] of UNITS.entries()) {
    const place = places[index]
    if (!place) continue
    if (hasBorder && place.version === 1) {
      await editSite(db, place.id, { version: 1, geometry: yardAround(place.lngLat) }, people.analyst, now)
    }
    const hasUnit = (await listUnits(db, [place.id])).some(({ name }) => name === unit.name)
    if (!hasUnit) await createUnit(db, place.id, unit, people.analyst, now)
    await checkPlace(db, place, index, people.analyst, now)
  }
  for (const neighbour of NEIGHBOURS) {
    const place = places[neighbour.unit]
    if (place) await addNeighbour(db, place, neighbour, people.commander, now)
  }
}

/** For each plan the next place with its word, in the order of their names. */
async function takePlaces(db: Knex, user: User, now: Date): Promise<(Place | undefined)[]> {
  const request = {
    filters: { sector: ['chemicals' as const] },
    scope: user.scope,
    today: dayOf(now),
    asOf: null,
  }
  const { rows } = await listSites(db, request, { limit: 200, sort: 'name' })
  const taken = new Set<string>()
  return UNITS.map(({ placeWord }) => {
    const site = rows.find(
      (row) => row.name.includes(placeWord) && row.geometry !== null && !taken.has(row.id),
    )
    if (!site?.geometry) return undefined
    taken.add(site.id)
    return { id: site.id, version: site.version, lngLat: middleOf(site.geometry) }
  })
}

function middleOf(
  geometry: NonNullable<Awaited<ReturnType<typeof listSites>>['rows'][number]['geometry']>,
): LngLat {
  if (geometry.type === 'Point') return [geometry.coordinates[0] ?? 0, geometry.coordinates[1] ?? 0]
  const ring = geometry.type === 'Polygon' ? (geometry.coordinates[0] ?? []).slice(0, -1) : []
  const mean = (axis: 0 | 1) => ring.reduce((sum, position) => sum + (position[axis] ?? 0), 0) / ring.length
  return [mean(0), mean(1)]
}

const HALF_YARD = { x: 22, y: 15 }

/** A yard of 44 by 30 metres around the point where the place was. */
function yardAround(lngLat: LngLat): Polygon {
  const { x, y } = toPlane(lngLat)
  const corner = (east: number, north: number) =>
    toLngLat({ x: x + east * HALF_YARD.x, y: y + north * HALF_YARD.y })
  const first = corner(-1, -1)
  return { type: 'Polygon', coordinates: [[first, corner(1, -1), corner(1, 1), corner(-1, 1), first]] }
}

async function addNeighbour(
  db: Knex,
  place: Place,
  neighbour: Neighbour,
  user: User,
  now: Date,
): Promise<void> {
  const request = { filters: { q: neighbour.name }, scope: user.scope, today: dayOf(now), asOf: null }
  const known = await listPlaces(db, 'protected_places', request, undefined, { limit: 1 })
  if (known.total > 0) return
  const { x, y } = toPlane(place.lngLat)
  const bearing = (neighbour.bearing * Math.PI) / 180
  const spot = toLngLat({
    x: x + neighbour.meters * Math.sin(bearing),
    y: y + neighbour.meters * Math.cos(bearing),
  })
  const input = {
    name: neighbour.name,
    kind: neighbour.kind,
    headcount: neighbour.headcount,
    geometry: { type: 'Point' as const, coordinates: spot },
  }
  await createPlace(db, 'protected_places', input, user, now)
}

const CHECKERS = ['张示例', '李示例', '赵示例'] as const

/** A visit or two of the last months; places further down the plan have waited longer. */
async function checkPlace(db: Knex, place: Place, index: number, user: User, now: Date): Promise<void> {
  const { total } = await listChecks(db, place.id, null)
  const visits: [daysAgo: number, outcome: CheckOutcome, note: string | null][] = [
    [40 + index * 6, 'hazards_found', '发现的问题已登记为隐患'],
    [9 + index * 3, 'nothing_found', null],
  ]
  for (const [daysAgo, outcome, note] of visits.slice(total)) {
    const checkedOn = addDays(dayOf(now), -daysAgo)
    const checkedBy = CHECKERS[index % CHECKERS.length] ?? CHECKERS[0]
    await registerCheck(db, place.id, { checkedOn, checkedBy, outcome, note }, user, now)
  }
}
