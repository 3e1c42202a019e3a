import type { Knex } from 'knex'
import { NO_AREA } from '../core/filters.ts'
import type { FilterRequest } from '../http/filter-request.ts'
import {
  type AreaRow,
  countHazardsByArea,
  countSitesByArea,
  type HazardCounts,
  listVisibleAreas,
} from './area-queries.ts'
import { AREA_RULE_TERMS, addCounts, noCounts, rate } from './model.ts'
import { AREA_RULES, type AreaRule, type RiskAreas, type RiskMapCounts } from './schema.ts'

/** The areas of the four-colour map with their counts and the level that the rule gives each. */
export async function readRiskAreas(db: Knex, request: FilterRequest, rule: AreaRule): Promise<RiskAreas> {
  const visible = await listVisibleAreas(db, request.scope)
  const units = unitsOf(visible)
  const counts = await countByArea(db, request)
  const items = units.map(({ parts, parentCode: _, ...unit }) => ({
    ...unit,
    ...rate(rule, sumOf(parts, counts), unit.areaSquareKilometers),
  }))
  const surface = units.reduce((sum, unit) => sum + unit.areaSquareKilometers, 0)
  const inAreas = new Set(units.flatMap((unit) => unit.parts))
  const beyond = [...counts.keys()].filter((code) => code === null || !inAreas.has(code))
  const whole = items.reduce<RiskMapCounts>(addCounts, noCounts())
  const outside = sumOf(beyond, counts)
  return {
    rule: describeRule(rule),
    rules: AREA_RULES.map(describeRule),
    items,
    whole: rate(rule, whole, surface),
    // who sees but a part of the zone never learns what lies outside it
    outside: request.scope.areas === 'all' ? rate(rule, outside, null) : null,
    outsideFilter: beyond.every((code) => code === null) ? NO_AREA : null,
    total: whole.sites + outside.sites,
  }
}

const describeRule = (id: AreaRule): RiskAreas['rule'] => {
  const { title, how, confirmed } = AREA_RULE_TERMS[id]
  return { id, title: title.zh, how: how.zh, confirmed }
}

/** A street or town with the codes of all that lies in it. */
type Unit = AreaRow & { parts: string[] }

/** The areas right below the zone, or for who sees less the topmost ones that they see. */
export function unitsOf(visible: readonly AreaRow[]): Unit[] {
  const byCode = new Map(visible.filter((area) => area.kind !== 'zone').map((area) => [area.code, area]))
  const topOf = (area: AreaRow): AreaRow => {
    const parent = area.parentCode === null ? undefined : byCode.get(area.parentCode)
    return parent ? topOf(parent) : area
  }
  const units = new Map<string, Unit>()
  for (const area of byCode.values()) {
    const top = topOf(area)
    const unit = units.get(top.code) ?? { ...top, parts: [] }
    unit.parts.push(area.code)
    units.set(top.code, unit)
  }
  return [...units.values()].sort((one, other) => (one.code < other.code ? -1 : 1))
}

type CountsByArea = Map<string | null, RiskMapCounts>

async function countByArea(db: Knex, request: FilterRequest): Promise<CountsByArea> {
  const counts: CountsByArea = new Map()
  const of = (code: string | null) => {
    const known = counts.get(code) ?? noCounts()
    counts.set(code, known)
    return known
  }
  for (const { areaCode, level, count } of await countSitesByArea(db, request)) {
    const known = of(areaCode)
    known.sites += count
    known.levels[level ?? 'none'] += count
  }
  for (const { areaCode, ...row } of await countHazardsByArea(db, request)) setHazards(of(areaCode), row)
  return counts
}

/** Puts counted hazards into counts that have none yet. */
export function setHazards(counts: RiskMapCounts, { hazards, ...openHazards }: HazardCounts): void {
  counts.hazards = hazards
  counts.openHazards = openHazards
}

const sumOf = (codes: readonly (string | null)[], counts: CountsByArea): RiskMapCounts =>
  codes.map((code) => counts.get(code) ?? noCounts()).reduce(addCounts, noCounts())
