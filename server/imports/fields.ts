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
  /** The choices are usual words; others are taken too. */
  isSuggestion?: true
  kind?: 'text' | 'number' | 'day'
  /** Worked out by the system from the rest of the row: never read; why, for whoever edited it by hand. */
  computed?: string
  /** Tells an exported row again; no person fills it in. */
  isKey?: true
  /** Stands on the header of an export. */
  comment?: string
}

export const FIELDS: Record<ImportKind, readonly Field[]> = {
  sites: SITE_FIELDS,
  risks: RISK_FIELDS,
  hazards: HAZARD_FIELDS,
}

export function fieldOf(kind: ImportKind, name: string): Field | undefined {
  return FIELDS[kind].find((field) => field.field === name)
}

/** Whether a person may say that a column of theirs holds the field. */
export const isChoosable = (field: Field): boolean => !field.ignored && !field.computed && !field.isKey
