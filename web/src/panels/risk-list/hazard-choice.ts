import type { FilterName, Filters } from '@contract'

/** What the menu 隐患 offers; other words on hazards come from the map and stand as chips. */
export const HAZARD_CHOICES = ['open', 'overdue', 'major'] as const
export type HazardChoice = (typeof HAZARD_CHOICES)[number]

const WORDS: Record<HazardChoice, Pick<Filters, 'status' | 'severity'>> = {
  open: { status: ['open'] },
  overdue: { status: ['overdue'] },
  major: { status: ['open'], severity: ['major'] },
}

/** The choice that the filter's words amount to, or null: nothing, or something that the menu does not offer. */
export function hazardChoiceOf({ status, severity }: Filters): HazardChoice | null {
  const said = `${status ?? ''}/${severity ?? ''}`
  return (
    HAZARD_CHOICES.find(
      (choice) => `${WORDS[choice].status ?? ''}/${WORDS[choice].severity ?? ''}` === said,
    ) ?? null
  )
}

export function wordsOfHazardChoice(
  choice: HazardChoice | undefined,
): Pick<{ [K in FilterName]?: Filters[K] | undefined }, 'status' | 'severity'> {
  return { status: undefined, severity: undefined, ...(choice ? WORDS[choice] : {}) }
}

/** Words of the filter that the row of the risk list has no menu for, in the order of reading. */
export function wordsWithoutMenu(filters: Filters): FilterName[] {
  const names: FilterName[] = ['siteId', 'clauseId', 'foundFrom', 'foundTo', 'dueFrom', 'dueTo', 'bbox']
  const isOffered = hazardChoiceOf(filters) !== null
  return [...(isOffered ? [] : (['severity', 'status'] as const)), ...names].filter(
    (name) => filters[name] !== undefined,
  )
}
