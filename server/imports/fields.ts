import type { ImportKind } from '../core/vocabulary.ts'
import { HAZARD_FIELDS } from './fields-hazards.ts'
import { RISK_FIELDS } from './fields-risks.ts'
import { SITE_FIELDS } from './fields-sites.ts'

/** A column of a ledger: its official header, how else people write it, and what fits into it. */
export interface Field {
  field: string
  header: string
  synonyms: readonly string[]
  isRequired?: true
  /** Characters that the database keeps; longer text is refused, never cut. */
  maxLength?: number
  /** The column is known and left out, for this reason. */
  ignored?: string
  /** Of the template. */
  width?: number
  choices?: readonly string[]
  kind?: 'text' | 'number' | 'day'
}

export const FIELDS: Record<ImportKind, readonly Field[]> = {
  sites: SITE_FIELDS,
  risks: RISK_FIELDS,
  hazards: HAZARD_FIELDS,
}

export function fieldOf(kind: ImportKind, name: string): Field | undefined {
  return FIELDS[kind].find((field) => field.field === name)
}
