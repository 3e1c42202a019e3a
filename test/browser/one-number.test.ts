import { readXlsx } from 'hucre'
import { afterAll, describe, expect, it } from 'vitest'
import { closeBrowser, drawnFeatures, EAST_OFFICER, openAs, type Person, waitForMap } from './harness.ts'

interface Page {
  total: number
  items: { geometry: unknown }[]
}

const WORKBOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** How many hazards the symbols on the screen stand for. */
async function countDrawn({ page }: Person): Promise<number> {
  const drawn = await drawnFeatures(page, 'hazards/')
  const singles = new Set(
    drawn.filter((feature) => feature.sourceLayer === 'hazards').map((feature) => feature.id),
  )
  const cells = drawn.filter((feature) => feature.sourceLayer === 'cells')
  return singles.size + cells.reduce((sum, cell) => sum + Number(cell.properties.n), 0)
}

async function countRows({ context, url }: Person, words: string): Promise<number> {
  const reply = await context.request.get(`${url}/api/hazards.xlsx?${words}`)
  expect(reply.headers()['content-type']).toBe(WORKBOOK)
  const workbook = await readXlsx(await reply.body())
  const rows = workbook.sheets[0]?.rows ?? []
  return rows.filter((row) => row.some((cell) => /^YH-\d{4}-\d{6}$/.test(String(cell)))).length
}

describe('the same filter', () => {
  afterAll(closeBrowser)

  it.each([
    ['analyst', 'status=open'],
    ['analyst', 'sector=fire&status=overdue'],
    [EAST_OFFICER, 'status=open'],
    ['fire-inspector', 'severity=major,suspected_major'],
  ])(
    'gives %s one number for %s in list, summary, export, on the map and on the screen',
    async (username, words) => {
      const person = await openAs(username, { path: `/?${words}` })
      const list = await person.ask<Page>(`/api/hazards?${words}&limit=1000`)
      const summary = await person.ask<{ items: { count: number }[] }>(`/api/summary?by=area,sector&${words}`)
      const file = await person.ask<{ features: unknown[] }>(`/api/hazards.geojson?${words}`)
      const located = list.items.filter((hazard) => hazard.geometry !== null).length

      expect(list.total).toBeGreaterThan(0)
      expect(summary.items.reduce((sum, item) => sum + item.count, 0)).toBe(list.total)
      expect(file.features).toHaveLength(list.total)
      expect(await countRows(person, words)).toBe(list.total)
      await waitForMap(person.page)
      const shown = person.page.getByTestId('total')
      await expect.poll(() => shown.textContent()).toBe(list.total.toLocaleString('en'))
      await expect.poll(() => countDrawn(person)).toBe(located)
      expect(await person.page.locator('.count-card .parts').textContent()).toContain(`地图 ${located}`)
      expect(person.faults).toEqual([])
      await person.context.close()
    },
  )
})
