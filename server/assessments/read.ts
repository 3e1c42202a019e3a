import type { Knex } from 'knex'
import type { FilterRequest } from '../http/filter-request.ts'
import { formulaOf } from '../risk/model.ts'
import { listRisksOfSites } from '../risk/queries.ts'
import type { Risk } from '../risk/schema.ts'
import { findSite } from '../sites/queries.ts'
import { findRiskStanding, listPastAssessments } from './queries.ts'
import type { PastAssessment } from './schema.ts'

type View = Omit<FilterRequest, 'filters'>

/** A standing risk, if the asker may see its site. */
export async function readRisk(db: Knex, id: string, view: View): Promise<Risk | undefined> {
  const standing = await findRiskStanding(db, id)
  if (!standing || !(await findSite(db, standing.siteId, view))) return undefined
  const risk = (await listRisksOfSites(db, [standing.siteId], view)).find((row) => row.id === id)
  return risk && { ...risk, formula: formulaOf(risk) }
}

/** The assessments before the standing one. */
export async function readPastAssessments(db: Knex, id: string): Promise<PastAssessment[]> {
  const rows = await listPastAssessments(db, id)
  return rows.map(({ inputs, ...row }) => ({ ...row, formula: formulaOf({ ...row, inputs }) }))
}
