import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../harness/app.ts'
import { check, commit, faultsOf, hazardLedger } from '../harness/import-files.ts'

let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
})
afterAll(() => test.close())

const assess = (payload: object) => test.post('analyst', '/api/risk/assess', payload)

describe('substances', () => {
  const find = async (query: string) => (await test.get('analyst', `/api/risk/substances${query}`)).json()
  it('are found by name, synonym and CAS number, with Q, β and their marks', async () => {
    expect(await find(`?q=${encodeURIComponent('液氨')}`)).toEqual({
      items: [
        {
          no: 1,
          name: '氨',
          synonyms: ['液氨', '氨气', '无水氨', '液态氨', 'NH3'],
          cas: ['7664-41-7'],
          criticalTonnes: 10,
          criticalConfirmed: true,
          beta: 2,
          betaConfirmed: true,
          basis: '表3',
          classes: [],
          note: null,
        },
      ],
      total: 1,
      isNearest: false,
    })
    expect(await find('?q=6484-52-2')).toMatchObject({ total: 2 })
    expect(await find('?q=79-21-0')).toMatchObject({
      items: [{ name: '过乙酸', beta: null, classes: ['W7.1', 'W7.2'] }],
    })
  })

  it('are near ones where nothing is called so; the whole table is bounded by limit', async () => {
    const near = await find(`?q=${encodeURIComponent('液按')}`)
    expect([near.isNearest, near.items[0].name]).toEqual([true, '氨'])
    const all = await find('?limit=100')
    expect([all.total, all.items.length, (await find('')).items.length]).toEqual([85, 85, 20])
    expect((await test.get('analyst', '/api/risk/substances?limit=101')).statusCode).toBe(400)
  })
})

describe('methods and their settings', () => {
  it('tell what the forms offer, each with its mark', async () => {
    const methods = (await test.get('commander', '/api/risk/methods')).json()
    expect(methods.lec).toMatchObject({ confirmed: true, levelsFrom: [320, 160, 70], endsGoTo: 'higher' })
    expect(methods.lec.L[1]).toEqual({ value: 6, label: '相当可能' })
    expect(methods.ls).toMatchObject({ wordsConfirmed: false, defaultSet: 'A' })
    expect(methods.gb18218.classes).toHaveLength(24)
    expect(methods.gb18218.alpha[0]).toEqual({ from: 100, to: null, alpha: 2 })
    expect(methods.direct.rules.map((rule: { confirmed: boolean }) => rule.confirmed)).toEqual(
      Array(5).fill(false),
    )
  })

  it('are changed by the administrator, keep their history, and grade what comes after', async () => {
    const put = (username: string, payload: object) =>
      test.as(username, { method: 'PUT', url: '/api/settings/risk-methods', payload })
    const { lecEndsGoTo, lsSets, defaultLsSet, since } = (
      await test.get('analyst', '/api/settings/risk-methods')
    ).json()
    expect([lecEndsGoTo, defaultLsSet, since]).toEqual(['higher', 'A', null])
    const own = {
      id: 'jilin',
      name: '本区方案（示例）',
      levelsFrom: [16, 12, 6],
      confirmed: false,
      source: '',
    }
    const next = { lecEndsGoTo: 'lower', lsSets: [...lsSets, own], defaultLsSet: 'jilin', since }

    const refused: [string, object, number, string][] = [
      ['analyst', next, 403, 'ROLE_NOT_ALLOWED'],
      ['admin', { ...next, lecEndsGoTo: 'both' }, 400, 'BAD_INPUT'],
      ['admin', { ...next, lsSets: [...lsSets, { ...own, name: '' }] }, 422, 'BAD_METHOD_SETTINGS'],
      ['admin', { ...next, defaultLsSet: 'none' }, 422, 'BAD_METHOD_SETTINGS'],
      [
        'admin',
        { ...next, lsSets: [...lsSets, { ...own, levelsFrom: [6, 12, 16] }] },
        422,
        'BAD_METHOD_SETTINGS',
      ],
      ['admin', { ...next, lsSets: [...lsSets, { ...own, id: 'A' }] }, 422, 'BAD_METHOD_SETTINGS'],
      ['admin', { ...next, since: '2025-01-01T00:00:00.000Z' }, 409, 'STALE_VERSION'],
    ]
    for (const [username, payload, status, code] of refused) {
      const reply = await put(username, payload)
      expect([reply.statusCode, reply.json().code]).toEqual([status, code])
    }
    // nothing of the refused stayed
    expect((await test.get('analyst', '/api/settings/risk-methods')).json().history).toEqual([])

    const written = await put('admin', next)
    expect(written.statusCode, written.body).toBe(200)
    expect(written.json()).toMatchObject({ defaultLsSet: 'jilin', updatedByName: '管理员' })
    expect((await assess({ method: 'ls', l: 3, s: 2 })).json()).toMatchObject({
      level: 3,
      confirmed: false,
      thresholdSet: { id: 'jilin', name: '本区方案（示例）', levelsFrom: [16, 12, 6] },
    })
    expect((await assess({ method: 'lec', l: 10, e: 1, c: 7 })).json()).toMatchObject({ level: 4 })

    // who still sees the settings from before is told of the new ones
    const stale = await put('admin', next)
    expect([stale.statusCode, stale.json().current.defaultLsSet]).toEqual([409, 'jilin'])
    const back = await put('admin', { lecEndsGoTo, lsSets, defaultLsSet, since: written.json().since })
    expect(back.json().history.map((entry: { defaultLsSet: string }) => entry.defaultLsSet)).toEqual([
      'A',
      'jilin',
    ])
  })
  it('grade an imported list by the default in force, and stay with the risk when it changes', async () => {
    const read = async () => (await test.get('admin', '/api/settings/risk-methods')).json()
    const setDefault = async (defaultLsSet: string) => {
      const { lecEndsGoTo, lsSets, since } = await read()
      const payload = { lecEndsGoTo, lsSets, defaultLsSet, since }
      const reply = await test.as('admin', { method: 'PUT', url: '/api/settings/risk-methods', payload })
      expect(reply.statusCode, reply.body).toBe(200)
    }
    const headers = [
      '企业名称',
      '行业领域',
      '所属街镇',
      '风险点（单元）名称',
      '评价方法',
      'L',
      'S',
      'D',
      '风险等级',
    ]
    const importRisk = async (name: string, level: string) => {
      const row = {
        企业名称: '恒泰冷链（示例）',
        行业领域: '危险化学品',
        所属街镇: '临河街道',
        '风险点（单元）名称': name,
        评价方法: 'LS',
        L: 2,
        S: 4,
        D: 8,
        风险等级: level,
      }
      return check(test, await hazardLedger([row], headers), { kind: 'risks' })
    }
    await setDefault('B')
    // 2·4 = 8 is 低 by A and 一般 by B
    expect(faultsOf(await importRisk('叉车', '低')).length).toBeGreaterThan(0)
    const report = await importRisk('叉车', '一般')
    expect(faultsOf(report)).toEqual([])
    await commit(test, report)
    await setDefault('A')
    const [site] = (await test.get('analyst', '/api/sites')).json().items
    expect((await test.get('analyst', `/api/sites/${site.id}/risks`)).json().items).toMatchObject([
      { level: 3, formula: 'R=2×4=8', arithmetic: { thresholdSet: { id: 'B' }, confirmed: false } },
    ])
  })
})
