import { describe, expect, it } from 'vitest'
import { DRILL_STATES } from '../core/vocabulary.ts'
import { editRefusal, moveRefusal, timeRefusal, zonesRefusal } from './rules.ts'

describe('the moves of a drill', () => {
  it('are those of the table and no others', () => {
    const allowed = DRILL_STATES.flatMap((from) =>
      DRILL_STATES.filter((to) => from !== to && moveRefusal(from, to) === null).map((to) => `${from} ${to}`),
    )
    expect(allowed).toEqual([
      'draft planned',
      'draft cancelled',
      'planned draft',
      'planned running',
      'planned cancelled',
      'running done',
      'running cancelled',
      'cancelled draft',
    ])
  })

  it('say which moves there are', () => {
    expect(moveRefusal('running', 'draft')).toEqual({
      code: 'MOVE_NOT_ALLOWED',
      detail: '「进行中」的演练不能改为「草稿」；可改为「已结束」、「已取消」',
    })
  })

  it('let a finished drill rest, and open a cancelled one only by making it a draft', () => {
    expect(editRefusal('done', 'done')?.code).toBe('DRILL_OVER')
    expect(editRefusal('cancelled', 'cancelled')?.code).toBe('DRILL_OVER')
    expect(editRefusal('cancelled', 'draft')).toBeNull()
    expect(editRefusal('running', 'running')).toBeNull()
  })
})

describe('the times of a drill', () => {
  const at = (text: string) => new Date(text)
  const nine = at('2025-07-01T01:00:00Z')

  it.each([
    ['no time for a draft', null, null, 'draft', null],
    ['no time for a cancelled one', null, null, 'cancelled', null],
    ['no time for a planned one', null, null, 'planned', 'NEEDS_START'],
    ['a start alone', nine, null, 'planned', null],
    ['an end alone', null, nine, 'draft', 'END_WITHOUT_START'],
    ['an end at the start', nine, nine, 'draft', null],
    ['an end a second early', nine, at('2025-07-01T00:59:59Z'), 'draft', 'END_BEFORE_START'],
    ['seven days', nine, at('2025-07-08T01:00:00Z'), 'draft', null],
    ['a second over seven days', nine, at('2025-07-08T01:00:01Z'), 'draft', 'DRILL_TOO_LONG'],
    ['the last moment of 1999', at('1999-12-31T23:59:59Z'), null, 'draft', 'BAD_TIME'],
    ['the year 2100', at('2100-01-01T00:00:00Z'), null, 'draft', 'BAD_TIME'],
    ['no instant at all', at('2025-06-30T23:59:60Z'), null, 'draft', 'BAD_TIME'],
  ] as const)('%s', (_, startsAt, endsAt, state, code) => {
    expect(timeRefusal(startsAt, endsAt, state)?.code ?? null).toBe(code)
  })
})

it('refuses two zones of one id', () => {
  const zone = { id: 'a', name: '警戒区', kind: 'warning' } as const
  expect(zonesRefusal([zone, { ...zone, id: 'b' }])).toBeNull()
  expect(zonesRefusal([zone, zone])?.code).toBe('ZONE_REPEATED')
})
