import { afterAll, describe, expect, it } from 'vitest'
import { closeBrowser, drawnFeatures, openAs, waitForMap } from './harness.ts'

afterAll(closeBrowser)

describe('a commander', () => {
  it('puts a drill on the map, and it stands in the list and on everybody’s map', async () => {
    const commander = await openAs('commander', { path: '/drills/new' })
    const { page } = commander
    await waitForMap(page)
    const title = `浏览器演练 ${Date.now()}`
    await page.getByPlaceholder('如：液氨卸车泄漏数字推演').fill(title)
    const map = page.locator('.maplibregl-canvas')
    const box = await map.boundingBox()
    if (!box) throw new Error('the map has no place on the page')
    await page.mouse.click(box.x + box.width * 0.6, box.y + box.height * 0.55)
    await page.getByText('已放在图上').first().waitFor()
    await page.getByRole('button', { name: '存为草稿' }).click()
    await page.getByText(title).first().waitFor()

    const { items } = await commander.ask<{
      items: { id: string; title: string; geometry: object | null }[]
    }>(`/api/drills?q=${encodeURIComponent(title)}`)
    expect(items).toHaveLength(1)
    expect(items[0]?.geometry).toMatchObject({ type: 'Point' })

    const analyst = await openAs('analyst')
    await waitForMap(analyst.page)
    await expect
      .poll(
        async () => (await drawnFeatures(analyst.page, 'drills/')).map((feature) => feature.properties.id),
        { timeout: 20_000 },
      )
      .toContain(items[0]?.id)
    expect(commander.faults).toEqual([])
  })

  it('has no way to import, and an officer none to plan a drill', async () => {
    const commander = await openAs('commander')
    await commander.page.getByRole('link', { name: '演练' }).first().waitFor()
    expect(await commander.page.getByRole('link', { name: '导入' }).count()).toBe(0)
    const officer = await openAs('officer-220171002', { path: '/drills' })
    await officer.page.getByText('演练').first().waitFor()
    expect(await officer.page.getByRole('button', { name: '新建演练' }).count()).toBe(0)
  })
})
