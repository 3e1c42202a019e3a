import { readXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { editWorkbook } from '../harness/edit-workbook.ts'
import { closeBrowser, openAs, type Person } from './harness.ts'

const SHEET = '安全风险分级管控清单'
const HEADER = '管理措施'
const WRITTEN = '浏览器试验：每班点检并签字'
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** From the export to the site's page: one cell, and nothing else. */
describe('an analyst who edits an exported list of risks', () => {
  let analyst: Person
  let bytes: Buffer
  let site: { id: string; name: string }
  let before: string
  beforeAll(async () => {
    analyst = await openAs('analyst', { path: '/risk-list' })
    await analyst.page.getByRole('button', { name: '导出 Excel' }).waitFor()
  })
  afterAll(closeBrowser)

  it('takes the list away as a workbook', async () => {
    const { page } = analyst
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '导出 Excel' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/^风险清单_\d{4}-\d{2}-\d{2}\.xlsx$/)
    const chunks: Buffer[] = []
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
    const exported = Buffer.concat(chunks)
    const { sheets } = await readXlsx(new Uint8Array(exported))
    const rows = sheets.find(({ name }) => name === SHEET)?.rows ?? []
    const headerAt = rows.findIndex((cells) => cells.includes('行标识'))
    const cellOf = (header: string) =>
      String(rows[headerAt + 1]?.[rows[headerAt]?.indexOf(header) ?? -1] ?? '')
    site = { id: cellOf('场所标识'), name: cellOf('企业名称') }
    before = cellOf(HEADER)
    bytes = await editWorkbook(exported, SHEET, [{ row: 0, header: HEADER, value: WRITTEN }])
  })

  it('is told before the commit of exactly one cell, as it was and as it will be', async () => {
    const { page, url } = analyst
    await page.goto(`${url}/imports`)
    await page.getByRole('radio', { name: /安全风险分级管控清单/ }).check()
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: '改过的风险清单.xlsx', mimeType: XLSX, buffer: bytes })
    await page.getByRole('button', { name: '下一步：坐标与列对应' }).click()
    await page.getByRole('radio', { name: /WGS-84/ }).check()
    await page.getByRole('button', { name: '上传并检查' }).click()
    await page.locator('.report-step').waitFor()
    expect(await page.locator('.figure.is-accepted').textContent()).toContain('新增 0 · 修改 1 行，共 1 格')
    await page.getByRole('tab', { name: /^修改/ }).click()
    const lines = page.locator('.edit-table tbody tr')
    await expect.poll(() => lines.count()).toBe(1)
    expect(await lines.locator('th.field').textContent()).toBe('管理措施')
    expect((await lines.locator('.from').textContent())?.trim()).toBe(before === '' ? '—' : before)
    expect((await lines.locator('.to').textContent())?.trim()).toBe(WRITTEN)
  })

  it('commits it, and the site shows it', async () => {
    const { page } = analyst
    await page.getByRole('button', { name: '入库 1 行' }).click()
    await expect.poll(() => page.locator('.done-step h2').textContent()).toBe('已入库 1 行')
    await page.goto(`${analyst.url}/sites/${site.id}`)
    await page.getByText(WRITTEN).first().waitFor()
    const { items } = await analyst.ask<{ items: { managementControls: string | null }[] }>(
      `/api/sites/${site.id}/risks`,
    )
    expect(items.filter((risk) => risk.managementControls === WRITTEN).length).toBe(1)
  })

  it('finds the numbers of the month, and the rows behind one of them', async () => {
    const { page, url } = analyst
    await page.goto(`${url}/statistics?period=year`)
    const months = page.locator('.monthly tbody')
    await months.first().waitFor()
    await months.last().getByRole('button', { expanded: false }).first().click()
    await expect.poll(() => months.last().locator('tr.area').count()).toBeGreaterThan(3)
    const number = months.locator('tr:first-child td a').first()
    const value = (await number.textContent())?.trim()
    await number.click()
    await expect.poll(() => page.getByTestId('total').textContent()).toBe(value)
  })

  it('made no fault on the way, and asked no other host', () => {
    expect(analyst.faults).toEqual([])
  })
})
