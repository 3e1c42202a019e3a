import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeBrowser, EAST_OFFICER, openAs, type Person, PHONE } from './harness.ts'

interface Gaps {
  total: number
  kinds: Record<string, number>
  items: { id: string; site: { name: string } }[]
}
const figure = (text: string | null) => Number(/[\d,]+/.exec(text ?? '')?.[0].replaceAll(',', ''))

describe('the responsibility gaps', () => {
  let analyst: Person
  beforeAll(async () => {
    analyst = await openAs('analyst', { path: '/risk-list?sector=fire' })
  })
  afterAll(closeBrowser)

  const shownTotal = async () => figure(await analyst.page.getByTestId('gap-total').textContent())

  it('open from the risk list with the same filter and the same numbers', async () => {
    const { page } = analyst
    const line = page.getByRole('link', { name: /未明确责任人/ })
    const told = figure(await line.textContent())
    await line.click()
    await page.waitForURL(/\/gaps\?/)
    expect(new URL(page.url()).searchParams.get('sector')).toBe('fire')
    const gaps = await analyst.ask<Gaps>('/api/gaps?sector=fire')
    expect(gaps.kinds.no_person).toBe(told)
    await expect.poll(shownTotal).toBe(told)
    const card = page.locator('[data-kind="no_person"] .figure')
    expect(figure(await card.textContent())).toBe(told)
  })

  it('have in each cell of the matrix as many places as the cell opens', async () => {
    const { page } = analyst
    await page.goto(`${analyst.url}/gaps?kind=no_drill`)
    const cell = page.locator('[data-cell]').first()
    const count = figure(await cell.textContent())
    const name = await cell.getAttribute('data-cell')
    await cell.click()
    await expect.poll(shownTotal).toBe(count)
    const words = new URL(page.url()).searchParams
    expect(`${words.get('area')}/${words.get('sector')}`).toBe(name)
    await expect.poll(() => page.locator('.gap-table tbody tr').count()).toBe(Math.min(count, 50))
  })

  it('choose each other in list and map, and come back by the link', async () => {
    const { page } = analyst
    await page.goto(`${analyst.url}/gaps`)
    await page.locator('.gap-map .cluster').first().waitFor()
    const row = page.locator('.gap-table tbody tr').first()
    const id = await row.getAttribute('data-id')
    await row.click({ position: { x: 300, y: 12 } })
    await expect.poll(() => page.url()).toContain(`site=${id}`)
    const again = await openAs('analyst', { path: new URL(page.url()).pathname + new URL(page.url()).search })
    await again.page.locator(`tr[data-id="${id}"].is-selected`).waitFor()
    expect(again.faults).toEqual([])
    await again.context.close()
  })

  it('are gone for a place that an officer has checked', async () => {
    const officer = await openAs(EAST_OFFICER, { path: '/gaps?kind=no_check', viewport: PHONE })
    const { items, total } = await officer.ask<Gaps>('/api/gaps?kind=no_check')
    const card = officer.page.locator('.gap-cards > li').first()
    await card.getByRole('link', { name: '登记检查' }).waitFor()
    const site = items[0]?.id ?? ''
    const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
    const reply = await officer.context.request.post(`${officer.url}/api/sites/${site}/checks`, {
      data: { checkedOn: day, checkedBy: '李示例', outcome: 'nothing_found' },
    })
    expect(reply.status(), await reply.text()).toBe(201)
    await expect
      .poll(async () => figure(await officer.page.getByTestId('gap-total').textContent()), {
        timeout: 10_000,
      })
      .toBe(total - 1)
    expect(await officer.page.locator(`[data-id="${site}"]`).count()).toBe(0)
    expect(officer.faults).toEqual([])
    await officer.context.close()
  })

  it('tell an administrator what other limits would do before they are saved', async () => {
    const admin = await openAs('admin', { path: '/settings/gaps' })
    const { page } = admin
    await page.getByLabel('1 重大').fill('1')
    await page.getByText(/处将列入「超期未检查」/).waitFor()
    await page.getByRole('button', { name: '恢复到已保存的' }).click()
    await page.getByText('还没有改动。').waitFor()
    expect(admin.faults).toEqual([])
    await admin.context.close()
  })

  it('made no fault on the way, and asked no other host', () => {
    expect(analyst.faults).toEqual([])
  })
})
