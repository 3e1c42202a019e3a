import type { Knex } from 'knex'
import type { User } from '../../server/access/model.ts'
import { asUser } from '../../server/auth/authenticate.ts'
import { findUserByName } from '../../server/auth/queries.ts'
import { dayOf } from '../../server/core/calendar.ts'
import type { Database } from '../../server/db/open.ts'
import { commitImport } from '../../server/imports/commit.ts'
import { findImport } from '../../server/imports/queries.ts'
import { readTableFile } from '../../server/imports/read-file.ts'
import { startImport } from '../../server/imports/run-check.ts'
import { assessDemonstrationSites } from './assess-sites.ts'
import { planDemonstrationDrills } from './drills.ts'
import { readDemonstrationInput } from './input.ts'
import { loadSchematicBase } from './load-schematic.ts'
import { type DemonstrationWorkbook, makeDemonstrationWorkbooks } from './workbooks.ts'

/**
 * Loads the demonstration by the way that a user's file takes: two workbooks are read, checked and committed as
 * imports, so they can also be undone. Doing it again changes nothing.
 */
export async function loadDemonstration(database: Database, options: { now: Date }): Promise<void> {
  const db = database.knex
  const { now } = options
  await loadSchematicBase(db)
  const analyst = await readUser(db, 'analyst')
  const workbooks = await makeDemonstrationWorkbooks(await readDemonstrationInput(dayOf(now)))
  for (const workbook of workbooks) await importWorkbook(db, workbook, analyst, now)
  const commander = await readUser(db, 'commander')
  // drills start from the points where places lie; borders are drawn after them
  await planDemonstrationDrills(db, commander, now)
  await assessDemonstrationSites(db, { analyst, commander }, now)
}

async function readUser(db: Knex, username: string): Promise<User> {
  const row = await findUserByName(db, username)
  if (!row) throw new Error(`no account ${username}: the demonstration is loaded after its accounts are made`)
  return asUser(row)
}

async function importWorkbook(
  db: Knex,
  workbook: DemonstrationWorkbook,
  user: User,
  now: Date,
): Promise<void> {
  const file = await readTableFile(workbook.fileName, workbook.bytes)
  const id = await startImport(db, { ...workbook, options: {} }, file, user, now)
  const record = await findImport(db, id, null)
  if (!record) throw new Error(`import ${id} is gone`)
  await commitImport(db, record, user, now)
}
