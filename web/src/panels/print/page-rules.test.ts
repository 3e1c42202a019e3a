import { describe, expect, it } from 'vitest'
import { listPages, quoted, wholePage } from './page-rules.ts'

describe('the rules for pages', () => {
  it('name the paper', () => {
    expect(wholePage('A4')).toBe('@page { size: A4 landscape; margin: 0 }')
  })

  it('count in the order of the language', () => {
    const words = { left: '单位', middle: '清单' }
    expect(listPages('A3', { ...words, numbers: '第 {page} 页，共 {pages} 页' })).toContain(
      '@bottom-right { content: "第 " counter(page) " 页，共 " counter(pages) " 页";',
    )
    expect(listPages('A3', { ...words, numbers: 'Page {page} of {pages}' })).toContain(
      'content: "Page " counter(page) " of " counter(pages);',
    )
  })

  it('let no text break out of its quotes', () => {
    expect(quoted('a"; } body { display: none')).toBe('"a\\"; } body { display: none"')
    expect(quoted('\\')).toBe('"\\\\"')
  })
})
