import { describe, expect, it } from 'vitest'
import { makeWorkCalendar } from '../core/working-days.ts'
import { readDue, readFundsWan, splitResponsible } from './written-texts.ts'

const calendar = makeWorkCalendar({ '2025': [] })

describe('deadlines', () => {
  it('are days, lengths from the day found, or at once', () => {
    const due = (cell: string | number) => readDue(cell, '2025-06-02', calendar)
    expect(due('2025.6.10')).toEqual({ day: '2025-06-10', note: null })
    expect(due('立即整改')).toEqual({ day: '2025-06-02', note: null })
    expect(due('15日内')).toEqual({ day: '2025-06-17', note: null })
    expect(due('５个工作日')).toEqual({ day: '2025-06-09', note: null })
    expect(due('1个月')).toEqual({ day: '2025-07-02', note: null })
    expect(due('')).toEqual({ day: null, note: null })
    expect(due('长期坚持')).toEqual({ day: null, note: '没有具体日期，期限留空，不会计为逾期' })
    expect(due('2025-02-30')).toEqual({ day: null, fault: '「2025-02-30」没有这一天' })
    expect(due('尽快')).toEqual({ day: null, fault: '「尽快」不是日期' })
  })
})

describe('money', () => {
  it.each([
    [0.8, null, 0.8],
    ['8000元', null, 0.8],
    ['0.8万', '资金', 0.8],
    ['1,200', '资金（元）', 0.12],
    ['3', '资金（万元）', 3],
    [-1, '资金', -1],
    ['自筹', '资金', null],
  ])('reads %s under %s as %s 万元', (cell, header, wan) => {
    expect(readFundsWan(cell, header)).toBe(wan)
  })
})

describe('who is responsible', () => {
  it.each([
    ['长春某某化工有限公司（示例）/王示例', '长春某某化工有限公司（示例）', '王示例'],
    ['临河物业公司 李示例', '临河物业公司', '李示例'],
    ['某某酒店（赵示例）', '某某酒店', '赵示例'],
    ['东方广场街道办事处', '东方广场街道办事处', null],
    ['王示例', null, '王示例'],
    ['设备部、安全部', '设备部、安全部', null],
    ['某某公司（示例）', '某某公司（示例）', null],
  ])('splits %s', (text, unit, person) => {
    expect(splitResponsible(text)).toEqual({ unit, person })
  })
})
