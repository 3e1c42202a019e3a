import { comparableText } from '../core/plain-text.ts'
import type { ImportKind } from '../core/vocabulary.ts'
import { PLACE_COLUMNS } from '../exports/risk-columns.ts'
import { fieldOf } from './fields.ts'

const RANKED_HEADERS = new Set(
  PLACE_COLUMNS.filter(({ field }) => field === undefined).map(({ header }) => comparableText(header)),
)
export const RANKED_REASON = '由系统排名时算出，不导入'

/** A column of the ranked list that is worked out anew with every hazard and every day. */
export const isRankedHeader = (kind: ImportKind, header: string): boolean =>
  kind === 'sites' && RANKED_HEADERS.has(comparableText(header))

const headerOf = (kind: ImportKind, field: string): string =>
  comparableText(fieldOf(kind, field)?.header ?? '')

/** Why a sheet of ours is not the one that this import reads, told by its headers; null: nothing speaks against it. */
export function reasonForeign(kind: ImportKind, headers: readonly string[]): string | null {
  const present = new Set(headers.map(comparableText))
  const isOfRisks = present.has(headerOf('risks', 'siteId')) || present.has(headerOf('risks', 'method'))
  if (kind === 'sites' && present.has(headerOf('risks', 'siteId')))
    return '这张表一行是一项风险，请在「安全风险分级管控清单」一类里导入'
  if (kind === 'risks' && present.has(comparableText('排名')) && !isOfRisks)
    return '这张「风险清单」是场所排名，不能当作风险导入；要改风险请用同一文件里的「安全风险分级管控清单」工作表'
  if (present.has(comparableText('整改率')) && present.has(comparableText('挂牌督办数')))
    return '这是月报，由系统统计得出，不能导入'
  return null
}
