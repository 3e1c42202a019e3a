import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../harness/app.ts'
import { addSite, EAST } from '../harness/fixture.ts'

const OFFICER = `officer-${EAST}`

let test: TestApp
beforeAll(async () => {
  test = await openTestApp({ UNIT_NAME: '测试应急局' })
})
afterAll(() => test.close())

describe('a print that cannot be made', () => {
  it('is asked for by nobody who is not signed in', async () => {
    for (const path of ['/api/map.pdf', '/api/map.png', '/api/risk-list.pdf']) {
      expect((await test.get(null, path)).statusCode, path).toBe(401)
    }
  })

  it.each([
    ['/api/map.pdf?paper=A5', 'paper「A5」不在词表内，可用：A3、A4'],
    ['/api/map.png?dpi=600', 'dpi「600」应为 96–300 的整数'],
    ['/api/map.pdf?extent=1,2,3', 'extent「1,2,3」应为 西,南,东,北'],
    ['/api/map.pdf?lang=fr', '可用：zh-CN、en'],
    ['/api/risk-list.pdf?paper=B3', '可用：A3、A4'],
    ['/api/risk-list.pdf?riskLevel=9', '可用：1、2、3、4'],
    [`/api/risk-list.pdf?title=${encodeURIComponent('题'.repeat(61))}`, '最多 60 个字'],
  ])('says of %s what would be allowed', async (url, sentence) => {
    const reply = await test.get('analyst', url)
    expect(reply.statusCode).toBe(400)
    expect(reply.json().detail).toContain(sentence)
  })

  it('names the remedy where the server has nothing to print with', async () => {
    for (const path of ['/api/map.pdf', '/api/map.png', '/api/risk-list.pdf']) {
      const reply = await test.get('analyst', path)
      expect(reply.statusCode, path).toBe(501)
      expect(reply.headers['content-type']).toContain('application/problem+json')
      expect(reply.json()).toMatchObject({ code: 'NO_PRINT_ENGINE' })
      expect(reply.json().detail).toContain('apt-get install chromium fonts-noto-cjk')
      expect(reply.json().detail).toContain('在浏览器中打印')
    }
  })

  it('tells of a list that is too long how long it is and the way out, and counts what the asker may see', async () => {
    const template = await addSite(test.database.knex, { area_code: '220171002' })
    const row = await test.database
      .knex('sites')
      .where({ id: template })
      .first('name', 'sector', 'area_basis')
    const rows = Array.from({ length: 2_000 }, (_, index) => ({
      ...row,
      id: `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`,
      area_code: '220171002',
    }))
    await test.database.knex.batchInsert('sites', rows, 500)
    const reply = await test.get('analyst', '/api/risk-list.pdf')
    expect(reply.statusCode).toBe(422)
    expect(reply.json()).toMatchObject({ code: 'TOO_MANY_ROWS', total: 2001, limit: 2000 })
    expect(reply.json().detail).toBe(
      '有 2,001 处场所，一次最多打印 2,000 处。请按辖区、行业或等级缩小筛选后分次打印，或导出 Excel',
    )
    // of the other area the officer is told nothing, not even that it is long
    expect((await test.get(OFFICER, '/api/risk-list.pdf')).statusCode).toBe(501)
  })
})

describe('what stands on every sheet', () => {
  const nothing = {
    unitName: null,
    title: null,
    source: null,
    approvalOwn: null,
    approvalTianditu: null,
    footer: null,
  }
  const put = (username: string, payload: object) =>
    test.as(username, { method: 'PUT', url: '/api/settings/print', payload })

  it('is the default until an administrator sets it, and is kept with who did so', async () => {
    const before = await test.get('analyst', '/api/settings/print')
    expect(before.json()).toEqual({
      chosen: nothing,
      defaults: { unitName: '测试应急局', approvalTianditu: null },
      updatedAt: null,
      updatedByName: null,
    })
    const reply = await put('admin', { ...nothing, approvalOwn: ' 吉S（2025）001号 ', footer: '内部资料' })
    expect(reply.statusCode, reply.body).toBe(200)
    expect((await test.get(OFFICER, '/api/settings/print')).json()).toMatchObject({
      chosen: { ...nothing, approvalOwn: '吉S（2025）001号', footer: '内部资料' },
      updatedByName: expect.any(String),
    })
    // a number that was on a paper can be found again
    const history = await test.database.knex('setting_history').where({ key: 'printSheet' })
    expect(history).toHaveLength(1)
  })

  it('is set by nobody else, and not with words that are too long, blank or unknown', async () => {
    for (const username of ['analyst', OFFICER, 'commander', 'fire-inspector']) {
      expect((await put(username, nothing)).statusCode, username).toBe(403)
    }
    for (const wrong of [{ unitName: '单'.repeat(61) }, { title: '   ' }, { colour: 'red' }]) {
      expect((await put('admin', { ...nothing, ...wrong })).statusCode, JSON.stringify(wrong)).toBe(400)
    }
    const { unitName: _, ...incomplete } = nothing
    expect((await put('admin', incomplete)).statusCode).toBe(400)
  })
})
