import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findClauses } from './clause-text.ts'
import type { KnownClause } from './model.ts'

interface Entry {
  id: string
  doc_no: string | null
  source: string
  article: string | null
  text: string
  confirmed: boolean
  edition: string
  kind: string
}
const { entries } = JSON.parse(
  readFileSync(new URL('../../data/clauses/major-hazard-criteria.json', import.meta.url), 'utf8'),
) as { entries: Entry[] }
const clauses: KnownClause[] = entries.map((entry) => ({
  id: entry.id,
  documentNumber: entry.doc_no ?? '文号待核',
  source: entry.source,
  article: entry.article ?? '条款号待核',
  text: entry.text,
  mayMakeMajor: entry.confirmed && entry.edition === 'current' && entry.kind === 'major',
}))
const idsOf = (text: string) => findClauses(clauses, text).map((clause) => clause.id)

describe('finding the clause that a ledger cites', () => {
  it('by its id, alone or in a sentence, and by its whole wording', () => {
    expect(idsOf('HC-01')).toEqual(['HC-01'])
    expect(idsOf('依据 hc-02 判定')).toEqual(['HC-02'])
    expect(idsOf('特种作业岗位人员无证操作')).toEqual(['HC-02'])
  })

  it('by document and article, of which the longer is meant', () => {
    expect(idsOf('安监总管三〔2017〕121号 第1条')).toEqual(['HC-01'])
    expect(idsOf('安监总管三〔2017〕121号第12条')).toEqual(['HC-12'])
  })

  it('finds itself by document and article for every clause that may make a hazard major', () => {
    const lost = clauses
      .filter((clause) => clause.mayMakeMajor)
      .filter((clause) => !idsOf(`${clause.documentNumber} ${clause.article}`).includes(clause.id))
    expect(lost.map((clause) => clause.id)).toEqual([])
  })

  it('finds nothing in other texts', () => {
    expect(idsOf('安全生产法')).toEqual([])
    expect(idsOf("'; drop table clauses; --")).toEqual([])
    expect(idsOf('')).toEqual([])
  })
})
