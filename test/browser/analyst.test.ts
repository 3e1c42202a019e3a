import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeBrowser, drawnFeatures, openAs, type Person, waitForMap } from './harness.ts'

describe('an analyst at the map', () => {
  let analyst: Person
  beforeAll(async () => {
    analyst = await openAs('analyst')
    await waitForMap(analyst.page)
  })
  afterAll(async () => {
    await closeBrowser()
  })

  const shownTotal = async () =>
    Number((await analyst.page.getByTestId('total').textContent())?.replaceAll(',', ''))
  const totalOf = async (words: string) =>
    (await analyst.ask<{ total: number }>(`/api/hazards?limit=1&${words}`)).total

  it('sees first what is not closed', async () => {
    await expect.poll(shownTotal).toBe(await totalOf('status=open'))
    expect(await analyst.page.locator('.app-header').textContent()).toContain('分析员 · 全区')
  })

  it('narrows down by pressing, and screen, address and map follow at once', async () => {
    const { page } = analyst
    await page.getByRole('button', { name: /^\s*[\d,]+\s*逾期\s*$/ }).click()
    await expect.poll(shownTotal).toBe(await totalOf('status=overdue'))
    const fire = page.locator('.facet-group li', { hasText: '消防' })
    await fire.hover()
    await fire.getByRole('button', { name: '只看消防' }).click()
    await expect.poll(shownTotal).toBe(await totalOf('status=overdue&sector=fire'))
    expect(new URL(page.url()).search).toContain('sector=fire')
    expect(new URL(page.url()).search).toContain('status=overdue')
    await waitForMap(page)
    const drawn = await drawnFeatures(page, 'hazards/')
    const singles = drawn.filter((feature) => feature.sourceLayer === 'hazards')
    expect(drawn.length).toBeGreaterThan(0)
    expect(
      singles.every((feature) => feature.properties.sector === 'fire' && feature.properties.overdue),
    ).toBe(true)
  })

  it('takes the rows along as a workbook', async () => {
    const [download] = await Promise.all([
      analyst.page.waitForEvent('download'),
      analyst.page.getByRole('button', { name: '导出' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/\.xlsx$/)
    expect(await download.failure()).toBeNull()
  })

  it('reads the list beside the map, and each selects in the other', async () => {
    const { page } = analyst
    await page.getByRole('button', { name: '对照列表' }).click()
    const rows = page.locator('.map-table tbody tr')
    await expect.poll(() => rows.count()).toBe(await shownTotal())
    const id = await rows.first().getAttribute('data-id')
    await rows.first().click()
    await expect.poll(() => rows.first().getAttribute('aria-selected')).toBe('true')
    await expect.poll(() => page.url()).toContain(`select=hazard:${id}`)
    await rows.first().press('Enter')
    const drawer = page.locator('.hazard-drawer')
    await drawer.waitFor()
    const hazard = await analyst.ask<{ number: string; description: string }>(`/api/hazards/${id}`)
    await expect.poll(() => drawer.textContent()).toContain(hazard.number)
    expect(await drawer.textContent()).toContain(hazard.description)
  })

  it('opens what is clicked on the map', async () => {
    const { page } = analyst
    const { items } = await analyst.ask<{
      items: { id: string; geometry: { coordinates: [number, number] } | null }[]
    }>('/api/hazards?status=open&limit=50')
    const hazard = items.find((one) => one.geometry)
    const [lng, lat] = hazard?.geometry?.coordinates ?? [0, 0]
    await page.goto(`${analyst.url}/?status=open&layers=hazards,areas,base&at=18/${lat}/${lng}`)
    await waitForMap(page)
    const find = async () =>
      (await drawnFeatures(page, 'hazards/open')).find((feature) => feature.properties.id === hazard?.id)
    await expect.poll(find).toBeTruthy()
    const at = (await find())?.at ?? { x: 0, y: 0 }
    await page.locator('.maplibregl-canvas').click({ position: at })
    // where several lie on one spot, the page asks which one
    const choice = page.locator('.pick-list')
    const drawer = page.locator('.hazard-drawer')
    await Promise.race([choice.waitFor(), drawer.waitFor()])
    if (await choice.isVisible()) await choice.getByRole('button').first().click()
    await drawer.waitFor()
    await expect.poll(() => page.url()).toContain('select=hazard:')
  })

  it('comes back to the same view by its link', async () => {
    const link = '/?sector=fire&status=overdue&list=1&at=13/43.84/125.4'
    const other = await openAs('analyst', { path: link })
    await waitForMap(other.page)
    const total = (await other.ask<{ total: number }>('/api/hazards?limit=1&sector=fire&status=overdue'))
      .total
    await expect.poll(() => other.page.getByTestId('total').textContent()).toBe(String(total))
    await other.page.locator('.map-table').waitFor()
    const zoom = await other.page.evaluate('window.__hazardMap.getZoom()')
    expect(zoom).toBeCloseTo(13, 1)
    expect(other.faults).toEqual([])
    await other.context.close()
  })

  it('made no fault on the way, and asked no other host', () => {
    expect(analyst.faults).toEqual([])
  })
})
