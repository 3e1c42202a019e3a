import { splitCitation } from '../clauses/citation.ts'
import { comparableText } from '../core/plain-text.ts'
import type { KnownClause } from './model.ts'

/** The clauses that a text of a ledger may mean; one is an answer, several are a question to the person. */
export function findClauses(clauses: readonly KnownClause[], text: string): KnownClause[] {
  const byId = clausesById(clauses, text)
  if (byId.length > 0) return byId
  const compared = comparableText(text)
  if (compared.length < 3) return []
  const byWording = clauses.filter((clause) => comparableText(clause.text) === compared)
  if (byWording.length > 0) return byWording
  return clausesByArticle(clauses, compared)
}

function clausesById(clauses: readonly KnownClause[], text: string): KnownClause[] {
  const tokens = (text.match(/[A-Za-z]{1,6}-[A-Za-z0-9][A-Za-z0-9.-]*/g) ?? []).map((token) =>
    token.toUpperCase(),
  )
  return clauses.filter((clause) => tokens.includes(clause.id.toUpperCase()))
}

/** By document and article: 应急管理部令第10号 第三条第（二）项. Of articles within one another the longer one is meant. */
function clausesByArticle(clauses: readonly KnownClause[], compared: string): KnownClause[] {
  const cited = clauses.filter((clause) =>
    namesOf(clause).some((name) => name.length > 2 && compared.includes(name)),
  )
  const matching = cited.flatMap((clause) => {
    const found = writtenForms(clause.article).filter((form) => form.length > 1 && compared.includes(form))
    const longest = Math.max(0, ...found.map((form) => form.length))
    return longest === 0 ? [] : [{ clause, length: longest }]
  })
  const longest = Math.max(0, ...matching.map(({ length }) => length))
  return matching.filter(({ length }) => length === longest).map(({ clause }) => clause)
}

function namesOf(clause: KnownClause): string[] {
  // a bare number such as 文号待核 names no document
  const numbers = [clause.documentNumber, clause.citedNumber].filter((number) => /[0-9]/.test(number))
  return [...numbers, clause.source].map(comparableText)
}

/** 第三条第2项 as the library has it, 第三条第（二）项 and 第三条（二） as officials do. */
function writtenForms(citation: string): string[] {
  const { article, item } = splitCitation(citation)
  const forms = [citation]
  if (item?.startsWith('（')) forms.push(`${article}第${item}项`, `${article}${item}`)
  return forms.map(comparableText)
}
