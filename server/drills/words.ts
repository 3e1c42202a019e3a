import { endOfDay, startOfDay } from '../core/calendar.ts'
import { FilterError, readDay, readWords } from '../core/filters.ts'
import { DRILL_FORMS, DRILL_STATES, type DrillForm, type DrillState } from '../core/vocabulary.ts'

/** The filter words that only drills have. */
export interface DrillWords {
  state?: DrillState[]
  form?: DrillForm[]
  startsFrom?: string
  startsTo?: string
  hazardId?: string
}

/** Reads the own words of drills from a query string. Throws FilterError. */
export function readDrillWords(query: Record<string, unknown>): DrillWords {
  const state = readWords(query, 'state', DRILL_STATES)
  const form = readWords(query, 'form', DRILL_FORMS)
  const startsFrom = readDay(query, 'startsFrom')
  const startsTo = readDay(query, 'startsTo')
  if (startsFrom !== undefined && startsTo !== undefined && startsFrom > startsTo) {
    throw new FilterError('startsFrom', startsFrom, `晚于 startsTo「${startsTo}」`)
  }
  const hazardId = readHazardId(query.hazardId)
  return {
    ...(state && { state }),
    ...(form && { form }),
    ...(startsFrom && { startsFrom }),
    ...(startsTo && { startsTo }),
    ...(hazardId && { hazardId }),
  }
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

function readHazardId(value: unknown): string | undefined {
  if (value === undefined || value === '') return undefined
  if (typeof value !== 'string' || !UUID.test(value))
    throw new FilterError('hazardId', String(value), '不是隐患编号')
  return value
}

/** The instants that the days stand for, in Shanghai: from the first until, but not at, the second. */
export function startsBetween(words: DrillWords): { from: Date | null; until: Date | null } {
  return {
    from: words.startsFrom ? startOfDay(words.startsFrom) : null,
    until: words.startsTo ? endOfDay(words.startsTo) : null,
  }
}
