import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { REQUIREMENTS } from '../harness/requirements.ts'
import { closeBrowser, EAST_OFFICER, openAs, type Person } from './harness.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hazard-map-print-'))
})
afterAll(async () => {
  await closeBrowser()
  await rm(directory, { recursive: true, force: true })
})

/** A paper that the server made, as a file. */
async function fetchPaper(person: Person, path: string, name: string): Promise<string> {
  const reply = await person.context.request.get(`${person.url}${path}`, { timeout: 90_000 })
  expect(reply.status(), (await reply.body()).toString().slice(0, 300)).toBe(200)
  const file = join(directory, name)
  await writeFile(file, await reply.body())
  return file
}

const textOf = (file: string): string =>
  execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8', maxBuffer: 50_000_000 })
/** Lines are broken where the paper is narrow: words are looked for without white space. */
const wordsOf = (file: string): string => textOf(file).replaceAll(/\s/g, '')
const infoOf = (file: string): string => execFileSync('pdfinfo', [file], { encoding: 'utf8' })

/** Width and height in points of the first page. */
function sizeOf(file: string): { width: number; height: number } {
  const [, width = '', height = ''] = /Page size:\s+([\d.]+) x ([\d.]+) pts/.exec(infoOf(file)) ?? []
  return { width: Number(width), height: Number(height) }
}

/** Whether each font of the file is in the file. */
function areFontsEmbedded(file: string): boolean {
  const lines = execFileSync('pdffonts', [file], { encoding: 'utf8' }).trim().split('\n').slice(2)
  expect(lines.length).toBeGreaterThan(0)
  return lines.every((line) => /\s(yes|no)\s+(yes|no)\s+(yes|no)\s+\d+\s+\d+\s*$/.exec(line)?.[1] === 'yes')
}

/** Chromium sets pages in whole pixels of a 96th of an inch, which are three quarters of a point. */
const POINTS = 0.75

describe.skipIf(!REQUIREMENTS.poppler.isPresent)('a map on paper', () => {
  it('carries its title, unit, legend, scale and approval as Chinese text on true A3', async () => {
    const analyst = await openAs('analyst', { path: '/risk-list' })
    const file = await fetchPaper(
      analyst,
      '/api/map.pdf?paper=A3&status=open&layers=hazards,sites,areas,base',
      'a3.pdf',
    )
    const { width, height } = sizeOf(file)
    expect(Math.abs(width - 1190.55)).toBeLessThan(POINTS)
    expect(Math.abs(height - 841.89)).toBeLessThan(POINTS)
    expect(infoOf(file)).toMatch(/Pages:\s+1\b/)
    expect(areFontsEmbedded(file)).toBe(true)
    const words = wordsOf(file)
    for (const expected of [
      '长春经济技术开发区隐患一张图',
      '长春经济技术开发区应急管理局',
      '图例',
      '疑似重大',
      '场所固有风险·数字＝等级',
      '比例尺1:',
      '北',
      '筛选未销号',
      'CGCS2000',
      '示意边界，非法定',
      '待核',
      '内部工作用图，未经审图，不得公开',
      // names of the map are text as well
      '兴隆山镇',
      '东方广场街道',
    ]) {
      expect(words, expected).toContain(expected)
    }
    // what the paper counts is what the list counts
    const { total, unlocated } = await analyst.ask<{ total: number; unlocated: number }>(
      '/api/hazards/facets?status=open',
    )
    expect(words).toContain(`隐患${total}处`)
    expect(words).toContain(`未定位${unlocated}`)
  })

  it('says what an administrator set, in the title that was asked for', async () => {
    const admin = await openAs('admin', { path: '/settings/print' })
    const { page } = admin
    await page.getByLabel('制图单位').fill('经开区应急局风险监测科')
    await page.getByLabel('本图审图号').fill('吉S（2026）示例号')
    await page.getByRole('button', { name: '保存打印设置' }).click()
    await page.getByText('打印设置已保存').waitFor()
    try {
      const title = encodeURIComponent('重大隐患分布图')
      const file = await fetchPaper(admin, `/api/map.pdf?paper=A4&severity=major&title=${title}`, 'a4.pdf')
      const { width, height } = sizeOf(file)
      expect(Math.abs(width - 841.89)).toBeLessThan(POINTS)
      expect(Math.abs(height - 595.28)).toBeLessThan(POINTS)
      const words = wordsOf(file)
      for (const expected of [
        '重大隐患分布图',
        '经开区应急局风险监测科',
        '审图号：吉S（2026）示例号',
        '筛选重大',
      ]) {
        expect(words, expected).toContain(expected)
      }
      expect(words).not.toContain('未经审图')
    } finally {
      await page.getByLabel('制图单位').fill('')
      await page.getByLabel('本图审图号').fill('')
      await page.getByRole('button', { name: '保存打印设置' }).click()
      await expect
        .poll(async () => (await admin.ask<{ chosen: object }>('/api/settings/print')).chosen)
        .toMatchObject({ unitName: null, approvalOwn: null })
    }
  })

  it('is a picture of the stated pixels with the colours of its legend', async () => {
    const analyst = await openAs('analyst', { path: '/risk-list' })
    const file = await fetchPaper(analyst, '/api/map.png?paper=A4&dpi=120&status=open', 'map.png')
    const picture = sharp(file)
    // 297 mm / 25.4 × 120 = 1403.1, 210 mm / 25.4 × 120 = 992.1
    expect(await picture.metadata()).toMatchObject({ width: 1403, height: 992 })
    const { data, info } = await picture.removeAlpha().raw().toBuffer({ resolveWithObject: true })
    const tokens = await readFile(join(import.meta.dirname, '../../web/src/styles/tokens.css'), 'utf8')
    const fills = [...tokens.matchAll(/--risk-[1-4]: (#[0-9a-f]{6});/g)].map(([, fill = '']) => fill)
    expect(fills).toHaveLength(4)
    for (const fill of fills) {
      const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
        Number.parseInt(fill.slice(at, at + 2), 16),
      )
      let found = 0
      for (let at = 0; at < data.length; at += info.channels) {
        const distance =
          Math.abs((data[at] ?? 0) - red) +
          Math.abs((data[at + 1] ?? 0) - green) +
          Math.abs((data[at + 2] ?? 0) - blue)
        if (distance < 12) found += 1
      }
      expect(found, fill).toBeGreaterThan(50)
    }
  })
})

describe.skipIf(!REQUIREMENTS.poppler.isPresent)('a risk list on paper', () => {
  it('holds an officer’s own places and no others, page by page under the same head', async () => {
    const analyst = await openAs('analyst', { path: '/risk-list' })
    const officer = await openAs(EAST_OFFICER, { path: '/risk-list' })
    const listOf = (person: Person) =>
      person.ask<{ total: number; items: { id: string; name: string }[] }>('/api/risk-list?limit=1000')
    const [all, own] = [await listOf(analyst), await listOf(officer)]
    const file = await fetchPaper(officer, '/api/risk-list.pdf?paper=A3', 'list.pdf')
    const words = wordsOf(file)
    expect(areFontsEmbedded(file)).toBe(true)
    expect(words).toContain(`共${own.total}处`)
    for (const { name } of own.items) expect(words, name).toContain(name.replaceAll(/\s/g, ''))
    const ownNames = new Set(own.items.map((item) => item.name))
    const foreign = all.items.filter((item) => !ownNames.has(item.name))
    expect(foreign.length).toBeGreaterThan(50)
    expect(foreign.filter(({ name }) => words.includes(name.replaceAll(/\s/g, '')))).toEqual([])

    const pages = textOf(file).split('\f').slice(0, -1)
    expect(pages.length).toBeGreaterThan(1)
    pages.forEach((page, index) => {
      const text = page.replaceAll(/\s/g, '')
      expect(text).toContain('排名场所（风险点）固有风险')
      expect(text).toContain(`第${index + 1}页，共${pages.length}页`)
    })
    expect(words).toContain('制表：审核：日期：')
  })
})

describe('the way to paper', () => {
  it('leads from the map by a dialog to a file, and to the same sheet in one’s own browser', async () => {
    const analyst = await openAs('analyst')
    const { page, context } = analyst
    await page.getByRole('button', { name: '打印', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: '打印地图' })
    await dialog.getByText('A4 横向').click()
    const [download] = await Promise.all([
      page.waitForEvent('download', { timeout: 90_000 }),
      dialog.getByRole('button', { name: '生成 PDF' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/^隐患地图_A4_\d{4}-\d\d-\d\d\.pdf$/)
    const bytes = await readFile(await download.path())
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')

    await page.getByRole('button', { name: '打印', exact: true }).click()
    await dialog.getByText('在浏览器中打印').click()
    const [sheet] = await Promise.all([
      context.waitForEvent('page'),
      dialog.getByRole('button', { name: '打开图纸' }).click(),
    ])
    await sheet.getByText('图纸已备好').waitFor({ timeout: 90_000 })
    expect(await sheet.getByRole('button', { name: '打印或另存为 PDF' }).isEnabled()).toBe(true)
    expect(analyst.faults).toEqual([])
  })

  it('leads from the risk list as well', async () => {
    const analyst = await openAs('analyst', { path: '/risk-list?riskLevel=1' })
    const { page } = analyst
    await page.getByRole('button', { name: '打印 A3' }).click()
    const dialog = page.getByRole('dialog', { name: '打印风险清单' })
    const [download] = await Promise.all([
      page.waitForEvent('download', { timeout: 90_000 }),
      dialog.getByRole('button', { name: '生成 PDF' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/^风险清单_A3_/)
  })
})
