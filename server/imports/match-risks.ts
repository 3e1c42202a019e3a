import type { Knex } from 'knex'
import { maySee } from '../access/model.ts'
import { compareFields } from './compare.ts'
import { findLastReadings, findRisks, type KnownRisk } from './lookup-queries.ts'
import { refuseDuplicate } from './match-hazards.ts'
import { checkSite, findKnownSites, makeSiteReading, type SiteReading } from './match-sites.ts'
import { type CheckContext, type CheckedRow, type Draft, hasError, isExampleName } from './model.ts'
import type { RiskRow } from './read-risk-row.ts'
import { riskKey } from './row-keys.ts'
import type { Fault } from './row-reader.ts'
import { mapInTurns } from './turns.ts'

/** What commit writes for a risk; a place that is not there yet is made with it. */
export interface RiskReading extends Omit<RiskRow, 'site'> {
  rowKey: string
  siteId: string | null
  site: SiteReading
  isExample: boolean
}

type RiskDraft = Draft<RiskRow> & { fault: (fault: Fault) => void }

const COMPARED: readonly (keyof RiskReading & keyof KnownRisk)[] = [
  'name',
  'kind',
  'hazardFactors',
  'accidentTypes',
  'method',
  'inputs',
  'score',
  'level',
  'engineeringControls',
  'managementControls',
  'trainingControls',
  'protectionControls',
  'emergencyControls',
  'controlLevel',
  'responsibleUnit',
  'responsiblePerson',
  'checkFrequency',
  'assessedOn',
  'assessedBy',
  'nextReviewOn',
  'residualLevel',
]

const ASSESSED = ['method', 'inputs', 'score', 'level']

/** Links the risks to their places, finds which risks they already are, and what they would change. */
export async function matchRisks(
  db: Knex,
  drafts: RiskDraft[],
  context: CheckContext,
): Promise<{ rows: CheckedRow<RiskReading>[]; notes: string[] }> {
  const sites = drafts.map((draft) => makeSiteReading(draft.record.site, draft))
  const knownSites = await findKnownSites(db, sites)
  const readings = await mapInTurns(drafts, (draft, index) => {
    const site = sites[index] as SiteReading
    const known = knownSites.find(site)
    const { site: _site, ...fields } = draft.record
    const reading: RiskReading = {
      ...fields,
      // the key follows the place that is there, so that a row without its credit code still finds its risk
      rowKey: riskKey(known?.rowKey ?? site.rowKey, fields),
      siteId: known?.id ?? null,
      site,
      isExample: isExampleName(site.name, fields.name),
    }
    const place = known ?? site
    checkSite(draft, { sector: site.sector ?? known?.sector ?? null, areaCode: place.areaCode }, context)
    if (known && !maySee(context.scope, known.areaCode, known.sector) && !hasError(draft.issues)) {
      draft.fault({
        code: 'OUT_OF_SCOPE',
        field: null,
        reason: '不在您的管辖范围',
        remedy: '请由相应街镇或部门导入',
      })
    }
    return reading
  })
  const risks = await findRisks(db, [...new Set(readings.map((reading) => reading.rowKey))])
  const byKey = new Map(risks.map((risk) => [risk.rowKey, risk]))
  const last = await findLastReadings(db, risks)
  const seen = new Map<string, number>()
  const rows = await mapInTurns(drafts, (draft, index) => {
    const reading = readings[index] as RiskReading
    refuseDuplicate(draft, reading.rowKey, seen)
    return settle(draft, reading, byKey.get(reading.rowKey) ?? null, last)
  })
  return { rows, notes: notesOn(readings) }
}

function settle(
  draft: RiskDraft,
  reading: RiskReading,
  known: KnownRisk | null,
  last: Map<string, Record<string, unknown>>,
): CheckedRow<RiskReading> {
  const base = { ...draft, record: reading, targetId: null, targetVersion: null, changes: {} }
  if (hasError(draft.issues)) return { ...base, outcome: 'rejected' }
  if (!known) return { ...base, outcome: 'new' }
  const changes = compareFields(known, reading, last.get(known.id), COMPARED)
  // the arithmetic is that of the values, and changes with them only
  if (ASSESSED.some((name) => name in changes))
    changes.arithmetic = { from: known.arithmetic, to: reading.arithmetic }
  const outcome = Object.keys(changes).length > 0 ? 'changed' : 'unchanged'
  return { ...base, outcome, targetId: known.id, targetVersion: known.version, changes }
}

function notesOn(readings: readonly RiskReading[]): string[] {
  const made = new Set(
    readings.filter((reading) => reading.siteId === null).map((reading) => reading.site.rowKey),
  )
  return made.size === 0 ? [] : [`将同时新建 ${made.size.toLocaleString('en')} 处场所`]
}
