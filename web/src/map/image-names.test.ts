import { createExpression } from '@maplibre/maplibre-gl-style-spec'
import { describe, expect, it } from 'vitest'
import {
  cellImage,
  cellImageExpression,
  cellRadius,
  hazardImage,
  hazardImageExpression,
} from './image-names.ts'
import { PROGRESS_OF } from './palette.ts'

function evaluate(expression: unknown, properties: Record<string, unknown>): unknown {
  const made = createExpression(expression, 'icon-image')
  if (made.result !== 'success') throw new Error(JSON.stringify(made.value))
  return String(made.value.evaluate({ zoom: 12 }, { type: 'Point', properties } as never))
}

describe('the names of symbols', () => {
  it('are the same whether the map or the page makes them', () => {
    for (const status of Object.keys(PROGRESS_OF) as (keyof typeof PROGRESS_OF)[]) {
      const look = { severity: 'major', status, sector: 'gas', overdue: true, listed: false } as const
      expect(evaluate(hazardImageExpression, look)).toBe(hazardImage(look))
    }
    for (const [n, overdue, major] of [
      [2, 0, 0],
      [36, 9, 1],
      [400, 1, 120],
      [1249, 1249, 3],
    ] as const) {
      expect(evaluate(cellImageExpression('en'), { n, overdue, major })).toBe(
        cellImage('en', n, overdue, major),
      )
    }
  })

  it('show even one overdue hazard in a large cell', () => {
    expect(cellImage('zh-CN', 400, 1, 0)).toBe('cell/zh-CN/400/1/0')
    expect(cellImage('zh-CN', 400, 0, 0)).toBe('cell/zh-CN/400/0/0')
  })

  it('grow with the count, by steps and then by doublings, to thirty', () => {
    expect([2, 20, 21, 30, 40, 41, 80, 81, 160, 161, 100_000].map(cellRadius)).toEqual([
      15, 15, 17, 17, 19, 21, 21, 23, 23, 25, 30,
    ])
  })
})
