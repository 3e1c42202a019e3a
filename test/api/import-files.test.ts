import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { NOW, openTestApp, type TestApp } from '../harness/app.ts'
import { check, commit, faultsOf, hazardLedger, hazardRow } from '../harness/import-files.ts'

let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
})
afterAll(() => test.close())
beforeEach(async () => {
  test.setNow(NOW)
  await test.database.knex.raw('truncate hazards, sites, imports, number_series cascade')
})

const fixture = (name: string) => readFileSync(new URL(`../fixtures/imports/${name}`, import.meta.url))
const hazards = async () => (await test.get('analyst', '/api/hazards?sort=number')).json().items

describe('files that other programs wrote', () => {
  it('an .xlsx with a header of two rows, merges, Chinese dates, formulas, a sum and a hidden sheet', async () => {
    const report = await check(test, fixture('ledger.xlsx'), { fileName: 'ledger.xlsx' })
    expect(report).toMatchObject({
      format: 'xlsx',
      headerRow: 4,
      sheets: [
        { name: '台账', isRead: true, rowCount: 3 },
        { name: '字典', isRead: false, reason: '隐藏的工作表' },
      ],
      counts: { total: 3, new: 3, rejected: 0 },
    })
    expect(faultsOf(report)).toEqual([])
    await commit(test, report)
    expect(await hazards()).toMatchObject([
      {
        description: '灭火器过期',
        foundOn: '2025-06-01',
        sector: 'fire',
        geometry: { coordinates: [125.42, 43.86] },
      },
      { description: '疏散通道堆放货物', foundOn: '2025-06-02', sector: 'fire' },
      { description: '应急照明损坏', foundOn: '2025-06-03', sector: 'fire', isExample: true },
    ])
    const detail = (await test.get('analyst', `/api/hazards/${(await hazards())[1].id}`)).json()
    // the place is not in the list of sites: its name stays with the location
    expect(detail).toMatchObject({ site: null, locationText: '恒泰冷链（示例）' })
  })

  it('an old .xls, in which a formula without a stored value is an empty cell', async () => {
    const report = await check(test, fixture('ledger.xls'), { fileName: 'ledger.xls' })
    expect(report).toMatchObject({ format: 'xls', headerRow: 2, counts: { total: 2, new: 1, rejected: 1 } })
    expect(report.notes[0]).toContain('.xls 的合并单元格')
    expect(faultsOf(report)).toEqual(['4 error COORDINATES_INCOMPLETE 经度'])
  })
})

describe('a draft', () => {
  it('waits seven days for its commit, and is given up by the next upload after that', async () => {
    const draft = await check(test, await hazardLedger([hazardRow(1)]))
    const stateAfter = async (days: number) => {
      test.setNow(new Date(NOW.getTime() + days * 86_400_000))
      await check(test, await hazardLedger([hazardRow(2)]))
      return (await test.get('analyst', `/api/imports/${draft.id}`)).json().state
    }
    expect(await stateAfter(6)).toBe('checked')
    expect(await stateAfter(8)).toBe('discarded')
  })
})
