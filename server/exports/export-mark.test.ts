import { expect, it } from 'vitest'
import { readMark, writeMark } from './export-mark.ts'

it('reads back what an export says of itself, wherever it stands in the small print', () => {
  const mark = writeMark('hazards', new Date('2025-06-18T01:42:00.750Z'), 5)
  expect(mark).toBe('导出编号 YH-20250618014200-5')
  expect(readMark(`截至 2025-06-18；${mark}。改好可直接导入`)).toEqual({
    kind: 'hazards',
    at: '2025-06-18T01:42:00Z',
    rows: 5,
  })
})

it('takes nothing else for a mark', () => {
  for (const text of ['', '导出编号', '导出编号 XX-20250618014200-5', 'YH-2025-000123'])
    expect(readMark(text)).toBeNull()
})
