import { describe, expect, it } from 'vitest'
import { RESOURCE_KINDS } from '../../core/vocabulary.ts'
import {
  readAddress,
  readBuilding,
  readLandUse,
  readPlace,
  readProtectedPlace,
  readRailway,
  readResource,
  readRoad,
  readSpeed,
  readWaterArea,
  readWaterLine,
} from './tags.ts'

describe('roads', () => {
  it('takes links and small streets to the class that is drawn', () => {
    expect(readRoad({ highway: 'motorway_link' })?.class).toBe('motorway')
    expect(readRoad({ highway: 'unclassified' })?.class).toBe('residential')
    expect(readRoad({ highway: 'steps' })?.class).toBe('path')
  })

  it('leaves out what is no road, not yet one, or a square', () => {
    expect(readRoad({ highway: 'construction' })).toBeNull()
    expect(readRoad({ highway: 'bus_stop' })).toBeNull()
    expect(readRoad({ highway: 'pedestrian', area: 'yes' })).toBeNull()
    expect(readRoad({})).toBeNull()
  })

  it('knows one-way streets: said, implied by kind, and drawn backwards', () => {
    const oneway = (tags: Record<string, string>) => {
      const road = readRoad(tags)
      return [road?.isOneway, road?.isReversed]
    }
    expect(oneway({ highway: 'primary', oneway: 'yes' })).toEqual([true, false])
    expect(oneway({ highway: 'primary', oneway: '-1' })).toEqual([true, true])
    expect(oneway({ highway: 'primary', junction: 'roundabout' })).toEqual([true, false])
    expect(oneway({ highway: 'motorway' })).toEqual([true, false])
    expect(oneway({ highway: 'motorway', oneway: 'no' })).toEqual([false, false])
    expect(oneway({ highway: 'primary', oneway: 'no' })).toEqual([false, false])
  })

  it('reads speeds in km/h and mph, and nothing into words', () => {
    expect(readSpeed('50')).toBe(50)
    expect(readSpeed('50 km/h')).toBe(50)
    expect(readSpeed('30 mph')).toBe(48.3)
    expect(['none', 'CN:urban', 'walk', '', '0', '999', undefined].map(readSpeed)).toEqual(
      Array(7).fill(null),
    )
  })
})

it('tells water lines from water surfaces', () => {
  expect(readWaterLine({ waterway: 'drain' })).toBe('ditch')
  expect(readWaterLine({ waterway: 'dam' })).toBeNull()
  expect(readWaterArea({ natural: 'water' })).toBe('water')
  expect(readWaterArea({ natural: 'water', water: 'river' })).toBe('river')
  expect(readWaterArea({ waterway: 'riverbank' })).toBe('river')
  expect(readWaterArea({ landuse: 'reservoir' })).toBe('water')
  expect(readWaterArea({ waterway: 'river' })).toBeNull()
})

it('sorts railways, land use, buildings and places into their classes', () => {
  expect(readRailway({ railway: 'rail' })).toBe('rail')
  expect(readRailway({ railway: 'abandoned' })).toBeNull()
  expect(readLandUse({ landuse: 'retail' })).toBe('commercial')
  expect(readLandUse({ leisure: 'park' })).toBe('green')
  expect(readLandUse({ natural: 'wood' })).toBe('forest')
  expect(readLandUse({ landuse: 'military' })).toBeNull()
  expect(readBuilding({ building: 'apartments' })).toBe('residential')
  expect(readBuilding({ building: 'yes' })).toBe('other')
  expect(readBuilding({ building: 'no' })).toBeNull()
  expect(readPlace({ place: 'village', name: '四合村' })).toBe('village')
  expect(readPlace({ place: 'village' })).toBeNull()
  expect(readPlace({ place: 'country', name: 'Liechtenstein' })).toBeNull()
})

it('finds who helps and who must be protected', () => {
  expect(readResource({ amenity: 'fire_station' })).toBe('fire_station')
  expect(readResource({ healthcare: 'hospital' })).toBe('hospital')
  expect(readProtectedPlace({ amenity: 'hospital' })).toBe('hospital')
  expect(readProtectedPlace({ amenity: 'university' })).toBe('school')
  expect(readProtectedPlace({ amenity: 'social_facility', 'social_facility:for': 'juvenile;senior' })).toBe(
    'elderly_home',
  )
  expect(readProtectedPlace({ amenity: 'social_facility', 'social_facility:for': 'homeless' })).toBeNull()
  expect(readResource({ amenity: 'cafe' })).toBeNull()
  expect(RESOURCE_KINDS).toContain(readResource({ emergency: 'fire_hydrant' }))
})

it('writes an address from its parts', () => {
  expect(readAddress({ 'addr:full': '临河街 1 号' })).toBe('临河街 1 号')
  expect(readAddress({ 'addr:street': '示意路', 'addr:housenumber': '8' })).toBe('示意路 8')
  expect(readAddress({})).toBeNull()
})
