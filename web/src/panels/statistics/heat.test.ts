import { describe, expect, it } from 'vitest'
import { heatShade, makeHeat } from './heat.ts'

const statistics = {
  byArea: [
    { area: null, areaName: null, found: 1, closed: 0, overdue: 0 },
    { area: '220171002', areaName: '临河街道', found: 5, closed: 2, overdue: 1 },
    { area: '220171001', areaName: '东方广场街道', found: 3, closed: 3, overdue: 0 },
  ],
  areaBySector: [
    { area: '220171002', sector: 'fire' as const, count: 4 },
    { area: '220171002', sector: 'chemicals' as const, count: 1 },
    { area: '220171001', sector: 'fire' as const, count: 3 },
    { area: null, sector: 'gas' as const, count: 1 },
  ],
}

describe('makeHeat', () => {
  it('sets areas against the sectors that occur, what has no area last', () => {
    expect(makeHeat(statistics)).toEqual({
      sectors: ['chemicals', 'fire', 'gas'],
      rows: [
        {
          area: '220171002',
          name: '临河街道',
          cells: [
            { sector: 'chemicals', count: 1 },
            { sector: 'fire', count: 4 },
            { sector: 'gas', count: 0 },
          ],
          total: 5,
        },
        {
          area: '220171001',
          name: '东方广场街道',
          cells: [
            { sector: 'chemicals', count: 0 },
            { sector: 'fire', count: 3 },
            { sector: 'gas', count: 0 },
          ],
          total: 3,
        },
        {
          area: null,
          name: null,
          cells: [
            { sector: 'chemicals', count: 0 },
            { sector: 'fire', count: 0 },
            { sector: 'gas', count: 1 },
          ],
          total: 1,
        },
      ],
      columnTotals: [1, 7, 1],
      max: 4,
      total: 9,
    })
  })
})

describe('heatShade', () => {
  it('leaves nothing white and gives the most the dark end of the ramp', () => {
    expect(heatShade(0, 10)).toEqual({ background: '#FFFFFF', text: '#1C2427' })
    expect(heatShade(10, 10)).toEqual({ background: '#4c575b', text: '#FFFFFF' })
  })
  it('keeps every number readable at 4.5 : 1 on its grey', () => {
    for (let count = 1; count <= 100; count++) {
      const { background, text } = heatShade(count, 100)
      expect(contrast(background, text), `${count}`).toBeGreaterThanOrEqual(4.5)
    }
  })
})

/** WCAG 2.x contrast ratio. */
function contrast(one: string, other: string): number {
  const luminance = (hex: string) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}
