import { saveClauses, saveDocuments } from '../../server/reference/queries.ts'
import { readClauses, readDocuments } from '../../server/reference/read-clauses.ts'
import { openTestApp, type TestApp } from './app.ts'

/** What a load of the library wrote. */
export async function loadClauseLibrary(test: TestApp): Promise<{ documents: string[]; clauses: string[] }> {
  const db = test.database.knex
  const documents = await saveDocuments(db, await readDocuments())
  return { documents, clauses: await saveClauses(db, await readClauses()) }
}

/** An app whose clauses are those that ship, instead of the three of the fixture. */
export async function openWithClauseLibrary(now?: Date): Promise<TestApp> {
  const test = await openTestApp()
  if (now) test.setNow(now)
  await test.database.knex('clauses').delete()
  await loadClauseLibrary(test)
  return test
}
