import { expect, it } from 'vitest'
import { clearOfAreas, printedStyle } from './printed-style.ts'

const label = (text: string, x: number, y: number, isBold = false) => ({ text, x, y, size: 10, isBold })

it('leaves out a lesser name that runs into an area’s, and writes areas last', () => {
  const area = label('东方广场街道', 100, 100, true)
  const near = label('长青街道办事处', 60, 104)
  const far = label('英俊镇', 100, 130)
  expect(clearOfAreas([area, near, far])).toEqual([far, area])
})

it('lets the names that the sheet writes out of the picture, and nothing else', () => {
  const layers = ['areas/label', 'base/place-labels', 'base/road-labels'].map((id) => ({
    id,
    type: 'symbol' as const,
    source: 'base',
    paint: { 'text-color': 'black' },
  }))
  const printed = printedStyle({ version: 8, sources: {}, layers })
  expect(printed.layers.map((layer) => [layer.id, layer.paint])).toEqual([
    ['areas/label', { 'text-color': 'black', 'text-opacity': 0 }],
    ['base/place-labels', { 'text-color': 'black', 'text-opacity': 0 }],
    ['base/road-labels', { 'text-color': 'black' }],
  ])
})
