import type { FoldedIssue, ImportOutcome, ImportReport } from '@contract'

export const REPORT_TABS = ['todo', 'rejected', 'conflicts', 'warned', 'changed', 'unchanged', 'all'] as const
export type ReportTab = (typeof REPORT_TABS)[number]

/** Tabs that list faults; the others list rows. */
export function issuesOfTab(report: Pick<ImportReport, 'issues'>, tab: ReportTab): FoldedIssue[] | null {
  if (tab === 'todo') return report.issues
  if (tab === 'rejected') return report.issues.filter(({ level }) => level === 'error')
  if (tab === 'conflicts') return report.issues.filter(({ conflict }) => conflict)
  if (tab === 'warned') return report.issues.filter(({ level }) => level === 'warning')
  return null
}

export const outcomeOfTab = (tab: ReportTab): ImportOutcome | undefined =>
  tab === 'changed' || tab === 'unchanged' ? tab : undefined

/** How many rows a tab is about, as its label says. */
export function countOfTab({ counts }: Pick<ImportReport, 'counts'>, tab: ReportTab): number {
  if (tab === 'todo') return counts.rejected + counts.warned + counts.noted
  if (tab === 'warned') return counts.warned + counts.noted
  if (tab === 'all') return counts.total
  return counts[tab]
}

/** Nothing to settle: then the rows themselves are what there is to see. */
export const firstTab = (report: Pick<ImportReport, 'issues'>): ReportTab =>
  report.issues.length > 0 ? 'todo' : 'all'

/** The same fault in a report made anew, so that the screen does not jump. */
export function sameIssue(issues: readonly FoldedIssue[], before: FoldedIssue | null): FoldedIssue | null {
  if (!before) return null
  return (
    issues.find(
      ({ code, field, firstPosition }) =>
        code === before.code && field === before.field && firstPosition === before.firstPosition,
    ) ?? null
  )
}

/** Faults that the same proposal settles, wherever in the file they stand. */
export function alikeIssues(issues: readonly FoldedIssue[], { code, proposal }: FoldedIssue): FoldedIssue[] {
  if (!proposal) return []
  return issues.filter((issue) => issue.code === code && issue.proposal?.action === proposal.action)
}
