import { readXlsx } from 'hucre/xlsx'
import { describe, expect, it } from 'vitest'
import type { ExportTable } from './table.ts'
import { writeTables } from './workbook-thread.ts'

/** A table of so many rows in batches of a hundred; `left` tells how far it was read when its reader went. */
function makeTable(rowCount: number, onBatch?: (index: number) => void) {
  const state = { batches: 0, isLeft: false }
  const table: ExportTable = {
    head: { sheetName: '台账', title: '台账', columns: [{ header: '号', kind: 'number' }, { header: '文' }] },
    batches: async function* () {
      try {
        for (let start = 0; start < rowCount; start += 100) {
          onBatch?.(state.batches++)
          yield Array.from({ length: 100 }, (_, index) => [start + index + 1, `第 ${start + index + 1} 行`])
        }
      } finally {
        state.isLeft = true
      }
    },
  }
  return { table, state }
}

describe('a workbook', () => {
  it('is the same whether it is written here or in a thread of its own', async () => {
    const { signal } = new AbortController()
    for (const rowCount of [300, 400]) {
      const bytes = await writeTables([makeTable(rowCount).table], rowCount, signal)
      const rows = (await readXlsx(bytes)).sheets[0]?.rows ?? []
      expect(rows.slice(0, 3)).toEqual([
        ['台账', null],
        ['号', '文'],
        [1, '第 1 行'],
      ])
      expect(rows.at(-1)).toEqual([rowCount, `第 ${rowCount} 行`])
      expect(rows.length).toBe(rowCount + 2)
    }
  })

  it('is given up when nobody waits for it, and the next one in line is written', async () => {
    const left = new AbortController()
    const { table, state } = makeTable(10_000, (index) => {
      if (index === 2) left.abort()
    })
    const given = writeTables([table], 10_000, left.signal)
    const next = writeTables([makeTable(400).table], 400, new AbortController().signal)
    await expect(given).rejects.toThrow('aborted')
    expect(state).toEqual({ batches: 3, isLeft: true })
    expect((await readXlsx(await next)).sheets[0]?.rows.length).toBe(402)
  })
})
