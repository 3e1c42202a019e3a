import { SECTORS, type Sector } from '../../server/core/vocabulary.ts'
import { readReferenceAreas } from '../../server/reference/read.ts'
import { readClauses } from '../../server/reference/read-clauses.ts'
import type { CitedClause } from './invent-hazards.ts'
import { readUnitOutlines } from './outlines.ts'
import type { DemonstrationInput } from './workbooks.ts'

/** What the demonstration is made from, all of it shipped: outlines with their names, and clauses to cite. */
export async function readDemonstrationInput(today: string): Promise<DemonstrationInput> {
  const names = new Map((await readReferenceAreas()).map((area) => [area.code, area.name]))
  const outlines = (await readUnitOutlines()).map((unit) => ({
    ...unit,
    name: names.get(unit.code) ?? unit.code,
  }))
  return { outlines, clauses: await readCitedClauses(), today }
}

/** Clauses that may make a hazard major: confirmed, in force, of one of our sectors. */
async function readCitedClauses(): Promise<CitedClause[]> {
  return (await readClauses()).flatMap((clause) => {
    const sector = SECTORS.find((known): known is Sector => known === clause.sector)
    const isInForce = clause.confirmed && clause.edition === 'current' && clause.kind === 'major'
    const title = `${clause.documentNumber} ${clause.article}`
    // a catch-all tells nobody what was found, and a number still to be checked is no citation
    const isVague = /其他情形|unconfirmed|待核/.test(`${title}${clause.text}`)
    return sector && isInForce && !isVague ? [{ id: clause.id, sector, title, text: clause.text }] : []
  })
}
