import {
  COORDINATE_SYSTEM_TERMS,
  type ImportRow,
  RISK_LEVEL_TERMS,
  RISK_METHOD_TERMS,
  SECTOR_TERMS,
  SEVERITY_TERMS,
  STATUS_TERMS,
  type Term,
} from '@contract'
import { MESSAGES, t, termOf } from '../../messages/i18n.ts'
import { MISSING } from '../../parts/format.ts'

/** Words of the contract by the field that holds them. */
const TERMS: Record<string, Record<string, Term>> = {
  sector: SECTOR_TERMS,
  severity: SEVERITY_TERMS,
  status: STATUS_TERMS,
  method: RISK_METHOD_TERMS,
  level: RISK_LEVEL_TERMS,
  residualLevel: RISK_LEVEL_TERMS,
  coordinateSystem: COORDINATE_SYSTEM_TERMS,
}

/** What goes with another fact: on what an area rests, and the arithmetic of a score. */
const UNSHOWN = new Set(['areaBasis', 'arithmetic'])

/** What an import would change of a row that is already there, as lines of text. */
export function changeLines(
  changes: ImportRow['changes'],
): { field: string; name: string; from: string; to: string }[] {
  return Object.entries(changes)
    .filter(([field]) => !UNSHOWN.has(field) && !(field === 'siteId' && 'siteName' in changes))
    .map(([field, { from, to }]) => ({
      field,
      name: fieldName(field),
      from: valueText(field, from),
      to: valueText(field, to),
    }))
}

function fieldName(field: string): string {
  const names = MESSAGES['zh-CN'].importCheck
  const known = typeof names === 'object' ? names.field : undefined
  return typeof known === 'object' && field in known ? t(`importCheck.field.${field}`) : field
}

function valueText(field: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return MISSING
  const term = TERMS[field]?.[String(value)]
  if (term) return termOf(term)
  if (typeof value === 'boolean') return t(value ? 'imports.yes' : 'imports.no')
  if (typeof value !== 'object') return String(value)
  return Object.entries(value)
    .map(([name, one]) => `${name} ${one}`)
    .join(', ')
}
