import axe from 'axe-core'
import { afterAll, describe, expect, it } from 'vitest'
import { closeBrowser, DESKTOP, EAST_OFFICER, openAs, PHONE } from './harness.ts'

afterAll(() => closeBrowser())

interface Listed {
  items: { id: string; name: string; riskLevel: number | null; geometry: object | null }[]
}

describe('the page of a place', () => {
  it('takes a unit with 18 t of ammonia: S and R while typing, then the level, its steps and its history', async () => {
    const { page, ask, faults } = await openAs('analyst', { path: '/sites' })
    const lesser = await ask<Listed>('/api/sites?sector=chemicals&riskLevel=3,4&limit=50&sort=name')
    const site = lesser.items.find(({ geometry }) => geometry !== null)
    if (!site) throw new Error('no lesser chemical site')
    await page.goto(new URL(`/sites/${site.id}`, page.url()).href)
    await page.getByRole('button', { name: '登记单元' }).click()
    const dialog = page.getByRole('dialog', { name: '登记单元' })
    await dialog.getByPlaceholder('名称，如 液氨储罐区').fill('新建液氨储罐区')
    await dialog.getByPlaceholder('名称、俗名或 CAS 号').fill('液氨')
    await page
      .getByRole('option', { name: /氨.*7664-41-7/ })
      .first()
      .click()
    await dialog.getByPlaceholder('设计最大量').fill('18')
    const result = dialog.getByRole('region', { name: '结果' })
    await expect.poll(() => result.textContent()).toContain('1.8')
    await dialog.getByRole('button', { name: '保存单元' }).click()
    await page.getByText(/已保存，S = 1.8，R = /).waitFor()

    const unit = page
      .locator('#units article', { hasText: '新建液氨储罐区' })
      .or(page.locator('.units-section article', { hasText: '新建液氨储罐区' }))
    await expect.poll(() => unit.first().textContent()).toContain('S = 1.8')
    await expect.poll(() => page.locator('.head .risk-plate').textContent()).toContain('重大')
    const card = page.locator('.risk-card', { hasText: '由单元「新建液氨储罐区」得出' })
    await card.getByRole('button', { name: /看算式步骤/ }).click()
    expect(await card.textContent()).toContain('500 m 内人数由防护目标和人口图层数得')
    const history = page.locator('.level-history')
    await history.getByRole('button', { name: '表格' }).click()
    await expect.poll(() => history.textContent()).toContain('新建液氨储罐区')
    expect(faults).toEqual([])
  })

  it('keeps the assessment before when it is made again', async () => {
    const { page, ask } = await openAs('analyst')
    const listed = await ask<Listed>('/api/sites?sector=small_place&riskLevel=4&limit=1&sort=name')
    await page.goto(new URL(`/sites/${listed.items[0]?.id}`, page.url()).href)
    await page.getByRole('button', { name: '评估风险' }).click()
    const dialog = page.getByRole('dialog', { name: '评估风险' })
    await dialog.getByLabel('风险点名称').fill('夜间充电')
    for (const value of ['3 可能，但不经常', '6 每天工作时间内暴露', '15 1～2 人死亡']) {
      await dialog.getByText(value.split(' ').slice(1).join(' '), { exact: true }).click()
    }
    await expect
      .poll(() => dialog.getByRole('region', { name: '结果' }).textContent())
      .toContain('D=3×6×15=270')
    await dialog.getByRole('button', { name: '保存评估' }).click()
    await page.getByText('已保存，等级 2 较大').waitFor()

    await page.getByRole('button', { name: '重新评估 夜间充电' }).click()
    const again = page.getByRole('dialog', { name: '重新评估：夜间充电' })
    await again.getByText('极不可能', { exact: true }).click()
    await again.getByRole('button', { name: '保存为新评估' }).click()
    await page.getByText('已保存，等级 4 低').waitFor()
    const card = page.locator('.risk-card', { hasText: '夜间充电' })
    await card.getByRole('button', { name: '此前评估 1 次' }).click()
    expect(await card.textContent()).toContain('D=3×6×15=270')
  })

  it('lets an officer enter a check on the phone', async () => {
    const { page, ask } = await openAs(EAST_OFFICER, { viewport: PHONE })
    const own = await ask<Listed>('/api/sites?limit=1&sort=name')
    await page.goto(new URL(`/sites/${own.items[0]?.id}`, page.url()).href)
    await page.getByRole('button', { name: '登记检查' }).click()
    const dialog = page.getByRole('dialog', { name: '登记检查' })
    await dialog.getByLabel('说明').fill('灭火器在有效期内')
    await dialog.getByRole('button', { name: '登记检查' }).click()
    await page.getByText(/已登记 .* 的检查/).waitFor()
    await expect.poll(() => page.locator('.site-checks').textContent()).toContain('灭火器在有效期内')
    expect(await page.getByRole('button', { name: '评估风险' }).count()).toBe(0)
  })

  it.each([
    { name: 'a desktop', username: 'analyst', viewport: DESKTOP },
    { name: 'a phone', username: EAST_OFFICER, viewport: PHONE },
  ])('has no accessibility fault on $name', async ({ username, viewport }) => {
    const { page, ask, faults } = await openAs(username, { viewport })
    const listed = await ask<Listed>('/api/sites?sector=chemicals&limit=1')
    await page.goto(new URL(`/sites/${listed.items[0]?.id}`, page.url()).href)
    await page.locator('.risk-card').first().waitFor()
    await page.waitForLoadState('networkidle')
    await page.evaluate(axe.source)
    const { violations } = await page.evaluate<{ violations: axe.Result[] }>(
      `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] })`,
    )
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html.slice(0, 160)])).toEqual([])
    expect(faults).toEqual([])
  })
})
