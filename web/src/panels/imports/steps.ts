import type { ImportReport } from '@contract'
import { stopsAtColumns } from './columns.ts'

export const STEPS = ['file', 'columns', 'report', 'done'] as const
export type Step = (typeof STEPS)[number]

/** At which step an import stands; `asked` goes back to the columns while nothing is committed. */
export function stepOf(report: Pick<ImportReport, 'state' | 'columns' | 'options'>, asked: unknown): Step {
  if (report.state !== 'checked') return asked === 'report' ? 'report' : 'done'
  return asked === 'columns' || stopsAtColumns(report) ? 'columns' : 'report'
}
