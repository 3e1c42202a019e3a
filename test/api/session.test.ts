import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NOW, openTestApp, type TestApp } from '../harness/app.ts'
import { EAST, PASSWORD } from '../harness/fixture.ts'

let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
})
afterAll(() => test.close())

const signIn = (username: string, password: string) =>
  test.app.inject({ method: 'POST', url: '/api/session', payload: { username, password } })

describe('signing in', () => {
  it('sets a cookie that scripts cannot read and says who one is', async () => {
    const reply = await signIn(`officer-${EAST}`, PASSWORD)
    expect(reply.statusCode).toBe(200)
    expect(reply.cookies[0]).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' })
    expect(reply.json().user).toMatchObject({
      username: `officer-${EAST}`,
      role: 'officer',
      areas: [{ code: EAST, name: '临河街道' }],
      actions: ['createHazard', 'editHazard', 'editSite', 'checkSite', 'import'],
    })
  })

  it('answers a wrong name and a wrong password alike', async () => {
    const wrongName = await signIn('nobody', PASSWORD)
    const wrongPassword = await signIn('analyst', 'wrong-password')
    expect(wrongName.statusCode).toBe(401)
    const facts = ({ status, code, title, detail }: Record<string, unknown>) => ({
      status,
      code,
      title,
      detail,
    })
    expect(facts(wrongName.json())).toEqual(facts(wrongPassword.json()))
  })

  it('is slowed down after twenty tries a minute for one name', async () => {
    const replies = []
    for (let index = 0; index < 22; index++)
      replies.push((await signIn('commander', 'wrong-password')).statusCode)
    expect(replies.slice(0, 20)).toEqual(Array(20).fill(401))
    expect(replies.at(-1)).toBe(429)
    expect((await signIn('analyst', PASSWORD)).statusCode).toBe(200)
  })

  it('ends when one signs out, and after twelve hours', async () => {
    const cookie = (await signIn('analyst', PASSWORD)).cookies[0]
    const headers = { cookie: `${cookie?.name}=${cookie?.value}` }
    const whoAmI = () => test.app.inject({ method: 'GET', url: '/api/session', headers })
    expect((await whoAmI()).statusCode).toBe(200)
    test.setNow(new Date(NOW.getTime() + 12 * 3_600_000 + 1_000))
    expect((await whoAmI()).statusCode).toBe(401)
    test.setNow(NOW)
    const again = (await signIn('analyst', PASSWORD)).cookies[0]
    const signedIn = { cookie: `${again?.name}=${again?.value}` }
    expect(
      (await test.app.inject({ method: 'DELETE', url: '/api/session', headers: signedIn })).statusCode,
    ).toBe(204)
    expect(
      (await test.app.inject({ method: 'GET', url: '/api/session', headers: signedIn })).statusCode,
    ).toBe(401)
  })

  it('lists no password on the sign-in page', async () => {
    const frame = (await test.get(null, '/api/frame')).json()
    expect(frame.exampleAccounts[0]).toEqual({ username: 'analyst', displayName: '分析员', role: 'analyst' })
    expect(frame.exampleAccounts.map((account: { username: string }) => account.username)).not.toContain(
      'admin',
    )
  })
})

describe('tokens for machine clients', () => {
  it('see what their account sees, until revoked', async () => {
    const made = await test.post('admin', '/api/tokens', { name: '大屏', username: `officer-${EAST}` })
    expect(made.statusCode, made.body).toBe(201)
    const { id, token } = made.json()
    const headers = { authorization: `Bearer ${token}` }
    const whoAmI = () => test.app.inject({ method: 'GET', url: '/api/session', headers })
    expect((await whoAmI()).json().user.username).toBe(`officer-${EAST}`)
    expect((await test.as('admin', { method: 'DELETE', url: `/api/tokens/${id}` })).statusCode).toBe(204)
    expect((await whoAmI()).statusCode).toBe(401)
  })

  it('are made by an administrator alone', async () => {
    const reply = await test.post('analyst', '/api/tokens', { name: 'x', username: 'admin' })
    expect([reply.statusCode, reply.json().code]).toEqual([403, 'ROLE_NOT_ALLOWED'])
  })
})

describe('health', () => {
  it('says which engine and PostGIS serve', async () => {
    expect((await test.get(null, '/readyz')).json()).toEqual({
      status: 'ready',
      database: test.database.engine,
      postgis: expect.stringMatching(/^3\.\d/),
      version: '0.1.0',
    })
  })

  it('describes every route in OpenAPI', async () => {
    const document = (await test.get(null, '/api/openapi.json')).json()
    expect(document.openapi).toBe('3.1.0')
    expect(Object.keys(document.paths)).toContain('/api/hazards/{id}/transitions')
  })
})
