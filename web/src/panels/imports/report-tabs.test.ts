import type { FoldedIssue, ImportReport } from '@contract'
import { describe, expect, it } from 'vitest'
import { alikeIssues, countOfTab, firstTab, issuesOfTab, outcomeOfTab, sameIssue } from './report-tabs.ts'

const issue = (level: 'error' | 'warning', code: string, firstPosition: number) =>
  ({ level, code, field: 'lng', firstPosition }) as FoldedIssue
const bad = issue('error', 'BAD_DATE', 3)
const shifted = issue('warning', 'POSSIBLE_SHIFT', 30)
const report = {
  issues: [bad, shifted],
  counts: {
    total: 1440,
    accepted: 1217,
    new: 1133,
    changed: 84,
    unchanged: 214,
    rejected: 9,
    warned: 31,
    noted: 3,
    cells: 90,
    conflicts: 2,
    unlocated: 2,
  },
} as ImportReport

describe('the tabs of a report', () => {
  it('list faults by how grave they are, and rows by what becomes of them', () => {
    expect(issuesOfTab(report, 'todo')).toEqual([bad, shifted])
    expect(issuesOfTab(report, 'rejected')).toEqual([bad])
    expect(issuesOfTab(report, 'warned')).toEqual([shifted])
    expect(issuesOfTab(report, 'all')).toBeNull()
    expect([outcomeOfTab('changed'), outcomeOfTab('unchanged'), outcomeOfTab('all')]).toEqual([
      'changed',
      'unchanged',
      undefined,
    ])
  })
  it('count rows, not lines', () => {
    expect(
      (['todo', 'rejected', 'conflicts', 'warned', 'changed', 'unchanged', 'all'] as const).map((tab) =>
        countOfTab(report, tab),
      ),
    ).toEqual([43, 9, 2, 34, 84, 214, 1440])
  })
  it('begin with the rows where there is nothing to settle', () => {
    expect(firstTab(report)).toBe('todo')
    expect(firstTab({ issues: [] })).toBe('all')
  })
  it('know which faults the same proposal settles', () => {
    const gcj = { action: 'readAsGcj02' as const, label: '按 GCJ-02 转换', field: null, value: null }
    const shiftedAt = (position: number) => ({
      ...issue('warning', 'POSSIBLE_SHIFT', position),
      proposal: gcj,
    })
    const first = shiftedAt(30)
    const other = { ...shiftedAt(50), proposal: { ...gcj, action: 'readAsBd09' as const } }
    expect(alikeIssues([first, bad, shiftedAt(40), other], first)).toEqual([first, shiftedAt(40)])
    expect(alikeIssues([bad, bad], bad)).toEqual([])
  })
  it('stay on the same fault when the report is made anew, if it is still there', () => {
    const again = issue('warning', 'POSSIBLE_SHIFT', 30)
    expect(sameIssue([again], shifted)).toBe(again)
    expect(sameIssue([again], bad)).toBeNull()
    expect(sameIssue([again], null)).toBeNull()
  })
})
