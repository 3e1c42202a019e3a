import { addDays } from '../core/calendar.ts'
import { readDay } from '../core/date-text.ts'
import { narrowText } from '../core/plain-text.ts'
import type { WorkCalendar } from '../core/working-days.ts'
import { cellText } from './cells.ts'
import type { CellValue } from './table.ts'

/** Texts of the ledger that are neither plain words nor plain numbers. */

export type DueReading = { day: string | null; note: string | null } | { day: null; fault: string }

const AT_ONCE = /^(立即|立行立改|立查立改|即查即改|即知即改|即刻|当场|现场|当日|当天|马上|随时)/
const NEVER_ENDING = /^(长期|持续|常态|长效|日常|一直)/
const DURATION =
  /^(?:限期|限|自.{0,10}起)?(\d{1,3})(个工作日|工作日|个月|月|日|天|周|个星期)(?:内|以内|之内)?(?:完成|整改|整改完成)?$/

/** A deadline: a day, a length from the day on which it was found (15 日内, 10 个工作日), or at once. */
export function readDue(cell: CellValue, foundOn: string | null, calendar: WorkCalendar): DueReading {
  const reading = readDay(cell)
  if (reading.day !== null || reading.isEmpty) return { day: reading.day, note: null }
  const text = narrowText(cellText(cell)).replace(/\s/g, '')
  if (NEVER_ENDING.test(text)) return { day: null, note: '没有具体日期，期限留空，不会计为逾期' }
  if (AT_ONCE.test(text)) return { day: foundOn, note: null }
  const match = DURATION.exec(text)
  if (!match || foundOn === null) return { day: null, fault: reading.reason }
  const [, count = '', unit = ''] = match
  if (unit.includes('工作日')) {
    const { day, isCertain } = calendar.addWorkingDays(foundOn, Number(count))
    return { day, note: isCertain ? null : `按周一至周五推算到 ${day}：该年度放假安排还没有导入` }
  }
  const days = unit.includes('月') ? 30 : unit.includes('周') || unit.includes('星期') ? 7 : 1
  return { day: addDays(foundOn, Number(count) * days), note: null }
}

const YUAN_OF_UNIT: Record<string, number> = {
  元: 1,
  千元: 1_000,
  万: 10_000,
  万元: 10_000,
  亿元: 100_000_000,
}

/** Money in 万元; a number alone is in the unit that its header names, else 万元. Null: not a sum. */
export function readFundsWan(cell: CellValue, header: string | null): number | null {
  const headerUnit = header !== null && /元/.test(header) && !/万/.test(header) ? 1 : 10_000
  const text = narrowText(cellText(cell)).replace(/[\s,¥￥约]/g, '')
  const match = /^(-?\d{1,12}(?:\.\d{1,6})?)(元|千元|万元|万|亿元)?$/.exec(text)
  if (!match) return null
  const unit = match[2] === undefined ? headerUnit : (YUAN_OF_UNIT[match[2]] ?? headerUnit)
  return Math.round(Number(match[1]) * unit) / 10_000
}

/** Unit and person from one cell: 某某公司/王某, 某某公司（王某）, 某某公司 王某. */
export function splitResponsible(text: string): { unit: string | null; person: string | null } {
  const bracketed = /^(.+?)[（(]([^（）()]{2,10})[）)]$/.exec(text)
  if (bracketed?.[1] && bracketed[2] && bracketed[2] !== '示例' && !isUnit(bracketed[2])) {
    return { unit: bracketed[1].trim(), person: bracketed[2].trim() }
  }
  const parts = text
    .split(/[/／、,，;；\n]|\s{1,}/)
    .map((part) => part.trim())
    .filter(Boolean)
  const last = parts.at(-1)
  if (last !== undefined && parts.length > 1 && isPerson(last)) {
    const rest = text.slice(0, text.lastIndexOf(last)).replace(/[/／、,，;；\s]+$/, '')
    return { unit: rest || null, person: last }
  }
  return isPerson(text) && !isUnit(text) ? { unit: null, person: text } : { unit: text, person: null }
}

const UNIT_ENDINGS =
  /(公司|厂|店|院|校|局|所|部|科|站|中心|街道|办事处|大队|支队|委员会|社区|村|集团|企业|车间|单位|超市|酒店|宾馆|市场|小区|物业|合作社|项目部|工地|仓库|加油站)$/
const isUnit = (text: string): boolean => UNIT_ENDINGS.test(text)
const isPerson = (text: string): boolean => /^[\p{Script=Han}·]{2,5}$/u.test(text) && !isUnit(text)
