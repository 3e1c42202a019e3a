import { addDays, daysBetween } from '../../server/core/calendar.ts'
import type { Sector, Severity, Status } from '../../server/core/vocabulary.ts'
import { HAZARD_TEXTS, ORIGINS, PARTS } from './hazard-texts.ts'
import type { InventedSite } from './invent-sites.ts'
import { pick, type Random } from './random.ts'
import { SURNAMES } from './site-kinds.ts'

/** A real clause, confirmed and in force, that an invented major hazard cites. */
export interface CitedClause {
  id: string
  sector: Sector
  title: string
  text: string
}

export interface InventedHazard {
  number: string
  site: InventedSite
  part: string
  description: string
  category: string
  measures: string
  severity: Severity
  status: Status
  foundOn: string
  foundBy: string
  dueOn: string
  closedOn: string | null
  acceptedBy: string | null
  fundsWan: number | null
  contingencyPlan: string | null
  supervisor: string | null
  origin: string
  clause: CitedClause | null
  isListed: boolean
  position: { lng: number; lat: number } | null
}

const TWO_YEARS_DAYS = 730
const CAMPAIGN_DAYS = 70
const CAMPAIGN_SHARE = 0.24
/** Nobody leaves a hazard open for years in the demonstration: what is late was found in these days. */
const STUCK_DAYS = 110
const EVERY_NTH_UNLOCATED = 83
const DEGREES_PER_METER = 1 / 111_320

/** Makes hazards over the two years before `today`, oldest first. The year's safety month, June, finds the most. */
export function inventHazards(
  sites: InventedSite[],
  clauses: CitedClause[],
  count: number,
  today: string,
  random: Random,
): InventedHazard[] {
  const days = Array.from({ length: count }, () => pickDay(today, random)).sort()
  const seriesOfYear = new Map<string, number>()
  return days.map((foundOn, index) => {
    const site = pickSite(sites, random)
    const year = foundOn.slice(0, 4)
    const last = (seriesOfYear.get(year) ?? 0) + 1
    seriesOfYear.set(year, last)
    const judged = judge(site, clauses, random)
    const course = takeCourse(foundOn, today, judged.severity, random)
    return {
      number: `示例-${year}-${String(last).padStart(4, '0')}`,
      site,
      part: pick(random, PARTS),
      ...judged,
      ...course,
      foundOn,
      foundBy: `${pick(random, SURNAMES)}示例`,
      acceptedBy: course.closedOn === null ? null : `${pick(random, SURNAMES)}示例`,
      fundsWan: inventFunds(judged.severity, random),
      contingencyPlan: judged.severity === 'major' ? '已落实临时停用与专人监护' : null,
      supervisor: judged.severity === 'major' ? '区应急管理局' : null,
      origin: pick(random, ORIGINS),
      isListed:
        judged.severity === 'major' &&
        course.closedOn === null &&
        course.status !== 'reported' &&
        random() < 0.5,
      position: site.position && index % EVERY_NTH_UNLOCATED !== 0 ? nearby(site.position, random) : null,
    }
  })
}

/** Two years of steady finding, more in each June, and a campaign of the last weeks that is still being worked off. */
function pickDay(today: string, random: Random): string {
  if (random() < CAMPAIGN_SHARE) return addDays(today, -Math.floor(random() ** 1.6 * CAMPAIGN_DAYS))
  for (;;) {
    const day = addDays(today, -Math.floor(random() * TWO_YEARS_DAYS))
    if (day.slice(5, 7) === '06' || random() < 0.62) return day
  }
}

/** Some places are found wanting far more often than others. */
function pickSite(sites: InventedSite[], random: Random): InventedSite {
  const index = Math.floor(sites.length * random() ** 1.5)
  const site = sites[index]
  if (!site) throw new Error('no site to find anything at')
  return site
}

type Judged = Pick<InventedHazard, 'severity' | 'clause' | 'description' | 'category' | 'measures'>

function judge({ sector, name }: InventedSite, clauses: CitedClause[], random: Random): Judged {
  const texts = HAZARD_TEXTS[sector].filter(([, , , fits]) => !fits || fits.test(name))
  const [category, description, measures] = pick(random, texts)
  const fitting = clauses.filter((clause) => clause.sector === sector)
  const chance = random()
  if (chance < 0.018 && fitting.length > 0) {
    const clause = pick(random, fitting)
    return {
      severity: 'major',
      clause,
      category: '重大判定',
      description: clause.text,
      measures: '按治理方案整改，整改前停用',
    }
  }
  return {
    severity: chance < 0.05 ? 'suspected_major' : 'general',
    clause: null,
    category,
    description,
    measures,
  }
}

type Course = Pick<InventedHazard, 'status' | 'dueOn' | 'closedOn'>

/** How far a hazard has come: old ones are nearly all closed, those of the last weeks are on their way. */
function takeCourse(foundOn: string, today: string, severity: Severity, random: Random): Course {
  const allowedDays = severity === 'major' ? 60 + Math.floor(random() * 30) : 7 + Math.floor(random() * 24)
  const dueOn = addDays(foundOn, allowedDays)
  const age = daysBetween(foundOn, today)
  if (random() < 0.015) return { status: 'rejected', dueOn, closedOn: null }
  const takenDays = 2 + Math.floor(allowedDays * (0.4 + random() * 0.62))
  const isStuck = age < STUCK_DAYS && random() < 0.045
  if (!isStuck && takenDays <= age) return { status: 'closed', dueOn, closedOn: addDays(foundOn, takenDays) }
  const share = Math.min(1, age / Math.max(1, takenDays))
  const steps: Status[] = ['reported', 'registered', 'assigned', 'rectifying', 'submitted']
  const step =
    isStuck && age > allowedDays ? 2 + Math.floor(random() * 3) : Math.floor((share + random() * 0.35) * 4.2)
  return { status: steps[Math.min(4, step)] ?? 'rectifying', dueOn, closedOn: null }
}

function inventFunds(severity: Severity, random: Random): number | null {
  if (severity === 'major') return Math.round(20 + random() * 300) / 10
  return random() < 0.55 ? Math.round(1 + random() * 40) / 10 : null
}

function nearby({ lng, lat }: { lng: number; lat: number }, random: Random): { lng: number; lat: number } {
  const meters = 10 + random() * 25
  const angle = random() * 2 * Math.PI
  return {
    lng: lng + (Math.cos(angle) * meters * DEGREES_PER_METER) / Math.cos((lat * Math.PI) / 180),
    lat: lat + Math.sin(angle) * meters * DEGREES_PER_METER,
  }
}
