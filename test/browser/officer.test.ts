import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import { closeBrowser, drawnFeatures, EAST_OFFICER, openAs, PHONE, waitForMap } from './harness.ts'

interface HazardItem {
  id: string
  number: string
  description: string
  status: string
  version: number
  area: { code: string } | null
  geometry: { coordinates: [number, number] } | null
}
type HazardList = { items: HazardItem[]; total: number }

afterAll(closeBrowser)

const photo = () =>
  sharp({ create: { width: 640, height: 480, channels: 3, background: '#99aabb' } })
    .jpeg()
    .toBuffer()

describe('an officer on the phone', () => {
  it('comes to the list of their own area, overdue first', async () => {
    const officer = await openAs(EAST_OFFICER, { viewport: PHONE })
    await officer.page.getByText('我的隐患').first().waitFor()
    const { items, total } = await officer.ask<HazardList>('/api/hazards?limit=1000')
    expect(total).toBeGreaterThan(50)
    expect(new Set(items.map((item) => item.area?.code))).toEqual(new Set(['220171001']))
    const everything = await (await openAs('analyst')).ask<HazardList>('/api/hazards?limit=1')
    expect(total).toBeLessThan(everything.total)
    const first = officer.page.locator('article').first()
    await first.waitFor()
    expect(await first.innerText()).toContain('逾期')
    expect(officer.faults).toEqual([])
  })

  it('moves a hazard to 待复查 with a photo, and an analyst’s open map shows it within two seconds', async () => {
    const officer = await openAs(EAST_OFFICER, { viewport: PHONE })
    const { items } = await officer.ask<HazardList>('/api/hazards?status=rectifying&limit=50')
    const hazard = items.find((item) => item.geometry !== null)
    if (!hazard?.geometry) throw new Error('the demonstration has no hazard in rectification here')
    const [lng, lat] = hazard.geometry.coordinates
    const analyst = await openAs('analyst', { path: `/?select=hazard:${hazard.id}&at=18/${lat}/${lng}` })
    await waitForMap(analyst.page)
    const drawnStatus = async () =>
      (await drawnFeatures(analyst.page, 'hazards/')).find((feature) => feature.properties.id === hazard.id)
        ?.properties.status
    await expect.poll(drawnStatus).toBe('rectifying')
    const drawer = analyst.page
      .locator('aside, [role=complementary]')
      .filter({ hasText: hazard.number })
      .last()
    await drawer.getByText('整改中').first().waitFor()

    await officer.page.goto(`${officer.url}/rectification/${hazard.id}?act=submit`)
    const image = await photo()
    await officer.page
      .locator('input[type=file]')
      .last()
      .setInputFiles({ name: '整改后.jpg', mimeType: 'image/jpeg', buffer: image })
    await officer.page
      .getByText('照片已保存')
      .or(officer.page.locator('img[src*="photos"]'))
      .first()
      .waitFor()
    await officer.page.locator('textarea').first().fill('已清理完毕，请复查')
    await officer.page.getByRole('button', { name: '提交复查' }).last().click()
    await officer.page.getByText('待复查').first().waitFor()
    const submittedAt = Date.now()
    await Promise.all([
      drawer.getByText('待复查').first().waitFor({ timeout: 2_000 }),
      expect.poll(drawnStatus, { timeout: 2_000, interval: 50 }).toBe('submitted'),
    ])
    expect(Date.now() - submittedAt).toBeLessThan(2_000)

    const after = await officer.ask<HazardItem>(`/api/hazards/${hazard.id}`)
    expect(after.status).toBe('submitted')
    const photos = await officer.ask<{ total: number }>(`/api/hazards/${hazard.id}/photos`)
    expect(photos.total).toBe(1)
    expect(officer.faults).toEqual([])
    expect(analyst.faults).toEqual([])
  })

  it('is answered 404 for a hazard of another area, on screen too', async () => {
    const analyst = await openAs('analyst')
    const { items } = await analyst.ask<HazardList>('/api/hazards?area=220171002&limit=1')
    const officer = await openAs(EAST_OFFICER, { viewport: PHONE, path: `/rectification/${items[0]?.id}` })
    await officer.page.getByText('没有这处隐患').first().waitFor()
    const reply = await officer.context.request.get(`${officer.url}/api/hazards/${items[0]?.id}`)
    expect(reply.status()).toBe(404)
  })
})
