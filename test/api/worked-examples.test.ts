import { readXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../harness/app.ts'
import { addSite } from '../harness/fixture.ts'

/**
 * The worked examples of the method, by hand from GB 18218-2018: S = Σ q/Q, R = α·Σ β·q/Q.
 * - 18 t of ammonia, 60 people: 18/10 = 1.8; α = 1.5, β = 2: 1.5 × 2 × 1.8 = 5.4, below 10, so grade 4.
 * - 300 t of petrol and 250 t of methanol, 120 people: 300/200 + 250/500 = 2; α = 2, β = 1: 2 × 2 = 4, grade 4.
 * - 30 t of chlorine, 200 people: 30/5 = 6; α = 2, β = 4: 2 × 4 × 6 = 48, from 10 to below 50, so grade 3.
 */
const EXAMPLES = [
  {
    title: 'ammonia',
    people: 60,
    substances: [{ name: '液氨', tonnes: 18 }],
    s: 1.8,
    r: 5.4,
    grade: 4,
    gradeText: '四级重大危险源',
    confirmed: true,
  },
  {
    title: 'petrol and methanol',
    people: 120,
    substances: [
      { name: '汽油', tonnes: 300 },
      { name: '甲醇', tonnes: 250 },
    ],
    s: 2,
    r: 4,
    grade: 4,
    gradeText: '四级重大危险源',
    // β of both is derived from their class
    confirmed: false,
  },
  {
    title: 'chlorine',
    people: 200,
    substances: [{ name: '液氯', tonnes: 30 }],
    s: 6,
    r: 48,
    grade: 3,
    gradeText: '三级重大危险源',
    confirmed: true,
  },
] as const

let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
})
afterAll(() => test.close())

const sheetOf = async (url: string, name: string) => {
  const { rawPayload } = await test.get('analyst', url)
  const rows = (await readXlsx(rawPayload)).sheets.find((sheet) => sheet.name === name)?.rows ?? []
  const headerAt = rows.findIndex((row) => row.includes('风险等级'))
  const headers = rows[headerAt]?.map(String) ?? []
  return rows
    .slice(headerAt + 1)
    .map((row) => Object.fromEntries(headers.map((header, index) => [header, row[index]])))
}

describe.each(EXAMPLES)('the worked example of $title', ({ title, people, substances, ...expected }) => {
  const { s, r, grade, gradeText, confirmed } = expected
  let siteId: string
  beforeAll(async () => {
    siteId = await addSite(test.database.knex, { name: `算例 ${title}（示例）`, risk_level: null })
    const unit = await test.post('analyst', `/api/sites/${siteId}/units`, {
      name: '一号单元',
      kind: 'storage',
      substances,
      exposedPeople: people,
      exposedReason: '算例给定',
    })
    expect(unit.statusCode, unit.body).toBe(201)
  })

  it('comes out to the last digit of the calculator', async () => {
    const reply = await test.post('analyst', '/api/risk/assess', {
      method: 'gb18218',
      exposedPeople: people,
      units: [{ name: '一号单元', substances }],
    })
    expect(reply.json()).toMatchObject({
      score: r,
      level: 1,
      grade,
      confirmed,
      units: [{ name: '一号单元', s, r, grade, exposedPeople: people }],
    })
  })

  it('comes out of a unit of a site, and makes the site major with its arithmetic', async () => {
    const { items } = (await test.get('analyst', `/api/sites/${siteId}/units`)).json()
    expect(items).toMatchObject([{ assessment: { s, r, grade, confirmed } }])
    const list = (await test.get('analyst', `/api/risk-list?siteId=${siteId}`)).json()
    expect(list.items).toMatchObject([
      // that a source is major by itself is a rule of practice, not of the standard
      { riskLevel: 1, risks: [{ method: 'gb18218', score: r, level: 1, confirmed: false }] },
    ])
    const [why] = list.items[0].why
    expect(why).toContain(`${gradeText}${confirmed ? '' : '（待核）'}，按直判规则（待核）为 1 级重大`)
    expect(why).toContain(`=${r}`)
  })

  it('comes out in Excel', async () => {
    const [place] = await sheetOf(`/api/risk-list.xlsx?siteId=${siteId}`, '风险清单')
    expect(place?.风险等级).toBe('重大')
    expect(String(place?.依据)).toMatch(new RegExp(`=${r}（待核）$`))
    const [risk] = await sheetOf(`/api/risk-list.xlsx?siteId=${siteId}`, '安全风险分级管控清单')
    expect([risk?.['D/R'] ?? risk?.D, risk?.风险等级]).toEqual([r, '重大'])
  })
})
