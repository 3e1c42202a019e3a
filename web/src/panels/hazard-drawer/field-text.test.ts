import { describe, expect, it } from 'vitest'
import { changeLines, textOfValue } from './field-text.ts'

const words = { language: 'zh', empty: '空', yes: '是', no: '否' } as const

describe('textOfValue', () => {
  it('writes words of the vocabulary, not their codes', () => {
    expect(textOfValue('status', 'rectifying', words)).toBe('整改中')
    expect(textOfValue('status', 'rectifying', { ...words, language: 'en' })).toBe('Rectifying')
    expect(textOfValue('severity', 'major', words)).toBe('重大')
    expect(textOfValue('isListed', true, words)).toBe('是')
  })
  it('names things, writes coordinates with five decimals, and says when there is nothing', () => {
    expect(textOfValue('site', { id: 'x', name: '信和商业广场（示例）' }, words)).toBe('信和商业广场（示例）')
    expect(textOfValue('geometry', { type: 'Point', coordinates: [125.3854, 43.8621] }, words)).toBe(
      '125.38540, 43.86210',
    )
    expect(textOfValue('measures', null, words)).toBe('空')
    expect(textOfValue('fundsWan', 0, words)).toBe('0')
  })
})

describe('changeLines', () => {
  it('makes one line of longitude and latitude and leaves out bookkeeping', () => {
    const changes = {
      lng: { from: 125.38, to: 125.39 },
      lat: { from: 43.86, to: 43.87 },
      coordinateText: { from: null, to: '125.39,43.87' },
      dueOn: { from: '2026-11-01', to: '2026-11-20' },
      originalDueOn: { from: null, to: '2026-11-01' },
      extensionCount: { from: 0, to: 1 },
    }
    expect(changeLines(changes, words)).toEqual([
      { field: 'geometry', values: { from: '125.38000, 43.86000', to: '125.39000, 43.87000' } },
      { field: 'dueOn', values: { from: '2026-11-01', to: '2026-11-20' } },
    ])
  })
  it('says of an identifier only that it changed', () => {
    expect(changeLines({ siteId: { from: null, to: 'a' } }, words)).toEqual([{ field: 'siteId' }])
  })
  it('tells that a position was given or moved along one axis', () => {
    expect(changeLines({ lng: { from: null, to: 125.4 }, lat: { from: null, to: 43.8 } }, words)).toEqual([
      { field: 'geometry', values: { from: '空', to: '125.40000, 43.80000' } },
    ])
    expect(changeLines({ lat: { from: 43.8, to: 43.9 } }, words)).toEqual([{ field: 'geometry' }])
  })
})
