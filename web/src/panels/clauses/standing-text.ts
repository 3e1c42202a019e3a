import type { Clause } from '@contract'
import { t } from '../../messages/i18n.ts'
import { formatDay } from '../../parts/format.ts'

type Dated = { effectiveFrom: string | null; effectiveTo: string | null }

/** Between which days a document is in force; what is not known is said to be so. */
export function periodText(document: Dated | null, edition = 'current'): string {
  const from = document?.effectiveFrom
    ? t('clauses.from', { day: formatDay(document.effectiveFrom) })
    : t('clauses.fromUnknown')
  if (document?.effectiveTo) return t('clauses.until', { from, day: formatDay(document.effectiveTo) })
  return isReplaced(edition) ? t('clauses.untilUnknown', { from }) : from
}

const isReplaced = (edition: string): boolean => edition === 'superseded' || edition === 'retired'

export type Standing = 'inForce' | 'ahead' | 'ended'

/** How a clause stands on a day: the server says whether it is in force, the days say on which side of that. */
export function standingOf(
  clause: Pick<Clause, 'isInForce' | 'document' | 'edition'>,
  day: string,
): Standing {
  if (clause.isInForce) return 'inForce'
  const { effectiveTo = null } = clause.document ?? {}
  const hasEnded = isReplaced(clause.edition) || (effectiveTo !== null && effectiveTo <= day)
  return hasEnded ? 'ended' : 'ahead'
}

/** 第三条 （二） */
export function citationText(clause: Pick<Clause, 'article' | 'item'>): string {
  return [clause.article, clause.item].filter(Boolean).join(' ')
}
