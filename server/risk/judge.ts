import type { Knex } from 'knex'
import { assessWithRefusals } from './assess-refusals.ts'
import type { AssessReply, AssessRequest } from './assess-schema.ts'
import { findCitedClause } from './cited-clause.ts'
import { readMethodSettings } from './method-settings.ts'

/** Judges by the settings in force and the clauses of a day. Throws 422 for what the method does not take. */
export async function judge(db: Knex, request: AssessRequest, on: string): Promise<AssessReply> {
  const clause = await findCitedClause(db, request, on)
  return assessWithRefusals(request, { settings: await readMethodSettings(db), on, clause })
}
