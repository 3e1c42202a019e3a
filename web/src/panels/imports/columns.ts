import type { ImportOptions, ImportReport, Sector } from '@contract'

/** What a person says of a column: a field, null to leave it out, '' for not said yet. */
export type ColumnChoice = string | null
export type ColumnChoices = Record<string, ColumnChoice>

export interface ColumnRow {
  header: string
  sample: string | null
  /** What the reading of the header found: a field, or null. */
  found: string | null
  /** Why a known column is left out without being asked. */
  ignored: string | null
}

type Columns = Pick<ImportReport, 'columns' | 'options'>

/** All columns of the file in one list: what was not recognised first, since that is what to settle. */
export function columnRows({ columns }: Columns): ColumnRow[] {
  return [
    ...columns.unknown.map(({ header, sample }) => ({ header, sample, found: null, ignored: null })),
    ...columns.matched.map(({ header, sample, field }) => ({ header, sample, found: field, ignored: null })),
    ...columns.ignored.map(({ header, reason }) => ({ header, sample: null, found: null, ignored: reason })),
  ]
}

export function startChoices(report: Columns): ColumnChoices {
  return Object.fromEntries(
    columnRows(report).map(({ header, found, ignored }) => [header, found ?? (ignored === null ? '' : null)]),
  )
}

/** Whether the columns stop the import: one that nobody recognised, or required content without a column. */
export function stopsAtColumns(report: Columns): boolean {
  return report.columns.unknown.length > 0 || missingFields(report, startChoices(report)).length > 0
}

/** Required fields that no column stands for. */
export function missingFields({ columns }: Columns, choices: ColumnChoices): string[] {
  const taken = new Set(Object.values(choices))
  return columns.available
    .filter(({ field, isRequired }) => isRequired && !taken.has(field))
    .map(({ label }) => label)
}

export const unsettledHeaders = (choices: ColumnChoices): string[] =>
  Object.keys(choices).filter((header) => choices[header] === '')

/** The labels of fields for which two columns stand. */
export function doubledFields({ columns }: Columns, choices: ColumnChoices): string[] {
  const chosen = Object.values(choices)
  return columns.available
    .filter(({ field }) => chosen.filter((choice) => choice === field).length > 1)
    .map(({ label }) => label)
}

/** The options of a new check: only what differs from the reading of the headers, and what was said before. */
export function optionsOf(
  report: Columns,
  choices: ColumnChoices,
  defaultSector: Sector | '',
): ImportOptions {
  const columns: Record<string, string | null> = { ...report.options.columns }
  for (const { header, found, ignored } of columnRows(report)) {
    const choice = choices[header]
    const isAsRead = (found !== null && choice === found) || (choice === null && ignored !== null)
    if (choice !== undefined && choice !== '' && !isAsRead) columns[header] = choice
  }
  return {
    ...(Object.keys(columns).length > 0 ? { columns } : {}),
    ...(defaultSector === '' ? {} : { defaultSector }),
  }
}
