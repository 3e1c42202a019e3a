import type { Knex } from 'knex'
import { maySee } from '../access/model.ts'
import { RISK_COLUMNS } from '../exports/risk-columns.ts'
import { assessmentChanges } from './keyed-assessment.ts'
import { cellsOf, type KeyedDraft, refuseEmpty, settled, takePlain } from './keyed-draft.ts'
import {
  listRisksAt,
  listRisksNow,
  listSitesAt,
  listSitesNow,
  type RiskFacts,
  type SiteFacts,
} from './keyed-queries.ts'
import { compareRow, type KeyedRow, type KeyedSource, type Standing } from './keyed-rows.ts'
import { checkChanged, groupByKey, keyText, siteChangesOf } from './keyed-sites.ts'
import type { RiskReading } from './match-risks.ts'
import { makeSiteReading } from './match-sites.ts'
import type { Changes, CheckContext, CheckedRow } from './model.ts'
import type { RiskRow } from './read-risk-row.ts'
import { mapInTurns } from './turns.ts'

/** A risk with the place that carries it. */
export interface RiskOfSite {
  id: string
  version: number
  risk: RiskFacts
  site: SiteFacts
}

const standing = (risk: RiskFacts, site: SiteFacts): Standing<RiskOfSite> => ({
  facts: { id: risk.id, version: risk.version, risk, site },
  cells: cellsOf(RISK_COLUMNS, { risk, site }),
  isGone: risk.isGone || site.isGone,
})

/** What each keyed row of a list of risks edits: of the risk, and of the place that it names. */
export async function compareRisks(
  db: Knex,
  rows: readonly KeyedSource[],
  context: CheckContext,
): Promise<KeyedRow<RiskOfSite>[]> {
  const keys = rows.flatMap(({ key }) => (key ? [key] : []))
  const ids = keys.map(({ id }) => id)
  const risksNow = new Map((await listRisksNow(db, ids)).map((risk) => [risk.id, risk]))
  const risksWere = groupByKey(await listRisksAt(db, keys))
  const isVisible = (site: SiteFacts) => maySee(context.scope, site.areaCode, site.sector)
  const siteIds = [...new Set([...risksNow.values()].map(({ siteId }) => siteId))]
  const sitesNow = new Map((await listSitesNow(db, siteIds)).filter(isVisible).map((site) => [site.id, site]))
  const siteKeys = [
    ...new Map(rows.flatMap(({ siteKey }) => (siteKey ? [[keyText(siteKey), siteKey]] : []))).values(),
  ]
  const sitesWere = groupByKey((await listSitesAt(db, siteKeys)).filter(isVisible))
  return mapInTurns(rows, (row) => {
    const risk = row.key ? risksNow.get(row.key.id) : undefined
    const site = risk ? sitesNow.get(risk.siteId) : undefined
    const past = row.key ? (risksWere.get(keyText(row.key)) ?? []) : []
    // without the place's own key nobody can tell which of its cells were edited
    const pastSites = row.siteKey ? (sitesWere.get(keyText(row.siteKey)) ?? []) : site ? [site] : []
    const was = past.flatMap((one) =>
      pastSites.filter(({ id }) => id === one.siteId).map((of) => standing(one, of)),
    )
    const now = risk && site ? standing(risk, site) : null
    return compareRow('risks', row, { was, now }, context)
  })
}

const PLAIN: Record<string, string> = {
  name: 'name',
  riskKind: 'kind',
  hazardFactors: 'hazardFactors',
  accidentTypes: 'accidentTypes',
  engineeringControls: 'engineeringControls',
  managementControls: 'managementControls',
  trainingControls: 'trainingControls',
  protectionControls: 'protectionControls',
  emergencyControls: 'emergencyControls',
  controlLevel: 'controlLevel',
  responsibleUnit: 'responsibleUnit',
  responsiblePerson: 'responsiblePerson',
  checkFrequency: 'checkFrequency',
  assessedOn: 'assessedOn',
  assessedBy: 'assessedBy',
  nextReviewOn: 'nextReviewOn',
  residualLevel: 'residualLevel',
}
const OF_SITE: Record<string, string> = {
  siteName: 'name',
  creditCode: 'creditCode',
  sector: 'sector',
  address: 'address',
}
const OF_PLACE = ['siteName', 'creditCode', 'sector', 'address', 'areaName', 'lng', 'lat']

/** What committing the keyed rows would do to risks and to their places. */
export async function settleRisks(
  _db: Knex,
  drafts: KeyedDraft<RiskRow, RiskOfSite>[],
  context: CheckContext,
): Promise<CheckedRow<RiskReading>[]> {
  const seen = new Map<string, { value: unknown; row: number }>()
  return mapInTurns(drafts, (draft) => {
    const { facts, edited, siteKey } = draft.row
    const { site: siteRow, ...record } = draft.record
    const site = makeSiteReading(siteRow, draft)
    const reading: RiskReading = {
      ...record,
      rowKey: '',
      siteId: facts?.site.id ?? null,
      site,
      isExample: facts?.risk.isExample ?? false,
    }
    if (!facts) return settled(draft, reading, null, {})
    refuseEmpty('risks', draft, ['name', 'siteName', 'sector', 'method'])
    const changes = {
      ...takePlain(draft, PLAIN, facts.risk),
      ...assessmentChanges(draft, facts.risk, context),
    }
    let siteChanges: Changes = {}
    if (OF_PLACE.some((field) => edited.has(field))) {
      if (!siteKey) refuseKeyless(draft)
      else {
        siteChanges = siteChangesOf(draft, OF_SITE, siteRow, facts.site)
        checkChanged(draft, facts.site, siteChanges, context)
        refuseDisagreement(draft, facts.site, siteChanges, seen)
      }
    }
    return settled(draft, reading, facts, changes, {
      id: facts.site.id,
      version: facts.site.version,
      changes: siteChanges,
    })
  })
}

function refuseKeyless(draft: KeyedDraft<RiskRow, RiskOfSite>): void {
  draft.fault({
    level: 'warning',
    code: 'NO_SITE_KEY',
    field: OF_PLACE.find((field) => draft.row.edited.has(field)) ?? null,
    reason: '没有场所标识和场所版本，场所的内容不收',
    remedy: '请用保留了这两列的导出文件，或在场所清单里改',
  })
}

const FIELD_OF_FACT: Record<string, string> = {
  ...Object.fromEntries(Object.entries(OF_SITE).map(([field, fact]) => [fact, field])),
  areaCode: 'areaName',
  lng: 'lng',
  lat: 'lat',
}

/** A place stands in as many rows as it has risks; rows that edit it differently cannot both be meant. */
function refuseDisagreement(
  draft: KeyedDraft<RiskRow, RiskOfSite>,
  { id }: SiteFacts,
  changes: Changes,
  seen: Map<string, { value: unknown; row: number }>,
): void {
  for (const [fact, { to }] of Object.entries(changes)) {
    const field = FIELD_OF_FACT[fact]
    if (field === undefined) continue
    const first = seen.get(`${id} ${fact}`)
    if (first === undefined) seen.set(`${id} ${fact}`, { value: to, row: draft.source.row })
    else if (first.value !== to) {
      draft.fault({
        code: 'ROWS_DISAGREE',
        field,
        reason: `同一场所，与第 ${first.row} 行改得不一样`,
        remedy: '请改成一样，或只在一行里改',
      })
    }
  }
}
