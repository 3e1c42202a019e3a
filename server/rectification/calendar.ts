import holidays from '../../data/holidays/holidays.json' with { type: 'json' }
import { type HolidayTable, makeWorkCalendar } from '../core/working-days.ts'

/** The working calendar of the State Council's notices 2024–2026; data/holidays says where it comes from. */
export const WORK_CALENDAR = makeWorkCalendar(holidays as unknown as HolidayTable)
