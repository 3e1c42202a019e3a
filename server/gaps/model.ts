import { daysBetween } from '../core/calendar.ts'
import { GAP_KINDS, type GapKind, type RiskLevel, type Sector } from '../core/vocabulary.ts'
import { arithmeticLack, isMajorHazardSource, type LevelBasis, siteArithmeticLack } from './arithmetic.ts'
import { checkLimit, drillLimit, drillSubjectOf, type GapRules, monthsBefore } from './rules.ts'
import { accidentTypesOf, matchScenario } from './scenario.ts'
import type { CheckSource, Gap, GapReason, LastCheck, LastDrill } from './schema.ts'
import {
  neverCheckedSentence,
  neverDrilledSentence,
  overdueCheckSentence,
  overdueDrillSentence,
  positionSentence,
  riskArithmeticSentence,
  riskPersonSentence,
  siteArithmeticSentence,
  sitePersonSentence,
} from './sentences.ts'

export interface SiteFacts {
  id: string
  name: string
  sector: Sector
  kind: string | null
  areaCode: string | null
  riskLevel: RiskLevel | null
  hasPosition: boolean
  hasResponsible: boolean
}

export interface RiskFacts extends LevelBasis {
  id: string
  siteId: string
  name: string
  level: RiskLevel
  accidentTypes: string | null
  responsiblePerson: string | null
}

export interface CheckFacts {
  siteId: string
  on: string
  source: CheckSource
}

/** A drill that took place at the site, or took up a hazard of it. */
export interface DrillFacts {
  siteId: string
  id: string
  number: string
  title: string
  scenario: string
  on: string
}

/** All that is known of a site; risks in their order, drills with the last first. */
export interface Dossier {
  site: SiteFacts
  risks: readonly RiskFacts[]
  lastCheck: CheckFacts | null
  drills: readonly DrillFacts[]
}

export interface SiteGaps {
  site: SiteFacts
  gaps: Gap[]
  /** In the order of the vocabulary. */
  kinds: GapKind[]
  lastCheck: LastCheck | null
  lastDrill: LastDrill | null
}

const REASON_KINDS: Record<GapReason, GapKind> = {
  site_person: 'no_person',
  risk_person: 'no_person',
  never_checked: 'no_check',
  check_overdue: 'no_check',
  never_drilled: 'no_drill',
  drill_overdue: 'no_drill',
  no_geometry: 'no_position',
  not_assessed: 'no_arithmetic',
  level_without_risk: 'no_arithmetic',
  no_inputs: 'no_arithmetic',
  no_substances: 'no_arithmetic',
  no_clause: 'no_arithmetic',
}

function makeGap(reason: GapReason, sentence: string, facts: Partial<Gap> = {}): Gap {
  return {
    kind: REASON_KINDS[reason],
    reason,
    risk: null,
    sentence,
    scenario: null,
    lastOn: null,
    days: null,
    limit: null,
    subject: null,
    confirmed: true,
    ...facts,
  }
}

const referenceOf = ({ id, name, level }: RiskFacts) => ({ id, name, level })

/** What a site lacks on a day, by the rules. */
export function findGapsOfSite(dossier: Dossier, rules: GapRules, today: string): SiteGaps {
  const gaps = [
    ...personGaps(dossier),
    ...checkGaps(dossier, rules, today),
    ...drillGaps(dossier, rules, today),
    ...positionGaps(dossier),
    ...arithmeticGaps(dossier),
  ]
  return {
    site: dossier.site,
    gaps,
    kinds: GAP_KINDS.filter((kind) => gaps.some((gap) => gap.kind === kind)),
    lastCheck: lastCheckOf(dossier, today),
    lastDrill: lastDrillOf(dossier, today),
  }
}

function personGaps({ site, risks }: Dossier): Gap[] {
  const gaps = site.hasResponsible ? [] : [makeGap('site_person', sitePersonSentence())]
  for (const risk of risks) {
    if ((risk.responsiblePerson ?? '').trim() !== '') continue
    gaps.push(makeGap('risk_person', riskPersonSentence(risk.name), { risk: referenceOf(risk) }))
  }
  return gaps
}

function checkGaps({ site, lastCheck }: Dossier, rules: GapRules, today: string): Gap[] {
  const limit = checkLimit(rules, site.riskLevel)
  const facts = { limit: limit.value, confirmed: limit.confirmed }
  if (lastCheck === null) {
    return [makeGap('never_checked', neverCheckedSentence(site.riskLevel, limit), facts)]
  }
  const days = daysBetween(lastCheck.on, today)
  if (days <= limit.value) return []
  const sentence = overdueCheckSentence(site.riskLevel, lastCheck, days, limit)
  return [makeGap('check_overdue', sentence, { ...facts, lastOn: lastCheck.on, days })]
}

function drillGaps({ site, risks, drills }: Dossier, rules: GapRules, today: string): Gap[] {
  const subject = drillSubjectOf({ ...site, isMajorHazardSource: risks.some(isMajorHazardSource) })
  const limit = drillLimit(rules, subject)
  const earliest = monthsBefore(today, limit.value)
  return risks.flatMap((risk) => {
    const types = accidentTypesOf(risk.accidentTypes)
    return (types.length === 0 ? [null] : types).flatMap((scenario): Gap[] => {
      const last = lastOfScenario(drills, scenario)
      if (last !== null && last.drill.on >= earliest) return []
      // which drill is of which scenario is our own table's word
      const facts = {
        risk: referenceOf(risk),
        scenario,
        limit: limit.value,
        subject,
        confirmed: limit.confirmed,
      }
      if (last === null) {
        const sentence = neverDrilledSentence(risk.name, scenario, subject, limit, drills[0] ?? null)
        return [makeGap('never_drilled', sentence, { ...facts, confirmed: facts.confirmed && !drills[0] })]
      }
      const { on, title } = last.drill
      const sentence = overdueDrillSentence(
        risk.name,
        scenario,
        { on, title, words: last.words },
        subject,
        limit,
      )
      const confirmed = limit.confirmed && last.words.length === 0
      return [
        makeGap('drill_overdue', sentence, { ...facts, confirmed, lastOn: on, days: daysBetween(on, today) }),
      ]
    })
  })
}

/** The last drill that counts for a scenario; any counts for a risk that names none. */
function lastOfScenario(
  drills: readonly DrillFacts[],
  scenario: string | null,
): { drill: DrillFacts; words: string[] } | null {
  for (const drill of drills) {
    const words = scenario === null ? [] : matchScenario(scenario, drill)
    if (words !== null) return { drill, words }
  }
  return null
}

function positionGaps({ site }: Dossier): Gap[] {
  return site.hasPosition ? [] : [makeGap('no_geometry', positionSentence())]
}

function arithmeticGaps({ site, risks }: Dossier): Gap[] {
  const ofSite = siteArithmeticLack(site.riskLevel, risks.length)
  if (ofSite !== null) return [makeGap(ofSite, siteArithmeticSentence(ofSite, site.riskLevel))]
  return risks.flatMap((risk) => {
    const reason = arithmeticLack(risk)
    if (reason === null) return []
    const sentence = riskArithmeticSentence(risk.name, risk.level, reason)
    return [makeGap(reason, sentence, { risk: referenceOf(risk) })]
  })
}

function lastCheckOf({ lastCheck }: Dossier, today: string): LastCheck | null {
  if (lastCheck === null) return null
  return { on: lastCheck.on, source: lastCheck.source, days: daysBetween(lastCheck.on, today) }
}

function lastDrillOf({ risks, drills }: Dossier, today: string): LastDrill | null {
  const [last] = drills
  if (!last) return null
  const { id, number, title, on } = last
  const types = [...new Set(risks.flatMap((risk) => accidentTypesOf(risk.accidentTypes)))]
  const matches = types.flatMap((scenario) => {
    const words = matchScenario(scenario, last)
    return words === null ? [] : [{ scenario, words }]
  })
  return { id, number, title, on, days: daysBetween(on, today), matches }
}
