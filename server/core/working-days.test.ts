import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { addDays } from './calendar.ts'
import {
  type HolidayTable,
  makeWorkCalendar,
  overdueWorkingDays,
  remainingWorkingDays,
} from './working-days.ts'

const table: HolidayTable = JSON.parse(
  readFileSync(new URL('../../data/holidays/holidays.json', import.meta.url), 'utf8'),
)
const calendar = makeWorkCalendar(table)

describe('working days', () => {
  it('follows the notice of 2025: days off, and weekend days that are worked', () => {
    expect(calendar.isWorkingDay('2025-10-01')).toBe(false)
    expect(calendar.isWorkingDay('2025-10-08')).toBe(false)
    expect(calendar.isWorkingDay('2025-10-09')).toBe(true)
    expect(calendar.isWorkingDay('2025-09-28')).toBe(true) // a Sunday
    expect(calendar.isWorkingDay('2025-06-21')).toBe(false) // a Saturday
  })

  it('counts the days after the due day up to today', () => {
    expect(overdueWorkingDays(calendar, '2025-06-18', '2025-06-18')).toEqual({ days: 0, isCertain: true })
    expect(overdueWorkingDays(calendar, '2025-06-18', '2025-06-19')).toEqual({ days: 1, isCertain: true })
    expect(overdueWorkingDays(calendar, '2025-06-20', '2025-06-22')).toEqual({ days: 0, isCertain: true })
    expect(overdueWorkingDays(calendar, '2025-09-27', '2025-10-10')).toEqual({ days: 5, isCertain: true })
    expect(remainingWorkingDays(calendar, '2025-10-10', '2025-09-27')).toEqual({ days: 5, isCertain: true })
    expect(remainingWorkingDays(calendar, '2025-06-18', '2025-06-19')).toEqual({ days: 0, isCertain: true })
  })

  it('says so when a year has no notice yet', () => {
    expect(overdueWorkingDays(calendar, '2026-12-30', '2027-01-04')).toEqual({ days: 3, isCertain: false })
    expect(calendar.addWorkingDays('2026-12-31', 1)).toEqual({ day: '2027-01-01', isCertain: false })
    expect(calendar.hasTable('2027')).toBe(false)
  })

  it('adds working days across a long holiday', () => {
    expect(calendar.addWorkingDays('2025-09-27', 5)).toEqual({ day: '2025-10-10', isCertain: true })
    expect(calendar.addWorkingDays('2025-09-27', 0)).toEqual({ day: '2025-09-27', isCertain: true })
  })

  it('counts the same as walking day by day', () => {
    let walked = 0
    for (let day = '2024-01-02'; day <= '2026-12-31'; day = addDays(day, 1)) {
      if (calendar.isWorkingDay(day)) walked++
      expect(calendar.countBetween('2024-01-01', day).days).toBe(walked)
    }
  })
})
