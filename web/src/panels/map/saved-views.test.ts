import { describe, expect, it } from 'vitest'
import { addView, parseViews } from './saved-views.ts'

describe('saved views', () => {
  it('are read back, and what is no view is left out', () => {
    const view = { name: '重大', query: 'severity=major' }
    expect(parseViews(JSON.stringify([view, { name: 1 }, null, 'x']))).toEqual([view])
    for (const text of [null, '', '{', '{"a":1}']) expect(parseViews(text)).toEqual([])
  })

  it('replace their namesake and stand in order', () => {
    const views = addView([{ name: '乙', query: 'a' }], { name: '甲', query: 'b' })
    expect(addView(views, { name: '乙', query: 'c' })).toEqual([
      { name: '甲', query: 'b' },
      { name: '乙', query: 'c' },
    ])
  })
})
