import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { currentSequence } from '../../server/db/changes.ts'
import type { TestApp } from '../harness/app.ts'
import { loadClauseLibrary, openWithClauseLibrary } from '../harness/clause-library.ts'
import { EAST } from '../harness/fixture.ts'

/** The library as it ships, asked on 18 June 2025. */
let test: TestApp
beforeAll(async () => {
  test = await openWithClauseLibrary()
})
afterAll(() => test.close())

async function ids(query: Record<string, string | number | boolean>): Promise<string[]> {
  const words = Object.entries({ limit: 1000, ...query }).map(([name, value]): [string, string] => [
    name,
    String(value),
  ])
  const reply = await test.get('commander', `/api/clauses?${new URLSearchParams(words)}`)
  expect(reply.statusCode, reply.body).toBe(200)
  const { items, total } = reply.json()
  expect(total).toBe(items.length)
  return items.map((item: { id: string }) => item.id)
}
const confirm = (username: string, id: string, body: object) =>
  test.post(username, `/api/clauses/${id}/confirmations`, body)

describe('the documents of the library', () => {
  it('have their days where they are known, their successors, and how much of them is there', async () => {
    const reply = await test.get(`officer-${EAST}`, '/api/clauses/documents')
    const { items, total } = reply.json()
    expect(total).toBe(25)
    const find = (id: string) => items.find((item: { id: string }) => item.id === id)
    expect(find('MEM-10-2023')).toMatchObject({
      number: '应急管理部令第10号',
      issuedOn: '2023-04-14',
      effectiveFrom: '2023-05-15',
      effectiveTo: null,
      successor: null,
      confirmed: true,
      clauses: 65,
      confirmedClauses: 65,
    })
    expect(find('GB-35181-2017')).toMatchObject({
      effectiveFrom: null,
      effectiveTo: '2025-11-01',
      successor: { id: 'GB-35181-2025', number: 'GB 35181-2025' },
      clauses: 49,
      confirmedClauses: 0,
    })
    expect(find('GB-35181-2025')).toMatchObject({ effectiveFrom: '2025-11-01', clauses: 0 })
    expect(find('JBY-2023-52')).toMatchObject({ confirmed: false, effectiveFrom: '2023-10-01' })
    expect(find('AJSG-2017-121')).toMatchObject({ issuedOn: null, effectiveFrom: null, clauses: 20 })
  })

  it('hold every clause once', async () => {
    const { items } = (await test.get('admin', '/api/clauses/documents')).json()
    expect(items.reduce((sum: number, item: { clauses: number }) => sum + item.clauses, 0)).toBe(364)
  })
})

describe('a clause of the library', () => {
  it('tells its article and item, its document, its premise, and what stands beside it', async () => {
    const item = (await test.get('analyst', '/api/clauses/GM-03-02')).json()
    expect(item).toMatchObject({
      article: '第三条',
      item: '（二）',
      citation: '第三条第2项',
      document: { id: 'MEM-10-2023', effectiveFrom: '2023-05-15' },
      confirmation: null,
      mayMakeMajor: true,
    })
    expect((await test.get('analyst', '/api/clauses/SE-4.2a')).json()).toMatchObject({
      article: '4.2',
      item: 'a)',
      premise: '设备仍在继续使用（已停用、已封存的不成立）',
    })
    expect((await test.get('analyst', '/api/clauses/HC-01')).json()).toMatchObject({
      seeAlso: ['HA-5.1.1', 'HA-5.1.2'],
      overlap: expect.stringContaining('两者并列显示'),
    })
  })

  it('is judged by the day asked for', async () => {
    const on = async (id: string, day: string) => {
      const { isInForce, mayMakeMajor } = (await test.get('analyst', `/api/clauses/${id}?on=${day}`)).json()
      return [isInForce, mayMakeMajor]
    }
    expect(await on('GM-03-02', '2023-05-14')).toEqual([false, false])
    expect(await on('GM-03-02', '2023-05-15')).toEqual([true, true])
    // issued on 28 November, in force on 1 December
    expect(await on('SE-4.2a', '2024-11-30')).toEqual([false, false])
    expect(await on('SE-4.2a', '2024-12-01')).toEqual([true, true])
    // the first day is not known: not before the year of its edition
    expect(await on('HC-01', '2016-12-31')).toEqual([false, false])
    expect(await on('HC-01', '2017-01-01')).toEqual([true, true])
    // the last day is known, nobody confirmed it
    expect(await on('FD-6.2', '2025-10-31')).toEqual([true, false])
    expect(await on('FD-6.2', '2025-11-01')).toEqual([false, false])
  })
})

describe('searching the library', () => {
  it('goes by text, place type and document', async () => {
    expect(await ids({ q: '磷化氢' })).toEqual(['GM-10-01'])
    expect(await ids({ q: '特种作业人员未经培训' })).toEqual(['GM-03-02'])
    expect(await ids({ q: 'GB 45067' })).toContain('SE-4.10e')
    expect(await ids({ placeType: '涉氨制冷' })).toEqual(['GM-12-01', 'GM-12-02'])
    expect((await ids({ placeType: '涉氨制冷,烟草' })).length).toBe(4)
    expect((await ids({ documentId: 'JCG-2023-4' })).length).toBe(23)
    expect(await ids({ documentId: 'JCG-2023-4', sector: 'small_place' })).toEqual(['SP-05'])
  })

  it('goes by what is confirmed, superseded, and may make a hazard major', async () => {
    expect((await ids({ confirmed: true })).length).toBe(240)
    expect((await ids({ confirmed: false, sector: 'transport' })).length).toBe(8)
    expect((await ids({})).length).toBe(364)
    // without 49 of the superseded fire standard and the retired placeholder
    expect((await ids({ includeSuperseded: false })).length).toBe(314)
    // 20 chemicals, 65 industry, 6 transport, 22 gas, 47 special equipment, 53 construction
    expect((await ids({ mayMakeMajor: true })).length).toBe(213)
  })

  it('offers for a day what was in force then, without placeholders and topics', async () => {
    const before = await ids({ on: '2025-10-31', sector: 'fire' })
    expect(before.length).toBe(49)
    expect(await ids({ on: '2025-11-01', sector: 'fire' })).toEqual([])
    expect(await ids({ on: '2026-11-24', sector: 'special_equipment', q: '占位' })).toEqual([])
    // the topics of AQ 3067 are not offered until somebody has read the text
    const chemicals = await ids({ on: '2026-11-24', sector: 'chemicals' })
    expect(chemicals.every((id) => id.startsWith('HC-'))).toBe(true)
    expect(chemicals.length).toBe(20)
    expect((await ids({ on: '2023-05-14', sector: 'industry' })).length).toBe(0)
  })

  it('lists the place types with their counts, and the known ones where one is unknown', async () => {
    const { items, total } = (await test.get('analyst', '/api/clauses/place-types')).json()
    expect(items[0]).toEqual({ placeType: '危险化学品生产', count: 73 })
    expect(total).toBe(items.length)
    const refusals: [string, string][] = [
      ['placeType=月球', 'placeType'],
      ['documentId=nope', 'documentId'],
      ['on=2025-02-30', 'on'],
      ['sector=moon', 'sector'],
    ]
    for (const [query, parameter] of refusals) {
      const reply = await test.get('analyst', `/api/clauses?${encodeURI(query)}`)
      expect([reply.statusCode, reply.json().code, reply.json().parameter]).toEqual([
        400,
        'BAD_FILTER',
        parameter,
      ])
    }
    expect((await test.get('analyst', '/api/clauses?documentId=nope')).json().known).toContain('MEM-10-2023')
  })
})

describe('an administrator’s word', () => {
  it('confirms a clause with its source, is taken back, and both are kept', async () => {
    const db = test.database.knex
    const before = await currentSequence(db)
    const first = await confirm('admin', 'FD-6.5', {
      isConfirmed: true,
      source: ' GB 35181-2017 第 5 页 ',
      note: '与原文一致',
    })
    expect(first.statusCode, first.body).toBe(201)
    expect(first.json()).toMatchObject({
      confirmed: true,
      confirmation: { by: '管理员', source: 'GB 35181-2017 第 5 页', isConfirmed: true },
      // in force on the tests' day, by an administrator's word
      mayMakeMajor: true,
    })
    await confirm('admin', 'FD-6.5', { isConfirmed: false, source: '版本有误' })
    const clause = (await test.get('fire-inspector', '/api/clauses/FD-6.5')).json()
    expect(clause).toMatchObject({ confirmed: false, mayMakeMajor: false })
    expect(clause.confirmations).toEqual([
      {
        id: expect.any(String),
        isConfirmed: false,
        source: '版本有误',
        note: null,
        by: '管理员',
        at: expect.any(String),
      },
      {
        id: expect.any(String),
        isConfirmed: true,
        source: 'GB 35181-2017 第 5 页',
        note: '与原文一致',
        by: '管理员',
        at: expect.any(String),
      },
    ])
    expect(await currentSequence(db)).toBe(before + 2)
    const logged = await db('change_log').where({ kind: 'clause' })
    expect(logged.length).toBe(2)
  })

  it('may also doubt what the library holds for confirmed', async () => {
    await confirm('admin', 'GM-14', { isConfirmed: false, source: '与公布文本不一致' })
    expect(await ids({ confirmed: false, sector: 'industry' })).toEqual(['GM-14'])
    expect(await ids({ mayMakeMajor: false, sector: 'industry' })).toEqual(['GM-14'])
    await confirm('admin', 'GM-14', { isConfirmed: true, source: '应急管理部令第10号 第十四条' })
    expect(await ids({ confirmed: false, sector: 'industry' })).toEqual([])
  })

  it('makes no common fault and no element of a count major, however well confirmed', async () => {
    for (const id of ['SP-01', 'FC-7.1.1', 'SE-03']) {
      const reply = await confirm('admin', id, { isConfirmed: true, source: '原文' })
      expect([id, reply.json().confirmed, reply.json().mayMakeMajor]).toEqual([id, true, false])
    }
  })

  it('brings a topic among the clauses that are offered, from the day on which its document is in force', async () => {
    await confirm('admin', 'HA-5.1.1', { isConfirmed: true, source: '应急管理部公开文本 第 3 页' })
    expect(await ids({ on: '2026-09-30', documentId: 'AQ-3067-2026' })).toEqual(['HA-5.1.1'])
    expect(await ids({ on: '2026-09-29', documentId: 'AQ-3067-2026' })).toEqual([])
    expect(await ids({ on: '2026-09-30', documentId: 'AQ-3067-2026', mayMakeMajor: true })).toEqual([
      'HA-5.1.1',
    ])
  })

  it('is refused to others, without a source, and for a clause that is not there', async () => {
    const word = { isConfirmed: true, source: '原文' }
    const refusals: [string | null, string, object, number, string][] = [
      [null, 'FD-6.2', word, 401, 'NOT_SIGNED_IN'],
      [`officer-${EAST}`, 'FD-6.2', word, 403, 'ROLE_NOT_ALLOWED'],
      ['analyst', 'FD-6.2', word, 403, 'ROLE_NOT_ALLOWED'],
      ['fire-inspector', 'FD-6.2', word, 403, 'ROLE_NOT_ALLOWED'],
      ['admin', 'FD-6.2', { isConfirmed: true }, 400, 'BAD_INPUT'],
      ['admin', 'FD-6.2', { isConfirmed: true, source: '  ' }, 422, 'SOURCE_MISSING'],
      ['admin', 'FD-6.2', { ...word, source: '长'.repeat(501) }, 400, 'BAD_INPUT'],
      ['admin', 'nope', word, 404, 'NOT_FOUND'],
    ]
    for (const [username, id, body, status, code] of refusals) {
      const path = `/api/clauses/${id}/confirmations`
      const reply = await test.as(username, { method: 'POST', url: path, payload: body })
      expect([username, code, reply.statusCode, reply.json().code]).toEqual([username, code, status, code])
    }
    expect((await test.get('admin', '/api/clauses/FD-6.2')).json().confirmations).toEqual([])
  })

  it('outlasts a new start, at which the library is loaded again', async () => {
    await confirm('admin', 'FD-6.3', { isConfirmed: true, source: 'GB 35181-2017 第 5 页' })
    expect(await loadClauseLibrary(test)).toEqual({ documents: [], clauses: [] })
    expect((await test.get('admin', '/api/clauses/FD-6.3')).json().confirmed).toBe(true)
  })
})
