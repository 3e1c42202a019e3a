import type { Knex } from 'knex'
import type { Scope } from '../access/model.ts'
import { SIGN_OUT_CHANNEL } from '../auth/queries.ts'
import { CHANGE_CHANNEL, currentSequence, listChangesAfter } from '../db/changes.ts'
import type { Database } from '../db/open.ts'
import { formatEvent, KEEP_ALIVE, type LoggedChange, visibleChange } from './model.ts'

/** Somebody who listens: where to write, and who they are. */
export interface Listener {
  /** The hash of the session's or machine client's token. */
  tokenHash: string
  userId: string
  scope: Scope
  write(text: string): void
  end(): void
}

export interface LiveHub {
  /** Begins to hear of changes; once is enough. Throws if the database cannot be listened to. */
  start(): Promise<void>
  /** Adds a listener, who first hears what they missed since a number, then what comes. Answers how to leave. */
  join(listener: Listener, since: number | null): Promise<() => void>
  countOf(userId: string): number
  /** Keeps connections alive, ends those whose session is over, and looks for changes that no message told of. */
  tick(): Promise<void>
  close(): Promise<void>
}

/** A client that missed more is told to read everything again. */
const MAX_REPLAY = 1_000

/** The scope that a token gives now, or null if it is no longer good. */
export type FindScope = (tokenHash: string) => Promise<Scope | null>

interface Seat {
  listener: Listener
  /** Changes up to this one were written. */
  sequence: number
  /** Changes that came while older ones were still being read, or null once the seat is live. */
  waiting: LoggedChange[] | null
}

/** Tells listeners of committed changes, made by this or any other server on the same database. */
export function makeLiveHub(database: Database, findScope: FindScope): LiveHub {
  const seats = new Set<Seat>()
  let sequence = 0
  let starting: Promise<(() => Promise<void>)[]> | null = null
  // one at a time, so that the order of changes is the order of events
  let work: Promise<void> = Promise.resolve()
  const inOrder = (task: () => Promise<void>): Promise<void> => {
    work = work.then(task, task)
    return work
  }

  function deliver(seat: Seat, change: LoggedChange): void {
    if (change.sequence <= seat.sequence) return
    seat.sequence = change.sequence
    const heard = visibleChange(seat.listener.scope, change)
    if (heard) seat.listener.write(formatEvent('changed', heard, change.sequence))
  }

  function publish(change: LoggedChange): void {
    if (change.sequence <= sequence) return
    sequence = change.sequence
    for (const seat of seats) {
      if (seat.waiting) seat.waiting.push(change)
      else deliver(seat, change)
    }
  }

  /** Numbers have no gaps, so a gap means that messages were lost while the connection was down. */
  async function catchUp(db: Knex): Promise<void> {
    for (;;) {
      const changes = await listChangesAfter(db, sequence, MAX_REPLAY)
      changes.forEach(publish)
      if (changes.length < MAX_REPLAY) return
    }
  }

  async function hear(payload: string): Promise<void> {
    const change: LoggedChange | { sequence: number } = JSON.parse(payload)
    if ('kind' in change && change.sequence === sequence + 1) publish(change)
    else if (change.sequence > sequence) await catchUp(database.knex)
  }

  function leave(match: (listener: Listener) => boolean): void {
    for (const seat of [...seats]) {
      if (!match(seat.listener)) continue
      seats.delete(seat)
      seat.listener.end()
    }
  }

  async function subscribe(): Promise<(() => Promise<void>)[]> {
    const stops = [
      // what fails here is caught up with by the next change or tick
      await database.listen(CHANGE_CHANNEL, (payload) => void inOrder(() => hear(payload)).catch(() => {})),
      await database.listen(SIGN_OUT_CHANNEL, (tokenHash) => leave((one) => one.tokenHash === tokenHash)),
    ]
    sequence = Math.max(sequence, await currentSequence(database.knex))
    return stops
  }

  async function start(): Promise<void> {
    starting ??= subscribe()
    await starting.catch((error: unknown) => {
      starting = null
      throw error
    })
  }

  /** Answers up to which change the seat has heard. */
  async function replay(seat: Seat, since: number | null): Promise<number> {
    const current = Math.max(sequence, await currentSequence(database.knex))
    if (since === null) return current
    const missed = await listChangesAfter(database.knex, since, MAX_REPLAY + 1)
    // a number of the future is one of another database
    if (since > current || missed.length > MAX_REPLAY) {
      seat.listener.write(formatEvent('reset', { sequence: current }, current))
      return current
    }
    seat.sequence = since
    for (const change of missed) deliver(seat, change)
    return seat.sequence
  }

  async function join(listener: Listener, since: number | null): Promise<() => void> {
    await start()
    const seat: Seat = { listener, sequence, waiting: [] }
    seats.add(seat)
    seat.sequence = await replay(seat, since)
    listener.write(formatEvent('hello', { sequence: seat.sequence }, seat.sequence))
    const waiting = seat.waiting ?? []
    seat.waiting = null
    for (const change of waiting) deliver(seat, change)
    return () => {
      seats.delete(seat)
    }
  }

  async function tick(): Promise<void> {
    if (seats.size === 0) return
    for (const seat of [...seats]) {
      const scope = await findScope(seat.listener.tokenHash)
      if (!scope) leave((listener) => listener.tokenHash === seat.listener.tokenHash)
      else {
        seat.listener.scope = scope
        seat.listener.write(KEEP_ALIVE)
      }
    }
    await inOrder(() => catchUp(database.knex))
  }

  return {
    start,
    join,
    countOf: (userId) => [...seats].filter((seat) => seat.listener.userId === userId).length,
    tick,
    close: async () => {
      leave(() => true)
      const stops = await (starting ?? Promise.resolve([])).catch(() => [])
      for (const stop of stops) await stop()
    },
  }
}
