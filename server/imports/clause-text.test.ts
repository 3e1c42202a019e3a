import { describe, expect, it } from 'vitest'
import { EVER, STILL } from '../clauses/model.ts'
import { readClauses } from '../reference/read-clauses.ts'
import { findClauses } from './clause-text.ts'
import type { KnownClause } from './model.ts'

const clauses: KnownClause[] = (await readClauses()).map((clause) => ({
  ...clause,
  citedNumber: clause.documentNumber,
  makesMajor: clause.confirmed && clause.kind === 'major',
  inForceFrom: EVER,
  inForceTo: STILL,
  effectiveFrom: null,
  effectiveTo: null,
  successor: null,
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
    expect(idsOf('工贸企业重大事故隐患判定标准第三条第（二）项')).toEqual(['GM-03-02'])
    expect(idsOf('工贸企业重大事故隐患判定标准 第十一条（十）')).toEqual(['GM-11-10'])
  })

  it('finds itself by document and article for every clause that may make a hazard major', () => {
    const lost = clauses
      .filter((clause) => clause.makesMajor)
      .filter((clause) => !idsOf(`${clause.documentNumber} ${clause.article}`).includes(clause.id))
    expect(lost.map((clause) => clause.id)).toEqual([])
  })

  it('finds nothing in other texts', () => {
    expect(idsOf('安全生产法')).toEqual([])
    expect(idsOf("'; drop table clauses; --")).toEqual([])
    expect(idsOf('')).toEqual([])
  })
})
