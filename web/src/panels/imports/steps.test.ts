import type { ImportReport } from '@contract'
import { describe, expect, it } from 'vitest'
import { stepOf } from './steps.ts'

const columns = { matched: [], unknown: [], ignored: [], available: [] }
const report = (state: ImportReport['state'], unknown: string[] = []) => ({
  state,
  options: {},
  columns: { ...columns, unknown: unknown.map((header) => ({ header, sample: null })) },
})

describe('stepOf', () => {
  it('shows the report of a checked file, unless a column is still unknown or the columns are asked for', () => {
    expect(stepOf(report('checked'), undefined)).toBe('report')
    expect(stepOf(report('checked', ['片区']), undefined)).toBe('columns')
    expect(stepOf(report('checked'), 'columns')).toBe('columns')
  })
  it('shows what became of it afterwards, and its report when that is asked for', () => {
    expect(stepOf(report('committed', ['片区']), undefined)).toBe('done')
    expect(stepOf(report('undone'), 'columns')).toBe('done')
    expect(stepOf(report('discarded'), 'report')).toBe('report')
  })
})
