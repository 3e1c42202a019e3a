import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../harness/app.ts'

let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
})
afterAll(() => test.close())

const ids = async (query = '') => {
  const reply = await test.get('commander', `/api/clauses${query}`)
  expect(reply.statusCode, reply.body).toBe(200)
  const { items, total } = reply.json()
  expect(total).toBe(items.length)
  return items.map((item: { id: string }) => item.id)
}

describe('the library of clauses', () => {
  it('answers a clause with everything that a judgement needs', async () => {
    const reply = await test.get('analyst', '/api/clauses/HC-01')
    expect(reply.json()).toEqual({
      id: 'HC-01',
      title: '测试〔2025〕1号 第HC-01条',
      sector: 'chemicals',
      sectorLabel: '危险化学品',
      kind: 'major',
      source: '测试判定标准',
      documentNumber: '测试〔2025〕1号',
      document: null,
      article: '第HC-01条',
      item: null,
      citation: '第HC-01条',
      text: '条款 HC-01 的概括',
      premise: null,
      appliesTo: [],
      confirmed: true,
      confirmation: null,
      confirmations: [],
      edition: 'current',
      isInForce: true,
      mayMakeMajor: true,
      seeAlso: [],
      overlap: null,
      successorItem: null,
      note: null,
      sourceRef: null,
    })
  })

  it('is searched by Chinese substring, sector and what may make a hazard major', async () => {
    expect(await ids()).toEqual(['HC-01', 'XF-01', 'XF-02'])
    expect(await ids(`?q=${encodeURIComponent('的概括')}`)).toEqual(['HC-01', 'XF-01', 'XF-02'])
    expect(await ids(`?q=${encodeURIComponent('危险化学')}`)).toEqual(['HC-01'])
    expect(await ids(`?q=${encodeURIComponent('%')}`)).toEqual([])
    expect(await ids('?sector=fire')).toEqual(['XF-01', 'XF-02'])
    expect(await ids('?mayMakeMajor=true')).toEqual(['HC-01'])
    expect(await ids('?mayMakeMajor=false&sector=fire')).toEqual(['XF-01', 'XF-02'])
  })

  it('pages', async () => {
    const first = (await test.get('analyst', '/api/clauses?limit=2')).json()
    expect([first.items.length, first.total]).toEqual([2, 3])
    const second = (await test.get('analyst', `/api/clauses?limit=2&cursor=${first.nextCursor}`)).json()
    expect([second.items[0].id, second.nextCursor]).toEqual(['XF-02', null])
  })

  it('refuses who is not signed in, unknown words and unknown clauses', async () => {
    const refusals: [string | null, string, number, string][] = [
      [null, '/api/clauses', 401, 'NOT_SIGNED_IN'],
      [null, '/api/clauses/HC-01', 401, 'NOT_SIGNED_IN'],
      ['analyst', '/api/clauses/nope', 404, 'NOT_FOUND'],
      ['analyst', '/api/clauses?sector=chem', 400, 'BAD_FILTER'],
      ['analyst', '/api/clauses?mayMakeMajor=maybe', 400, 'BAD_INPUT'],
      ['analyst', '/api/clauses?cursor=abc', 400, 'BAD_CURSOR'],
    ]
    for (const [username, url, status, code] of refusals) {
      const reply = await test.get(username, url)
      expect([url, reply.statusCode, reply.json().code]).toEqual([url, status, code])
    }
  })
})
