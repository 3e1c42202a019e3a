import type { SiteDetail } from '@contract'
import { describe, expect, it } from 'vitest'
import { changedFields, clashesOf, mergeValues, siteValuesOf, toSitePatch } from './site-form.ts'

const site = {
  id: '019a0000-0000-7000-8000-000000000001',
  name: '恒泰冷链物流园（示例）',
  creditCode: null,
  sector: 'chemicals',
  kind: '冷库',
  address: null,
  responsibleUnit: '恒泰冷链',
  responsiblePerson: '王示例',
  responsiblePhone: null,
  geometry: { type: 'Point', coordinates: [125.4, 43.86] },
  version: 3,
} as SiteDetail
const line = {
  type: 'LineString',
  coordinates: [
    [125.4, 43.86],
    [125.41, 43.86],
  ],
} as const

describe('toSitePatch', () => {
  it('sends only what was changed, with the version that was seen', () => {
    const values = { ...siteValuesOf(site), address: ' 北海路 1 号 ', responsiblePerson: '' }
    expect(toSitePatch(values, site)).toEqual({ version: 3, address: '北海路 1 号', responsiblePerson: null })
  })
  it('is nothing when nothing was changed', () => {
    expect(toSitePatch(siteValuesOf(site), site)).toBeNull()
  })
  it('says the system of a new position, and can take the position away', () => {
    const moved = { type: 'Point' as const, coordinates: [125.5, 43.9] as [number, number] }
    expect(toSitePatch({ ...siteValuesOf(site), geometry: moved }, site)).toEqual({
      version: 3,
      geometry: moved,
      coordinateSystem: 'WGS84',
    })
    expect(toSitePatch({ ...siteValuesOf(site), geometry: null }, site)).toEqual({
      version: 3,
      geometry: null,
    })
  })
  it('never takes a line for a missing point', () => {
    const road = { ...site, geometry: line } as unknown as SiteDetail
    expect(changedFields({ ...siteValuesOf(road), kind: '路段' }, road)).toEqual(['kind'])
  })
})

describe('two people at one site', () => {
  const mine = { ...siteValuesOf(site), responsiblePerson: '李示例', kind: '大型冷库' }
  const current = { ...site, responsiblePerson: '赵示例', address: '北海路 1 号', version: 4 } as SiteDetail

  it('clash only where both changed the same field to different texts', () => {
    expect(clashesOf(mine, site, current)).toEqual([
      { field: 'responsiblePerson', theirs: '赵示例', mine: '李示例' },
    ])
    expect(clashesOf(mine, site, { ...current, responsiblePerson: '李示例' })).toEqual([])
  })
  it('keep what each of them changed, and of a clash what was chosen', () => {
    const merged = mergeValues(mine, site, current, { responsiblePerson: 'theirs' })
    expect(toSitePatch(merged, current)).toEqual({ version: 4, kind: '大型冷库' })
    const insisted = mergeValues(mine, site, current, { responsiblePerson: 'mine' })
    expect(toSitePatch(insisted, current)).toEqual({
      version: 4,
      kind: '大型冷库',
      responsiblePerson: '李示例',
    })
  })
})
