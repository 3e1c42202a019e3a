import type { RiskLevel, Sector } from '../../server/core/vocabulary.ts'
import { creditCodeCheck } from '../../server/imports/row-reader.ts'
import { pick, type Random } from './random.ts'
import type { SampledPlace } from './sample-places.ts'
import { NAME_WORDS, type RiskPoint, SITE_KINDS, type SiteKind, SURNAMES } from './site-kinds.ts'

export interface InventedRisk {
  name: string
  kind: string
  factors: string
  accidents: string
  method: 'LEC' | 'LS'
  l: number
  e: number | null
  c: number | null
  s: number | null
  score: number
  level: RiskLevel
  assessedDaysAgo: number
}

export interface InventedSite {
  name: string
  /** null: small places often have no licence. */
  creditCode: string | null
  sector: Sector
  address: string
  areaCode: string
  /** null: the office has not located it yet. */
  position: { lng: number; lat: number } | null
  place: SampledPlace
  unit: string | null
  person: string | null
  risks: InventedRisk[]
}

/** Values of the LEC scale that give each level: L, E, C. */
const LEC_OF_LEVEL: Record<RiskLevel, readonly (readonly [number, number, number])[]> = {
  1: [
    [6, 6, 15],
    [3, 6, 40],
    [3, 3, 40],
    [6, 2, 40],
  ],
  2: [
    [3, 6, 15],
    [1, 6, 40],
    [6, 6, 7],
    [6, 2, 15],
  ],
  3: [
    [1, 6, 15],
    [3, 6, 7],
    [3, 2, 15],
    [1, 2, 40],
    [6, 6, 3],
  ],
  4: [
    [1, 6, 7],
    [3, 6, 3],
    [0.5, 6, 15],
    [1, 3, 15],
    [1, 6, 3],
  ],
}
const LS_OF_LEVEL: Record<RiskLevel, readonly (readonly [number, number])[]> = {
  1: [
    [5, 4],
    [5, 5],
  ],
  2: [
    [5, 3],
    [4, 4],
  ],
  3: [
    [3, 4],
    [3, 3],
    [2, 5],
  ],
  4: [
    [2, 3],
    [2, 2],
    [2, 4],
  ],
}
const EVERY_NTH_UNLOCATED = 57
const EVERY_NTH_WITHOUT_PERSON = 37

/** Makes places with their risks, each of an invented name marked （示例）. */
export function inventSites(places: SampledPlace[], random: Random): InventedSite[] {
  const names = new Set<string>()
  const kinds = spreadKinds(places.length, random)
  return places.map((place, index) => {
    const kind = kinds[index] ?? pick(random, SITE_KINDS)
    const name = inventName(kind, names, random)
    const isUnlocated = index % EVERY_NTH_UNLOCATED === EVERY_NTH_UNLOCATED - 1
    const hasNobody = index % EVERY_NTH_WITHOUT_PERSON === EVERY_NTH_WITHOUT_PERSON - 1
    return {
      name,
      creditCode: inventCreditCode(kind.sector, index),
      sector: kind.sector,
      address: `${place.roadName}${10 + Math.floor(random() * 890)}号`,
      areaCode: place.areaCode,
      position: isUnlocated ? null : { lng: place.lng, lat: place.lat },
      place,
      unit: hasNobody ? null : pick(random, ['安全部', '设备部', '综合办', '物业部']),
      person: hasNobody ? null : `${pick(random, SURNAMES)}示例`,
      risks: inventRisks(kind, random),
    }
  })
}

const UNLICENSED_SECTORS: readonly Sector[] = ['small_place', 'self_built_house', 'agriculture']

/** Right in form and check character, and of nobody: its organization number begins with EX. */
function inventCreditCode(sector: Sector, index: number): string | null {
  if (UNLICENSED_SECTORS.includes(sector) && index % 2 === 0) return null
  const first17 = `91220171EX${String(index + 1).padStart(7, '0')}`
  return first17 + creditCodeCheck(first17)
}

/** Kinds by their shares, shuffled. */
function spreadKinds(count: number, random: Random): SiteKind[] {
  const list = SITE_KINDS.flatMap((kind) => Array.from({ length: kind.share }, () => kind))
  for (let index = list.length - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1))
    const [a, b] = [list[index], list[other]]
    if (a && b) {
      list[index] = b
      list[other] = a
    }
  }
  return list.slice(0, count)
}

function inventName(kind: SiteKind, taken: Set<string>, random: Random): string {
  for (;;) {
    const name = `${pick(random, NAME_WORDS)}${pick(random, kind.endings)}（示例）`
    if (taken.has(name)) continue
    taken.add(name)
    return name
  }
}

function inventRisks(kind: SiteKind, random: Random): InventedRisk[] {
  const count = random() < 0.28 ? 2 : 1
  const first = Math.floor(random() * kind.riskPoints.length)
  const points = Array.from(
    { length: count },
    (_, index) => kind.riskPoints[(first + index) % kind.riskPoints.length],
  )
  const risks = points.flatMap((point) => (point ? [inventRisk(point, pickLevel(kind, random), random)] : []))
  // a kind with one risk point has it once
  return risks.filter((risk, index) => risks.findIndex((other) => other.name === risk.name) === index)
}

function pickLevel(kind: SiteKind, random: Random): RiskLevel {
  let rest = random() * 100
  for (const [index, chance] of kind.levels.entries()) {
    rest -= chance
    if (rest < 0) return (index + 1) as RiskLevel
  }
  return 4
}

function inventRisk(
  [name, kind, factors, accidents]: RiskPoint,
  level: RiskLevel,
  random: Random,
): InventedRisk {
  const assessedDaysAgo = 20 + Math.floor(random() * 700)
  const common = { name, kind, factors, accidents, level, assessedDaysAgo }
  if (random() < 0.25) {
    const [l, s] = pick(random, LS_OF_LEVEL[level])
    return { ...common, method: 'LS', l, e: null, c: null, s, score: l * s }
  }
  const [l, e, c] = pick(random, LEC_OF_LEVEL[level])
  return { ...common, method: 'LEC', l, e, c, s: null, score: l * e * c }
}
