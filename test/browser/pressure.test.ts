import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeBrowser, openAs, type Person } from './harness.ts'

interface Listed {
  items: {
    id: string
    name: string
    rank: number
    pressure: { score: number; factors: { value: number }[] }
  }[]
  total: number
}

describe('the current pressure', () => {
  let admin: Person
  beforeAll(async () => {
    admin = await openAs('admin', { path: '/risk-list' })
  })
  afterAll(() => closeBrowser())

  const first = async () => (await admin.ask<Listed>('/api/risk-list?limit=1')).items[0]

  it('stands beside the inherent level, and opens factor by factor', async () => {
    const { page } = admin
    const row = page.locator('.risk-table tbody tr').first()
    const top = await first()
    await expect.poll(() => row.textContent()).toContain(top?.pressure.score.toFixed(1))
    await row.click()
    const factors = page.locator('.pressure-factors')
    await factors.waitFor()
    const text = (await factors.textContent()) ?? ''
    expect(text).toContain(top?.pressure.factors.map(({ value }) => value).join(' × '))
    expect(text).toContain('本系统方法')
  })

  it('orders the list by itself when asked, and keeps the rank', async () => {
    const { page } = admin
    await page.getByRole('button', { name: '当前压力' }).click()
    const { items } = await admin.ask<Listed>('/api/risk-list?limit=3&sort=-pressure')
    const names = () => page.locator('.risk-table tbody .name').allTextContents()
    await expect.poll(async () => (await names()).slice(0, 3)).toEqual(items.map(({ name }) => name))
  })

  it('follows the keys, however quickly they are pressed', async () => {
    const { page } = admin
    await page.keyboard.press('Escape')
    await expect.poll(() => page.locator('.why-drawer').count()).toBe(0)
    await Promise.all([page.keyboard.press('ArrowDown'), page.keyboard.press('ArrowDown')])
    await page.keyboard.press('ArrowDown')
    const third = page.locator('.risk-table tbody tr').nth(2)
    await expect.poll(() => third.getAttribute('aria-current')).toBe('true')
    // back to a place whose reasons are open
    await page.locator('.risk-table tbody tr').first().click()
  })

  it('shows what other weights would reorder before they are saved, then reorders', async () => {
    const { page } = admin
    const { total } = await admin.ask<Listed>('/api/risk-list?limit=1')
    await page.getByRole('link', { name: '权重设置' }).click()
    const share = page.getByLabel('隐患系数')
    await share.fill('0')
    const moves = page.locator('.rank-moves .sum')
    await expect
      .poll(() => moves.textContent())
      .toMatch(new RegExp(`^\\s*${total} 处场所中 [\\d,]+ 处改变排名\\s*$`))
    const before = await first()
    await page.getByRole('button', { name: '保存权重' }).click()
    await expect.poll(async () => (await first())?.pressure.factors[1]?.value).toBe(1)
    await page.getByText('填入初始值').click()
    await page.locator('.rank-moves .sum').waitFor()
    await page.getByRole('button', { name: '保存权重' }).click()
    await expect.poll(async () => (await first())?.pressure.score).toBe(before?.pressure.score)
    expect(admin.faults).toEqual([])
  })

  it('can be read by an officer, who cannot change it', async () => {
    const officer = await openAs('officer-220171001', { path: '/settings/pressure' })
    await officer.page.getByText('权重由管理员设定，这里只能查看。').waitFor()
    expect(await officer.page.getByRole('button', { name: '保存权重' }).count()).toBe(0)
    await officer.context.close()
  })
})
