import { afterAll, describe, expect, it } from 'vitest'
import { closeBrowser, openAs } from './harness.ts'

afterAll(closeBrowser)

describe('the risk calculator', () => {
  it('works out 18 t of ammonia beside 60 people, and offers names for a wrong one', async () => {
    const { page, faults } = await openAs('analyst', { path: '/risk-list' })
    await page.getByRole('link', { name: '风险计算器' }).click()
    await page.getByRole('button', { name: 'GB 18218 重大危险源' }).click()
    await page.getByLabel('500 m 内常住人口').fill('60')
    await page.getByLabel('单元 1', { exact: true }).and(page.getByRole('textbox')).fill('液氨储罐区')
    const substance = page.getByRole('combobox', { name: '第 1 种物质' }).first()
    await substance.fill('液氨')
    await page.getByRole('option', { name: /^氨/ }).click()
    await page.getByLabel('第 1 种物质的设计最大量').fill('18')

    const result = page.getByRole('region', { name: '结果' })
    await result.getByText('R=1.5×2×1.8=5.4', { exact: true }).waitFor()
    await result.getByText('四级重大危险源').first().waitFor()
    await result.getByText('S=Σ q/Q=1.8，不小于 1').waitFor()
    await page.getByText('S = 1.8', { exact: true }).waitFor()

    // the link brings the same calculation back
    await page.reload()
    await result.getByText('R=1.5×2×1.8=5.4', { exact: true }).waitFor()

    // a name that the table does not have: near ones are offered while typing and by the refusal
    await substance.fill('液按')
    await page
      .getByRole('option', { name: /名称相近/ })
      .first()
      .waitFor()
    await page.getByRole('option', { name: /表1 未列/ }).click()
    await page.getByText('表1 没有「液按」，名称相近的有').waitFor()
    await page.getByRole('button', { name: '液氨', exact: true }).click()
    await result.getByText('R=1.5×2×1.8=5.4', { exact: true }).waitFor()
    expect(faults).toEqual([])
  })

  it('is worked by keyboard on the matrix, with its set named', async () => {
    const { page, faults } = await openAs('commander', { path: '/assess?method=ls' })
    await page.getByRole('button', { name: /^L 1 .*S 1 / }).focus()
    for (const key of ['ArrowRight', 'ArrowUp', 'ArrowUp', 'ArrowUp', 'Enter']) await page.keyboard.press(key)
    const result = page.getByRole('region', { name: '结果' })
    await result.getByText('R=2×4=8', { exact: true }).waitFor()
    await result.getByText('为 4 级低').waitFor()
    await page.getByLabel('阈值方案').selectOption('B')
    await result.getByText('为 3 级一般').waitFor()
    await result.getByText('阈值方案「B（17/13/8）」待核').waitFor()
    expect(new URL(page.url()).search).toContain('thresholdSet=B')
    expect(faults).toEqual([])
  })

  it('goes by what an administrator has set', async () => {
    const { page, ask, faults } = await openAs('admin', { path: '/settings/risk-methods' })
    await page.getByLabel('归下一级').check()
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await page.getByText('归下一级（D>320 为重大）；LS 默认').waitFor()
    const methods = await ask<{ lec: { endsGoTo: string } }>('/api/risk/methods')
    expect(methods.lec.endsGoTo).toBe('lower')
    await page.goto(`${new URL(page.url()).origin}/assess?method=lec&l=10&e=1&c=7`)
    await page.getByText('按本系统设置归下一级').waitFor()
    // as it was for the other tests
    await page.goto(`${new URL(page.url()).origin}/settings/risk-methods`)
    await page.getByLabel('归上一级').check()
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await page.getByText('归上一级（D≥320 为重大）；LS 默认').waitFor()
    expect(faults).toEqual([])
  })
})
