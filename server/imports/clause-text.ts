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
  const cited = clauses.filter((clause) => {
    const document = comparableText(clause.documentNumber)
    const source = comparableText(clause.source)
    return (
      (document.length > 2 && compared.includes(document)) || (source.length > 2 && compared.includes(source))
    )
  })
  const matching = cited
    .map((clause) => ({ clause, article: comparableText(clause.article) }))
    .filter(({ article }) => article.length > 1 && compared.includes(article))
  const longest = Math.max(0, ...matching.map(({ article }) => article.length))
  return matching.filter(({ article }) => article.length === longest).map(({ clause }) => clause)
}
