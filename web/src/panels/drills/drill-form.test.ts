import type { Drill } from '@contract'
import { describe, expect, it } from 'vitest'
import {
  emptyDrillForm,
  faultsOf,
  formOfDrill,
  toDrillPatch,
  toInstant,
  toNewDrill,
  toWallClock,
} from './drill-form.ts'

const drill: Drill = {
  id: '0193a000-0000-7000-8000-000000000001',
  number: 'YL-2026-0007',
  title: '液氨卸车泄漏数字推演',
  form: 'tabletop',
  content: 'single',
  purpose: 'test',
  scenario: '液氨罐车卸车软管脱落',
  sector: 'chemicals',
  startsAt: '2026-12-01T06:00:00.000Z',
  endsAt: '2026-12-01T07:00:00.000Z',
  state: 'planned',
  geometry: { type: 'Point', coordinates: [125.4, 43.86] },
  hazardIds: [],
  siteId: null,
  siteName: null,
  area: { code: '220171003', name: '东方广场街道' },
  placeText: null,
  zones: [],
  objectives: null,
  commanderName: '张示例',
  note: null,
  isExample: true,
  mayEdit: true,
  version: 4,
  updatedAt: '2026-11-24T00:00:00.000Z',
}

describe('times of a drill', () => {
  it('are shown and read on the clock of Shanghai', () => {
    expect(toWallClock('2026-12-01T06:00:00.000Z')).toBe('2026-12-01T14:00')
    expect(toInstant('2026-12-01T14:00')).toBe('2026-12-01T06:00:00.000Z')
    expect(toWallClock(null)).toBe('')
    expect(toInstant('')).toBeNull()
  })
})

describe('faultsOf', () => {
  it('asks for a title, a place and a beginning', () => {
    expect(faultsOf(emptyDrillForm())).toEqual(['title', 'place', 'start'])
  })
  it('lets a draft wait for its time, but not with an end alone', () => {
    const form = { ...formOfDrill(drill), startsAt: '', endsAt: '' }
    expect(faultsOf(form, 'draft')).toEqual([])
    expect(faultsOf({ ...form, endsAt: '2026-12-01T15:00' }, 'draft')).toEqual(['start'])
  })
  it('refuses an end before the beginning and a circle without size', () => {
    const form = { ...formOfDrill(drill), endsAt: '2026-12-01T13:59' }
    form.zones = [{ id: 'a', name: '隔离圈', kind: 'isolation', radiusMeters: 0 }]
    expect(faultsOf(form)).toEqual(['times', 'radius'])
  })
})

describe('toDrillPatch', () => {
  it('sends nothing when nothing was changed', () => {
    expect(toDrillPatch(formOfDrill(drill), drill)).toBeNull()
  })
  it('sends the changed fields with the version that was seen', () => {
    const form = { ...formOfDrill(drill), title: ' 新题 ', commanderName: '' }
    expect(toDrillPatch(form, drill)).toEqual({ version: 4, title: '新题', commanderName: null })
  })
})

describe('toNewDrill', () => {
  it('writes empty texts as null and the rest as typed', () => {
    const body = toNewDrill({ ...emptyDrillForm(), title: '题', state: 'draft' })
    expect(body).toEqual({
      title: '题',
      form: 'tabletop',
      content: 'single',
      purpose: 'test',
      scenario: '',
      sector: null,
      startsAt: null,
      endsAt: null,
      geometry: null,
      siteId: null,
      placeText: null,
      hazardIds: [],
      zones: [],
      objectives: null,
      commanderName: null,
      note: null,
      state: 'draft',
    })
  })
})
