import { describe, expect, it } from 'vitest'
import { findNamedArea, isWithin, nearestAreaName } from './area-names.ts'

const areas = [
  { code: '220171', name: '长春经济技术开发区', kind: 'zone', parentCode: null },
  { code: '220171001', name: '临河街道', kind: 'subdistrict', parentCode: '220171' },
  { code: '220171002', name: '东方广场街道', kind: 'subdistrict', parentCode: '220171' },
  { code: '220171005', name: '兴隆山镇', kind: 'town', parentCode: '220171' },
  { code: '220171005-1', name: '兴隆山一网格', kind: 'grid', parentCode: '220171005' },
]

describe('the area that a cell names', () => {
  it.each([
    ['临河街道', '220171001'],
    ['临河', '220171001'],
    [' 临河街道办事处 ', '220171001'],
    ['长春市经开区临河街', '220171001'],
    ['兴隆山', '220171005'],
    ['220171002', '220171002'],
    ['南湖街道', undefined],
    ['街道', undefined],
  ])('%s', (text, code) => {
    expect(findNamedArea(areas, text)?.code).toBe(code)
  })

  it('is proposed when it is only near', () => {
    expect(nearestAreaName(areas, '东方广场社区')).toBe('东方广场街道')
    expect(nearestAreaName(areas, '南湖街道')).toBeNull()
  })

  it('holds what lies below it', () => {
    expect(isWithin(areas, '220171005-1', '220171005')).toBe(true)
    expect(isWithin(areas, '220171005-1', '220171')).toBe(true)
    expect(isWithin(areas, '220171001', '220171002')).toBe(false)
    expect(isWithin(areas, null, '220171')).toBe(false)
  })
})
