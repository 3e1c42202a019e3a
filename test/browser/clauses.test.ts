import { afterAll, describe, expect, it } from 'vitest'
import { closeBrowser, openAs, PHONE } from './harness.ts'

interface HazardItem {
  id: string
  number: string
  sector: string
  severity: string
  clause: { id: string; confirmed: boolean } | null
}
type HazardList = { items: HazardItem[]; total: number }

afterAll(closeBrowser)

describe('the clause library', () => {
  it('is searched, and what is chosen stands in the address and comes back', async () => {
    const analyst = await openAs('analyst', { path: '/clauses' })
    const { page } = analyst
    await page.getByText('共 364 条').waitFor()
    await page.getByLabel('查找').fill('磷化氢')
    await page.getByText('共 1 条').waitFor()
    await page.getByRole('button', { name: '第十条 （一）' }).click()
    const drawer = page.getByRole('complementary', { name: '条款 GM-10-01' })
    await drawer.getByText('应急管理部令第10号').first().waitFor()
    await drawer.getByText('2023-05-15').first().waitFor()
    // what is confirmed is the word of an administrator alone
    expect(await drawer.getByRole('button', { name: /核对/ }).count()).toBe(0)
    await page.reload()
    await page.getByText('共 1 条').waitFor()
    await drawer.getByText('适用场所').waitFor()
    expect(analyst.faults).toEqual([])
  })

  it('fits the phone', async () => {
    const officer = await openAs('officer-220171001', { path: '/rectification', viewport: PHONE })
    await officer.page.getByText('我的隐患').first().waitFor()
    await officer.page.goto(`${officer.url}/clauses?sector=gas`)
    await officer.page.getByText('共 22 条').waitFor()
    const width = await officer.page.evaluate<number>('document.documentElement.scrollWidth')
    expect(width).toBeLessThanOrEqual(PHONE.width)
    expect(officer.faults).toEqual([])
  })
})

describe('an administrator and an inspector', () => {
  it('confirm a clause with its source, and judge by it what was suspected', async () => {
    const admin = await openAs('admin', { path: '/clauses?sector=fire&q=FD-6.5&id=FD-6.5' })
    const clauseDrawer = admin.page.getByRole('complementary', { name: '条款 FD-6.5' })
    await clauseDrawer.getByText('待核').first().waitFor()

    // found while the edition of 2017 was in force, and suspected by an analyst
    const analyst = await openAs('analyst')
    const reply = await analyst.context.request.post(`${analyst.url}/api/hazards`, {
      data: {
        description: '地下室存放甲类化学品（示例）',
        sector: 'fire',
        severity: 'suspected_major',
        foundOn: '2025-09-01',
      },
    })
    expect(reply.status()).toBe(201)
    const hazard: HazardItem = await reply.json()

    const inspector = await openAs('fire-inspector', { path: `/?select=hazard:${hazard.id}` })
    const drawer = inspector.page.getByRole('complementary', { name: '隐患详情' })
    await drawer.getByRole('button', { name: '认定重大' }).click()
    const picker = drawer.getByRole('combobox', { name: '输入条款内容或文号查找' })
    await picker.fill('甲乙类')
    // nothing may be judged by what nobody confirmed
    await drawer.getByText('没有可据以认定重大的条款').waitFor()

    await clauseDrawer.getByRole('button', { name: '核对确认' }).click()
    await clauseDrawer.getByRole('button', { name: '核对确认' }).click()
    await clauseDrawer.getByText('请写明出处').waitFor()
    await clauseDrawer.getByLabel('出处').fill('GB 35181-2017 第 5 页')
    await clauseDrawer.getByRole('button', { name: '核对确认' }).click()
    await clauseDrawer.getByText('管理员 核对确认').waitFor()
    await clauseDrawer.getByText('已核').first().waitFor()

    await picker.fill('甲乙类场所')
    await drawer.getByRole('option').first().click()
    await drawer.getByText('由 GB 35181-2025 代替').waitFor()
    await drawer.getByRole('button', { name: '认定重大' }).click()
    await inspector.page.getByText('已认定为重大隐患。').waitFor()
    const judged = await inspector.ask<HazardItem>(`/api/hazards/${hazard.id}`)
    expect(judged).toMatchObject({ severity: 'major', clause: { id: 'FD-6.5', confirmed: true } })

    // the library counts it, and the count opens it
    const count = admin.page.getByRole('link', { name: '打开引用 FD-6.5 的 1 处隐患' })
    await count.first().waitFor()
    await count.first().click()
    await admin.page.getByText(hazard.number).first().waitFor()
    expect([...admin.faults, ...inspector.faults]).toEqual([])
  })

  it('asks for the premise of a clause before it is judged by', async () => {
    const admin = await openAs('admin')
    const { items } = await admin.ask<HazardList>(
      '/api/hazards?severity=suspected_major&status=open&limit=50',
    )
    const hazard = items.find((item) => item.clause === null)
    if (!hazard) throw new Error('the demonstration suspects nothing')
    await admin.page.goto(`${admin.url}/?select=hazard:${hazard.id}`)
    const drawer = admin.page.getByRole('complementary', { name: '隐患详情' })
    const act = drawer.getByRole('button', { name: '认定重大' })
    await drawer.getByText(hazard.number).waitFor()
    if ((await act.count()) === 0) {
      await drawer.getByTitle('更多').last().click()
      await drawer.getByRole('menuitem', { name: '认定重大' }).click()
    } else await act.click()
    await drawer.getByRole('combobox', { name: '输入条款内容或文号查找' }).fill('SE-4.2a')
    await drawer.getByRole('option').first().click()
    const premise = drawer.getByRole('checkbox', { name: /前提成立/ })
    await premise.waitFor()
    await act.click()
    await drawer.getByText('请先核对前提是否成立').waitFor()
    await premise.check()
    await act.click()
    await admin.page.getByText('已认定为重大隐患。').waitFor()
    const history = await admin.ask<{ items: { action: string; note: string }[] }>(
      `/api/hazards/${hazard.id}/history`,
    )
    expect(history.items.at(-1)).toMatchObject({
      action: 'judge',
      note: '前提已核对：设备仍在继续使用（已停用、已封存的不成立）',
    })
    expect(admin.faults).toEqual([])
  })
})
