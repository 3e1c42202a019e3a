import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { SESSION_HOURS } from '../../server/auth/authenticate.ts'
import { type Change, currentSequence, recordChange } from '../../server/db/changes.ts'
import { NOW, openTestApp, type TestApp } from '../harness/app.ts'
import { addHazard, EAST, IN_EAST, WEST } from '../harness/fixture.ts'
import { type LiveStream, openStream, signInAgain } from '../harness/live-stream.ts'

let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
  await test.app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(() => test.close())
const open: LiveStream[] = []
afterEach(() => {
  for (const stream of open.splice(0)) stream.close()
})
beforeEach(() => test.database.knex.raw('truncate hazards, drills, resources, number_series cascade'))

const db = () => test.database.knex
const change = (rest: Partial<Change> = {}) =>
  db().transaction((transaction) =>
    recordChange(transaction, { kind: 'hazard', id: null, areaCodes: [EAST], sectors: ['fire'], ...rest }),
  )

async function connect(headers: Record<string, string>, query = ''): Promise<LiveStream> {
  const stream = await openStream(test.app, headers, query)
  open.push(stream)
  return stream
}
const cookieOf = (username: string) => signInAgain(test.app, username)
const listen = async (username: string, headers: Record<string, string> = {}, query = '') =>
  connect({ cookie: await cookieOf(username), ...headers }, query)

/** A change that everybody hears, so that silence before it is proven. */
const shout = () => change({ kind: 'base', areaCodes: [], sectors: [] })

describe('the stream', () => {
  it('says hello with the current number, then tells of each committed change', async () => {
    const before = await currentSequence(db())
    const stream = await listen('analyst')
    expect(stream.status).toBe(200)
    expect(stream.headers['content-type']).toBe('text/event-stream; charset=utf-8')
    expect(stream.headers['x-accel-buffering']).toBe('no')
    await stream.events(1)
    const id = await addHazard(db(), { ...IN_EAST })
    const reply = await test.patch(`officer-${EAST}`, `/api/hazards/${id}`, { version: 1, description: '新' })
    expect(reply.statusCode).toBe(200)
    expect(await stream.events(2)).toEqual([
      { id: String(before), event: 'hello', data: { sequence: before } },
      {
        id: String(before + 1),
        event: 'changed',
        data: { kind: 'hazard', id, area: EAST, sequence: before + 1 },
      },
    ])
  })

  it('keeps silent about a change that was rolled back', async () => {
    const stream = await listen('analyst')
    await stream.events(1)
    const failing = db().transaction(async (transaction) => {
      await recordChange(transaction, { kind: 'hazard', id: null, areaCodes: [], sectors: [] })
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    await shout()
    const events = await stream.events(2)
    expect(events.map((event) => [event.event, event.data.kind])).toEqual([
      ['hello', undefined],
      ['changed', 'base'],
    ])
  })

  it('tells each person only of what they may see', async () => {
    const accounts = ['analyst', `officer-${EAST}`, `officer-${WEST}`, 'fire-inspector']
    const streams = await Promise.all(accounts.map((username) => listen(username)))
    await Promise.all(streams.map((stream) => stream.events(1)))
    await change({ areaCodes: [EAST], sectors: ['gas'] })
    await change({ areaCodes: [WEST, EAST], sectors: ['fire'] })
    await change({ areaCodes: [], sectors: ['fire'] })
    await change({ kind: 'resource', areaCodes: [WEST], sectors: [] })
    const last = await shout()
    const first = last - 4
    const heard = await Promise.all(
      streams.map(async (stream) => {
        for (let count = 2; ; count++) {
          const events = await stream.events(count)
          if (events.at(-1)?.data.sequence === last) {
            return events.slice(1).map((event) => [Number(event.data.sequence) - first, event.data.area])
          }
        }
      }),
    )
    expect(heard).toEqual([
      [
        [0, EAST],
        [1, WEST],
        [2, null],
        [3, WEST],
        [4, null],
      ],
      [
        [0, EAST],
        [1, EAST],
        [4, null],
      ],
      [
        [1, WEST],
        [3, WEST],
        [4, null],
      ],
      [
        [1, WEST],
        [2, null],
        [3, WEST],
        [4, null],
      ],
    ])
  })

  it('tells a client that comes back what it missed, by header or by address', async () => {
    const since = await change()
    await change({ areaCodes: [WEST], sectors: ['gas'] })
    const last = await change({ areaCodes: [EAST] })
    const expected = [
      ['changed', since + 1],
      ['changed', last],
      ['hello', last],
    ]
    for (const stream of [
      await listen('analyst', { 'last-event-id': String(since) }),
      await listen('analyst', {}, `?since=${since}`),
    ]) {
      const events = await stream.events(3)
      expect(events.map((event) => [event.event, event.data.sequence])).toEqual(expected)
    }
    const officer = await listen(`officer-${EAST}`, { 'last-event-id': String(since) })
    expect((await officer.events(2)).map((event) => event.data.sequence)).toEqual([last, last])
  })

  it('tells a client that missed too much, or comes from another database, to read all again', async () => {
    const since = await change()
    const current = since + 1_001
    await db()('change_log').insert(
      Array.from({ length: 1_001 }, (_, index) => ({ sequence: since + 1 + index, kind: 'hazard' })),
    )
    await db()('change_sequence').update({ value: current })
    for (const id of [since, current + 5]) {
      const stream = await listen('analyst', { 'last-event-id': String(id) })
      expect((await stream.events(2)).map((event) => [event.event, event.id, event.data.sequence])).toEqual([
        ['reset', String(current), current],
        ['hello', String(current), current],
      ])
    }
    const atLimit = await listen('analyst', { 'last-event-id': String(since + 1) })
    expect((await atLimit.events(1_001)).at(0)?.data.sequence).toBe(since + 2)
  })

  it('finds changes that no message told of, when the next one comes or at the next tick', async () => {
    const stream = await listen('analyst')
    await stream.events(1)
    const silently = async () => {
      const sequence = (await currentSequence(db())) + 1
      await db()('change_log').insert({ sequence, kind: 'hazard' })
      await db()('change_sequence').update({ value: sequence })
      return sequence
    }
    const one = await silently()
    const two = await change()
    expect((await stream.events(3)).slice(1).map((event) => event.data.sequence)).toEqual([one, two])
    const three = await silently()
    await test.app.live.tick()
    expect((await stream.events(4)).at(-1)?.data.sequence).toBe(three)
    expect(stream.text()).toContain(': keep-alive\n\n')
  })

  it('carries a change that touches more areas than fit into a message', async () => {
    const stream = await listen(`officer-${EAST}`)
    await stream.events(1)
    const areaCodes = [...Array.from({ length: 900 }, (_, index) => `grid-${index}`), EAST]
    const sequence = await change({ kind: 'import', areaCodes })
    expect((await stream.events(2))[1]?.data).toEqual({ kind: 'import', id: null, area: EAST, sequence })
  })
})

describe('the end of a stream', () => {
  it('comes with the sign-out of its session, and of that alone', async () => {
    const [mine, theirs] = [await cookieOf('analyst'), await cookieOf('analyst')]
    const [one, other] = [await connect({ cookie: mine }), await connect({ cookie: theirs })]
    await Promise.all([one.events(1), other.events(1)])
    await test.app.inject({ method: 'DELETE', url: '/api/session', headers: { cookie: mine } })
    await one.ended
    await shout()
    expect((await other.events(2))[1]?.data.kind).toBe('base')
  })

  it('comes when the session runs out or the account is closed', async () => {
    const stream = await listen('commander')
    await stream.events(1)
    onTestFinished(() => test.setNow(NOW))
    test.setNow(new Date(NOW.getTime() + SESSION_HOURS * 3_600_000 + 1))
    await test.app.live.tick()
    await stream.ended
    test.setNow(NOW)
    const officer = await listen(`officer-${WEST}`)
    await officer.events(1)
    await db()('users')
      .where({ username: `officer-${WEST}` })
      .update({ is_active: false })
    onTestFinished(async () => {
      await db()('users')
        .where({ username: `officer-${WEST}` })
        .update({ is_active: true })
    })
    await test.app.live.tick()
    await officer.ended
  })

  it('follows a change of what the person may see', async () => {
    const stream = await listen(`officer-${WEST}`)
    await stream.events(1)
    await db()('user_areas').where({ area_code: WEST }).update({ area_code: EAST })
    onTestFinished(async () => {
      await db().raw(
        `update user_areas set area_code = ? where user_id = (select id from users where username = ?)`,
        [WEST, `officer-${WEST}`],
      )
    })
    await test.app.live.tick()
    await change({ areaCodes: [WEST] })
    const sequence = await change({ areaCodes: [EAST] })
    expect((await stream.events(2))[1]?.data).toMatchObject({ area: EAST, sequence })
  })

  it('serves a machine client by its token until that is revoked', async () => {
    const made = await test.post('admin', '/api/tokens', { name: '大屏', username: 'analyst' })
    const { token, id } = made.json()
    const stream = await connect({ authorization: `Bearer ${token}` })
    await stream.events(1)
    await test.app.live.tick()
    await shout()
    await stream.events(2)
    await test.as('admin', { method: 'DELETE', url: `/api/tokens/${id}` })
    await test.app.live.tick()
    await stream.ended
  })
})

describe('who may not', () => {
  it('asks for sign-in', async () => {
    const reply = await test.get(null, '/api/live')
    expect([reply.statusCode, reply.json().code]).toEqual([401, 'NOT_SIGNED_IN'])
  })

  it('refuses the thirty-first stream of one person', async () => {
    const cookie = await cookieOf('admin')
    const streams = await Promise.all(Array.from({ length: 30 }, () => connect({ cookie })))
    await Promise.all(streams.map((stream) => stream.events(1)))
    const refused = await connect({ cookie })
    expect(refused.status).toBe(429)
    streams[0]?.close()
    await streams[0]?.ended
    await expect.poll(() => connect({ cookie }).then((stream) => stream.status)).toBe(200)
  })
})

it('ends open streams when the server closes', async () => {
  const own = await openTestApp()
  await own.app.listen({ port: 0, host: '127.0.0.1' })
  const stream = await openStream(own.app, { cookie: await signInAgain(own.app, 'analyst') })
  await stream.events(1)
  await own.close()
  await stream.ended
})
