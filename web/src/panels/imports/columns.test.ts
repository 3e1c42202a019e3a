import type { ImportReport } from '@contract'
import { describe, expect, it } from 'vitest'
import {
  doubledFields,
  missingFields,
  optionsOf,
  startChoices,
  stopsAtColumns,
  unsettledHeaders,
} from './columns.ts'

const report: Pick<ImportReport, 'columns' | 'options'> = {
  options: {},
  columns: {
    matched: [
      {
        header: '问题',
        field: 'description',
        label: '存在的隐患及问题',
        isRequired: true,
        sample: '堆放货物',
      },
      { header: '时间', field: 'foundOn', label: '排查时间', isRequired: true, sample: '2026-05-01' },
    ],
    unknown: [{ header: '片区', sample: '东片' }],
    ignored: [{ header: '序号', reason: '行的序号，不导入' }],
    available: [
      { field: 'description', label: '存在的隐患及问题', isRequired: true },
      { field: 'foundOn', label: '排查时间', isRequired: true },
      { field: 'areaName', label: '所属街镇', isRequired: false },
    ],
  },
}

describe('the columns of a file', () => {
  it('stop the import while one of them is not recognised', () => {
    expect(stopsAtColumns(report)).toBe(true)
    expect(unsettledHeaders(startChoices(report))).toEqual(['片区'])
    expect(stopsAtColumns({ ...report, columns: { ...report.columns, unknown: [] } })).toBe(false)
  })
  it('stop it too when required content has no column', () => {
    const choices = { ...startChoices(report), 时间: null }
    expect(missingFields(report, choices)).toEqual(['排查时间'])
  })
  it('may not stand twice for one field', () => {
    expect(doubledFields(report, { ...startChoices(report), 片区: 'foundOn' })).toEqual(['排查时间'])
  })
  it('send only what a person said otherwise, and what was said before', () => {
    const choices = { ...startChoices(report), 片区: 'areaName' }
    expect(optionsOf(report, choices, '')).toEqual({ columns: { 片区: 'areaName' } })
    expect(optionsOf(report, { ...choices, 片区: null }, 'fire')).toEqual({
      columns: { 片区: null },
      defaultSector: 'fire',
    })
    const settled = {
      ...report,
      options: { columns: { 片区: null } },
      columns: { ...report.columns, unknown: [] },
    }
    expect(optionsOf(settled, startChoices(settled), '')).toEqual({ columns: { 片区: null } })
    expect(optionsOf({ ...settled, options: {} }, startChoices(settled), '')).toEqual({})
  })
})
