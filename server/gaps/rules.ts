import { addDays } from '../core/calendar.ts'
import type { RiskLevel, Sector } from '../core/vocabulary.ts'

/**
 * How often a place must be checked and drilled before the lack of it is a gap. Checks: our proposal. Drills: the
 * periods of 国务院令708号, the rules on major hazard sources and on emergency plans; which place is of which subject
 * is told by its sector and name, which is our proposal too.
 */
export const CHECK_LEVELS = ['1', '2', '3', '4', 'none'] as const
export type CheckLevel = (typeof CHECK_LEVELS)[number]

export const DRILL_SUBJECTS = [
  'major_hazard_source',
  'hazardous_goods',
  'construction',
  'crowded_place',
  'fire_unit',
  'other',
] as const
export type DrillSubject = (typeof DRILL_SUBJECTS)[number]

export interface GapRules {
  /** The most days between two checks, by the level of the place; `none` where it has no level. */
  checkDays: Record<CheckLevel, number>
  /** The document by which the days were confirmed; null: 待核. */
  checkSource: string | null
  /** The most months between two drills of the same scenario, by the subject. */
  drillMonths: Record<DrillSubject, number>
  /** The document by which months other than those of the laws were confirmed. */
  drillSource: string | null
}

interface DrillDuty {
  zh: string
  months: number
  basis: string
  confirmed: boolean
}

/** Sources as in the domain file on drills, part 3.1; `confirmed` is its mark. */
export const DRILL_DUTIES: Record<DrillSubject, DrillDuty> = {
  major_hazard_source: {
    zh: '危险化学品重大危险源',
    months: 6,
    basis: '危险化学品重大危险源监督管理暂行规定 第21条：现场处置方案每半年至少 1 次',
    confirmed: true,
  },
  hazardous_goods: {
    zh: '危险物品单位',
    months: 6,
    basis: '生产安全事故应急条例（国务院令708号）第8条：至少每半年 1 次',
    confirmed: true,
  },
  construction: {
    zh: '建筑施工单位',
    months: 6,
    basis: '生产安全事故应急条例（国务院令708号）第8条：至少每半年 1 次',
    confirmed: true,
  },
  crowded_place: {
    zh: '人员密集场所',
    months: 6,
    basis: '生产安全事故应急条例（国务院令708号）第8条：至少每半年 1 次',
    confirmed: true,
  },
  fire_unit: {
    zh: '消防领域其他单位',
    months: 12,
    basis: '机关、团体、企业、事业单位消防安全管理规定（公安部令61号）：重点单位每半年，其他每年',
    confirmed: false,
  },
  other: {
    zh: '其他生产经营单位',
    months: 12,
    basis: '生产安全事故应急预案管理办法 第33条：综合或专项预案每年至少 1 次',
    confirmed: true,
  },
}

export const DEFAULT_GAP_RULES: GapRules = {
  checkDays: { 1: 30, 2: 60, 3: 90, 4: 180, none: 90 },
  checkSource: null,
  drillMonths: {
    major_hazard_source: DRILL_DUTIES.major_hazard_source.months,
    hazardous_goods: DRILL_DUTIES.hazardous_goods.months,
    construction: DRILL_DUTIES.construction.months,
    crowded_place: DRILL_DUTIES.crowded_place.months,
    fire_unit: DRILL_DUTIES.fire_unit.months,
    other: DRILL_DUTIES.other.months,
  },
  drillSource: null,
}

export interface Limit {
  value: number
  confirmed: boolean
}

/** The days within which a place of this level must be checked. */
export function checkLimit(rules: GapRules, level: RiskLevel | null): Limit {
  return { value: rules.checkDays[level ?? 'none'], confirmed: rules.checkSource !== null }
}

/** The months within which a scenario must be drilled; those of a law are confirmed as long as nobody changes them. */
export function drillLimit(rules: GapRules, subject: DrillSubject): Limit {
  const duty = DRILL_DUTIES[subject]
  const value = rules.drillMonths[subject]
  const isOfLaw = duty.confirmed && value === duty.months
  return { value, confirmed: isOfLaw || rules.drillSource !== null }
}

const DANGEROUS_FREIGHT = /危货|危险货物|危险品|危化|油品/
const CROWD =
  /商业|商场|超市|购物|家居城|市场|宾馆|酒店|旅馆|娱乐|影院|影剧|歌舞|网吧|棋牌|景区|公寓|养老|敬老|学校|幼儿园|医院|体育馆|客运站/

/** What the law calls a place, by its sector, kind and name; of several the one with the shortest period comes first. */
export function drillSubjectOf(site: {
  name: string
  kind: string | null
  sector: Sector
  isMajorHazardSource: boolean
}): DrillSubject {
  if (site.isMajorHazardSource) return 'major_hazard_source'
  const text = `${site.kind ?? ''} ${site.name}`
  if (site.sector === 'chemicals' || site.sector === 'gas') return 'hazardous_goods'
  if (site.sector === 'transport' && DANGEROUS_FREIGHT.test(text)) return 'hazardous_goods'
  if (site.sector === 'construction') return 'construction'
  if (CROWD.test(text)) return 'crowded_place'
  return site.sector === 'fire' ? 'fire_unit' : 'other'
}

/**
 * The same day so many months earlier, or the last day of that month where it is shorter: six months before 31 August
 * is 28 February.
 */
export function monthsBefore(day: string, months: number): string {
  const number = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 - months
  const firstOf = (month: number) =>
    `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`
  const last = addDays(firstOf(number + 1), -1)
  const same = `${firstOf(number).slice(0, 8)}${day.slice(8)}`
  return same < last ? same : last
}
