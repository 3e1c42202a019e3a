import { describe, expect, it } from 'vitest'
import { EVERYTHING, type Scope } from '../access/model.ts'
import { formatEvent, type LoggedChange, readLastEventId, visibleChange } from './model.ts'

const officer: Scope = { areas: ['a', 'a-1'], sectors: 'all' }
const inspector: Scope = { areas: 'all', sectors: ['fire'] }
const change = (rest: Partial<LoggedChange>): LoggedChange => ({
  sequence: 7,
  kind: 'hazard',
  id: 'x',
  areaCodes: [],
  sectors: [],
  ...rest,
})

describe('who hears of a change', () => {
  it.each([
    ['a hazard of their area', officer, change({ areaCodes: ['b', 'a-1'], sectors: ['gas'] }), 'a-1'],
    ['a hazard of another area', officer, change({ areaCodes: ['b'] }), 'silence'],
    ['a hazard outside every area', officer, change({}), 'silence'],
    ['a depot of another area', officer, change({ kind: 'resource', areaCodes: ['b'] }), 'silence'],
    ['new streets', officer, change({ kind: 'base' }), null],
    ['a clause', officer, change({ kind: 'clause', sectors: ['gas'] }), null],
    ['an outline of another area', officer, change({ kind: 'area', areaCodes: ['b'] }), null],
    ['a hazard of their sector', inspector, change({ areaCodes: ['b'], sectors: ['gas', 'fire'] }), 'b'],
    ['a hazard of another sector', inspector, change({ areaCodes: ['b'], sectors: ['gas'] }), 'silence'],
    ['a drill without a sector', inspector, change({ kind: 'drill' }), 'silence'],
    ['a school', inspector, change({ kind: 'protectedPlace', areaCodes: ['b'] }), 'b'],
    ['new streets', inspector, change({ kind: 'base' }), null],
    ['a clause of another sector', inspector, change({ kind: 'clause', sectors: ['gas'] }), null],
    ['a hazard outside every area', EVERYTHING, change({}), null],
    ['a hazard anywhere', EVERYTHING, change({ areaCodes: ['b', 'a'] }), 'b'],
  ])('%s', (_, scope, made, area) => {
    const heard = visibleChange(scope, made)
    expect(heard).toEqual(area === 'silence' ? null : { kind: made.kind, id: 'x', area, sequence: 7 })
  })
})

it('writes an event on lines of its own, whatever the data holds', () => {
  expect(formatEvent('changed', { id: 'a\n\ndata: b' }, 12)).toBe(
    'id: 12\nevent: changed\ndata: {"id":"a\\n\\ndata: b"}\n\n',
  )
  expect(formatEvent('reset', {})).toBe('event: reset\ndata: {}\n\n')
})

it.each([
  ['0', 0],
  ['42', 42],
  ['-1', null],
  ['1e3', null],
  ['', null],
  [undefined, null],
  ['9999999999999999999', null],
])('reads the last event id %s', (text, sequence) => {
  expect(readLastEventId(text)).toBe(sequence)
})
