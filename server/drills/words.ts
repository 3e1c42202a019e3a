import { endOfDay, startOfDay } from '../core/calendar.ts'
import { FilterError, readDay, readIds, readWords } from '../core/filters.ts'
import { DRILL_FORMS, DRILL_STATES, type DrillForm, type DrillState } from '../core/vocabulary.ts'

/** The filter words that only drills have. */
export interface DrillWords {
  state?: DrillState[]
  form?: DrillForm[]
  startsFrom?: string
  startsTo?: string
  /** Drills that take up any of these hazards. */
  hazardId?: string[]
}

/** Reads the own words of drills from a query string. Throws FilterError. */
export function readDrillWords(query: Record<string, unknown>): DrillWords {
  const state = readWords(query, 'state', DRILL_STATES)
  const form = readWords(query, 'form', DRILL_FORMS)
  const startsFrom = readDay(query, 'startsFrom')
  const startsTo = readDay(query, 'startsTo')
  const hazardId = readIds(query, 'hazardId')
  if (startsFrom !== undefined && startsTo !== undefined && startsFrom > startsTo) {
    throw new FilterError('startsFrom', startsFrom, `晚于 startsTo「${startsTo}」`)
  }
  return {
    ...(state && { state }),
    ...(form && { form }),
    ...(startsFrom && { startsFrom }),
    ...(startsTo && { startsTo }),
    ...(hazardId && { hazardId }),
  }
}

/** The instants that the days stand for, in Shanghai: from the first until, but not at, the second. */
export function startsBetween(words: DrillWords): { from: Date | null; until: Date | null } {
  return {
    from: words.startsFrom ? startOfDay(words.startsFrom) : null,
    until: words.startsTo ? endOfDay(words.startsTo) : null,
  }
}
