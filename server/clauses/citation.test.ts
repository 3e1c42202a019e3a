import { describe, expect, it } from 'vitest'
import { readClauses } from '../reference/read-clauses.ts'
import { splitCitation } from './citation.ts'

describe('a citation', () => {
  it.each([
    ['第三条第2项', '第三条', '（二）'],
    ['第五条第10项', '第五条', '（十）'],
    ['第五条第13项', '第五条', '（十三）'],
    ['第九条(一)', '第九条', '（一）'],
    ['第三十六条第四款', '第三十六条', '第四款'],
    ['第十六条第一款第二项', '第十六条', '第一款（二）'],
    ['第十六条第一款第二、三项', '第十六条', '第一款（二）、（三）'],
    ['4.4 a)', '4.4', 'a)'],
    ['第6.8条 a)', '第6.8条', 'a)'],
    ['第1条', '第1条', null],
    ['第八条', '第八条', null],
    ['5.1.1', '5.1.1', null],
    ['第二十八条、第六十条', '第二十八条、第六十条', null],
    ['消防法第十九条；安全生产法第四十二条', '消防法第十九条；安全生产法第四十二条', null],
    ['七查', '七查', null],
  ])('%s is article %s, item %s', (written, article, item) => {
    expect(splitCitation(written)).toEqual({ article, item })
  })

  it('of the library loses nothing but the way an item is written', async () => {
    const clauses = await readClauses()
    const split = clauses.filter((clause) => clause.item !== null)
    // 64 of 令10号, 6 of transport, 20 of gas, 47 of GB 45067, 51 of construction, 9 of laws for small places
    expect(split.length).toBe(197)
    for (const clause of split)
      expect(clause.article.startsWith(splitCitation(clause.article).article)).toBe(true)
  })
})
