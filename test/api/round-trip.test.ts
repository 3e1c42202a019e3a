import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { riskKey, siteKey } from '../../server/imports/row-keys.ts'
import { openTestApp, type TestApp } from '../harness/app.ts'
import { addHazard, addSite, EAST, WEST } from '../harness/fixture.ts'
import { check } from '../harness/import-files.ts'

let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
})
afterAll(() => test.close())
beforeEach(async () => {
  await test.database.knex.raw('truncate hazards, sites, imports, number_series cascade')
})

const SITE = { creditCode: '91220171EX0000015N', name: '恒泰冷链（示例）' }
const SITE_KEY = siteKey(SITE)

const db = () => test.database.knex
const exported = async (url: string) => {
  const reply = await test.get('analyst', url)
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.rawPayload
}
/** A risk as the import leaves it, with its key. */
const addRisk = (
  siteId: string,
  name: string,
  rest: { hazard_factors?: string; [column: string]: unknown },
) =>
  db()('risks').insert({
    id: crypto.randomUUID(),
    row_key: riskKey(SITE_KEY, { name, hazardFactors: rest.hazard_factors ?? null }),
    site_id: siteId,
    name,
    responsible_person: '王示例',
    ...rest,
  })

async function addHazards(): Promise<void> {
  const siteId = await addSite(db(), { credit_code: SITE.creditCode })
  await addHazard(db(), {
    siteId,
    severity: 'major',
    clauseId: 'HC-01',
    isListed: true,
    listingDocument: '长经技督〔2025〕1号',
    status: 'rectifying',
    locationText: '制冷机房',
    responsibleUnit: '恒泰冷链（示例）',
    responsiblePerson: '王示例',
    fundsWan: 0.8,
    measures: '更换阀门；\n加装报警',
  })
  await addHazard(db(), {
    description: '=SUM(A1)',
    category: '-3 度',
    responsiblePerson: 'Müller 2',
    status: 'closed',
    closedOn: '2025-06-05',
    acceptedBy: '街道/张示例',
    result: '已整改',
  })
  await addHazard(db(), { areaCode: null, lng: null, lat: null, status: 'reported', dueOn: null })
  await addHazard(db(), { areaCode: WEST, areaBasis: 'named', lng: null, lat: null, status: 'rejected' })
  await addHazard(db(), { severity: 'suspected_major', clauseId: 'XF-01', sector: 'gas', fundsWan: 12.3456 })
}

describe('what was exported and is imported again', () => {
  it.each(['xlsx', 'csv'])('changes no hazard: %s', async (format) => {
    await addHazards()
    const report = await check(test, await exported(`/api/hazards.${format}`), { fileName: `台账.${format}` })
    expect(report.issues.filter((issue) => issue.level === 'error')).toEqual([])
    expect(report.columns.unknown).toEqual([])
    expect(report.counts).toMatchObject({ total: 5, new: 0, changed: 0, unchanged: 5, rejected: 0 })
  })

  it('changes no risk and no place: the second sheet of the risk list', async () => {
    const id = await addSite(db(), {
      row_key: SITE_KEY,
      credit_code: SITE.creditCode,
      responsible_person: '王示例',
    })
    await addRisk(id, '制冷系统', { method: 'lec', inputs: { L: 0.5, E: 6, C: 15 }, score: 45, level: 4 })
    await addRisk(id, '叉车', { method: 'ls', inputs: { L: 5, S: 3 }, score: 15, level: 2 })
    await addRisk(id, '罐区', {
      method: 'direct',
      inputs: { level: 1 },
      level: 1,
      assessed_on: '2025-03-12',
      engineering_controls: '=1+1',
      hazard_factors: '液氨',
    })
    const report = await check(test, await exported('/api/risk-list.xlsx'), { kind: 'risks' })
    expect(report.sheets.map(({ name, isRead }) => [name, isRead])).toEqual([
      ['风险清单', false],
      ['安全风险分级管控清单', true],
    ])
    expect(report.issues.filter((issue) => issue.level === 'error')).toEqual([])
    expect(report.columns.unknown).toEqual([])
    expect(report.counts).toMatchObject({ total: 3, new: 0, changed: 0, unchanged: 3, rejected: 0 })
  })

  it('changes no place: the risk list as CSV', async () => {
    await addSite(db(), { credit_code: SITE.creditCode, responsible_person: '王示例', area_code: EAST })
    await addSite(db(), { name: '乙', lng: null, lat: null, area_code: null, risk_level: null })
    const report = await check(test, await exported('/api/risk-list.csv'), {
      kind: 'sites',
      fileName: '风险清单.csv',
    })
    expect(report.issues.filter((issue) => issue.level === 'error')).toEqual([])
    expect(report.counts).toMatchObject({ total: 2, new: 0, changed: 0, unchanged: 2, rejected: 0 })
  })
})
