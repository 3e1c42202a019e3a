import { unprocessable } from '../http/problems.ts'
import { MAX_EXPORT_ROWS } from './schema.ts'

/** Nothing is cut off in silence: a list that is too long is refused with its length. */
export function assertExportable(total: number): void {
  if (total <= MAX_EXPORT_ROWS) return
  const [length, limit] = [total, MAX_EXPORT_ROWS].map((count) => count.toLocaleString('en'))
  throw unprocessable('TOO_MANY_ROWS', `有 ${length} 行，一次最多导出 ${limit} 行。请缩小筛选后分次导出`, {
    total,
    limit: MAX_EXPORT_ROWS,
  })
}
