import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeBrowser, openAs, type Person } from './harness.ts'

const HEADER = '排查时间,存在的隐患及问题,行业领域,等级,所属街镇,时限,经度,纬度,片区'
const ROWS = [
  '2026-05-01,浏览器试验：通道堆放货物,消防,一般,东方广场街道,2026-05-20,,,东片',
  '2026-05-02,浏览器试验：灭火器过期,消防,一般,东方广场街道,2026-02-30,,,东片',
  '2026-05-03,浏览器试验：配电箱敞开,危化/仓储,一般,东方广场街道,2026-05-20,,,东片',
]
const FILE = {
  name: '浏览器试验（示例）.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(`\ufeff${[HEADER, ...ROWS].join('\r\n')}\r\n`),
}

/** In the order in which an analyst goes through the four steps. */
describe('an analyst with a ledger', () => {
  let analyst: Person
  beforeAll(async () => {
    analyst = await openAs('analyst', { path: '/imports' })
    await analyst.page.locator('.latest-imports li').first().waitFor()
  })
  afterAll(closeBrowser)

  const found = async () =>
    (await analyst.ask<{ total: number }>(`/api/hazards?q=${encodeURIComponent('浏览器试验')}`)).total
  const figure = (name: string) => analyst.page.locator(`.figure.is-${name} b`).textContent()

  it('is told before anything is sent that a file is no table', async () => {
    const { page } = analyst
    await page.getByRole('radio', { name: /隐患排查治理台账/ }).check()
    await page.locator('input[type=file]').setInputFiles({ ...FILE, name: '台账.pdf' })
    await expect.poll(() => page.locator('.fault').textContent()).toContain('没有上传')
    await page.locator('input[type=file]').setInputFiles(FILE)
    await page.getByRole('button', { name: '下一步：坐标与列对应' }).click()
  })

  it('cannot upload without naming the coordinate system', async () => {
    const { page } = analyst
    expect(await page.getByRole('radio', { checked: true }).count()).toBe(0)
    await page.getByRole('button', { name: '上传并检查' }).click()
    await expect.poll(() => page.locator('.fault').textContent()).toBe('请选坐标系')
    await page.getByRole('radio', { name: /WGS-84/ }).check()
    await page.getByRole('button', { name: '上传并检查' }).click()
  })

  it('is held up by a column that nobody recognised', async () => {
    const { page } = analyst
    await page.locator('.columns-step').waitFor()
    expect(await page.locator('tr.is-open th').allTextContents()).toEqual(['片区'])
    expect(await page.getByRole('button', { name: '按此重新检查' }).isDisabled()).toBe(true)
    await page.getByRole('combobox', { name: '片区：对应内容' }).selectOption({ label: '不导入这一列' })
    await page.getByRole('button', { name: '按此重新检查' }).click()
  })

  it('takes a remedy, and the figures follow', async () => {
    const { page } = analyst
    await page.locator('.report-step').waitFor()
    expect([await figure('accepted'), await figure('rejected')]).toEqual(['1', '2'])
    const row = page.locator('.issue-table tbody tr', { hasText: '危化/仓储' })
    await row.getByRole('button', { name: '采用' }).click()
    await expect.poll(() => figure('accepted')).toBe('2')
    expect(await figure('rejected')).toBe('1')
    expect(await found()).toBe(0)
  })

  it('imports what is accepted, and undoes it all after a question', async () => {
    const { page } = analyst
    await page.getByRole('button', { name: '入库 2 行' }).click()
    await expect.poll(() => page.locator('.done-step h2').textContent()).toBe('已入库 2 行')
    expect(await found()).toBe(2)
    await page.locator('.done-step').getByRole('button', { name: '撤销整批' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: '撤销整批' }).click()
    await expect.poll(() => dialog.textContent()).toContain('已撤销：撤下 2 条')
    expect(await found()).toBe(0)
  })

  it('made no fault on the way, and asked no other host', () => {
    expect(analyst.faults).toEqual([])
  })
})
