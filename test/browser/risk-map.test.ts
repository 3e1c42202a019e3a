import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Hexagons, RiskAreas } from '../../server/risk-map/schema.ts'
import { closeBrowser, drawnFeatures, openAs, type Person, PHONE, waitForMap } from './harness.ts'

const numberIn = (text: string | null | undefined) => Number((text ?? '').replaceAll(/[^\d.]/g, ''))

describe('an analyst at the four-colour map', () => {
  let analyst: Person
  beforeAll(async () => {
    analyst = await openAs('analyst')
    await waitForMap(analyst.page)
  })
  afterAll(closeBrowser)

  const drawnIds = async (layer: string) => {
    const drawn = await drawnFeatures(analyst.page, layer)
    return [...new Set(drawn.map((feature) => String(feature.properties.id)))].sort()
  }
  const rows = () => analyst.page.locator('.surface-table tbody tr')

  it('switches the hexagons on, and the map draws each that the server counts', async () => {
    const { page } = analyst
    await page.getByRole('tab', { name: /图层/ }).click()
    await page.getByRole('checkbox', { name: '六边形网格' }).check()
    await page.getByRole('radio', { name: '隐患数' }).check()
    await expect.poll(() => page.url()).toContain('measure=hazards')
    const grid = await analyst.ask<Hexagons>('/api/risk-map/hexagons?measure=hazards&status=open')
    const ids = grid.items.filter((item) => item.hazards > 0).map((item) => item.id)
    await expect.poll(() => drawnIds('hexagons/fill'), { timeout: 15_000 }).toEqual(ids.sort())
    expect(await page.locator('.map-legend').textContent()).toContain('网格密度 · 隐患数')
    expect(await page.locator('.maplibregl-canvas').getAttribute('aria-label')).toContain(`${ids.length} 格`)
  })

  it('reads the same as a table, whose sums are the one number of the page', async () => {
    const { page } = analyst
    await page.getByRole('button', { name: '对照列表' }).click()
    const total = numberIn(await page.getByTestId('total').textContent())
    await expect.poll(() => page.locator('.surface-table h2').textContent()).toContain(`隐患 ${total} 处`)
    const counts = await rows().locator('td:nth-child(2)').allTextContents()
    const sums = await page.locator('.surface-table tfoot td:nth-child(2)').allTextContents()
    const add = (texts: string[]) => texts.reduce((sum, text) => sum + numberIn(text), 0)
    expect(add(counts)).toBe(numberIn(sums[0]))
    expect(add(sums)).toBe(total)
  })

  it('follows what somebody else enters meanwhile', async () => {
    const { page } = analyst
    const before = numberIn(await page.getByTestId('total').textContent())
    const [cell] = (await analyst.ask<Hexagons>('/api/risk-map/hexagons?measure=hazards')).items
    const other = await openAs('admin')
    const reply = await other.context.request.post(`${other.url}/api/hazards`, {
      data: {
        description: '网格内新发现（示例）',
        sector: 'fire',
        severity: 'general',
        foundOn: new Date().toISOString().slice(0, 10),
        geometry: { type: 'Point', coordinates: cell?.center },
      },
    })
    expect(reply.status(), await reply.text()).toBe(201)
    await expect
      .poll(() => page.locator('.surface-table h2').textContent(), { timeout: 15_000 })
      .toContain(`隐患 ${before + 1} 处`)
    await other.context.close()
  })

  it('selects a row on the map, and opens the very sites that lie in it', async () => {
    const { page } = analyst
    await page.getByRole('radio', { name: '场所数' }).check()
    await expect.poll(() => page.locator('.surface-table h2').textContent()).toContain('场所')
    await page.getByRole('button', { name: '场所', exact: true }).click()
    const first = rows().first()
    const id = await first.getAttribute('data-id')
    const sites = numberIn(await first.locator('td').nth(2).textContent())
    expect(sites).toBeGreaterThan(1)
    await first.click()
    await expect.poll(() => page.url()).toContain(`select=hexagon:${id}`)
    await expect.poll(() => drawnIds('hexagons/chosen'), { timeout: 15_000 }).toContain(id)
    await first.press('Enter')
    const here = page.getByTestId('cell-sites').getByRole('button')
    await expect.poll(() => here.count()).toBe(sites)
    await page.getByRole('link', { name: `打开风险清单（${sites} 处）` }).click()
    await page.waitForURL(/\/risk-list/)
    await expect.poll(() => page.locator('tbody tr').count()).toBe(sites)
    await page.goBack()
  })

  it('colours the areas by the rule chosen, one surface at a time', async () => {
    const { page } = analyst
    await page.goto(`${analyst.url}/?layers=hexagons,areas,base&status=open`)
    await waitForMap(page)
    await page.getByRole('tab', { name: /图层/ }).click()
    await page.getByRole('checkbox', { name: '辖区四色' }).check()
    await expect.poll(() => page.getByRole('checkbox', { name: '六边形网格' }).isChecked()).toBe(false)
    await page.getByRole('radio', { name: /加权密度/ }).check()
    const map = await analyst.ask<RiskAreas>('/api/risk-map/areas?rule=weighted')
    const levels = async () =>
      Object.fromEntries(
        (await drawnFeatures(page, 'risk-areas/fill')).map(({ properties }) => [
          properties.id,
          properties.level,
        ]),
      )
    await expect
      .poll(levels, { timeout: 15_000 })
      .toEqual(Object.fromEntries(map.items.map((item) => [item.code, item.level ?? undefined])))
    const legend = await page.locator('.map-legend').textContent()
    expect(legend).toContain('辖区四色')
    expect(legend).toContain('待核')
    expect(legend).toContain('示意边界')
    expect(new URL(page.url()).searchParams.get('rule')).toBe('weighted')
  })

  it('reads on a click why an area has its level', async () => {
    const { page } = analyst
    const map = await analyst.ask<RiskAreas>('/api/risk-map/areas?rule=weighted')
    const area = map.items[0]
    const at = await page.evaluate<{ x: number; y: number }>(
      `(({ x, y }) => ({ x, y }))(window.__hazardMap.project(${JSON.stringify(area?.anchor)}))`,
    )
    await page.locator('.maplibregl-canvas').click({ position: at })
    const drawer = page.locator('.side-drawer')
    await drawer.waitFor()
    await expect.poll(() => drawer.textContent()).toContain(area?.why)
    expect(await drawer.textContent()).toContain(area?.name)
  })

  it('finds the table on a phone too', async () => {
    const phone = await openAs('analyst', { path: '/?layers=risk-areas,base&status=open', viewport: PHONE })
    await phone.page.getByRole('button', { name: '展开' }).click()
    await expect.poll(() => phone.page.locator('.surface-table tbody tr').count()).toBeGreaterThan(3)
    expect(phone.faults).toEqual([])
    await phone.context.close()
  })

  it('made no fault on the way, and asked no other host', () => {
    expect(analyst.faults).toEqual([])
  })
})
