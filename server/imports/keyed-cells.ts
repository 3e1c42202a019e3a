import { readDay } from '../core/date-text.ts'
import { narrowText } from '../core/plain-text.ts'
import { findNamedArea } from './area-names.ts'
import { cellText } from './cells.ts'
import type { KnownArea } from './model.ts'
import type { CellValue } from './table.ts'
import {
  LEVEL_WORDS,
  METHOD_WORDS,
  readWord,
  SECTOR_WORDS,
  SEVERITY_WORDS,
  STATUS_WORDS,
  YES_NO_WORDS,
} from './words.ts'

const DAYS = new Set(['foundOn', 'dueOn', 'acceptedOn', 'closedOn', 'assessedOn', 'nextReviewOn'])
const NUMBERS = new Set([
  'fundsWan',
  'likelihood',
  'exposure',
  'consequence',
  'severityScore',
  'score',
  'lng',
  'lat',
])
const level = (text: string) => readWord(LEVEL_WORDS, text).value
const WORDS: Record<string, (text: string) => string | number | null> = {
  sector: (text) => readWord(SECTOR_WORDS, text).value,
  severity: (text) => readWord(SEVERITY_WORDS, text).value,
  status: (text) => readWord(STATUS_WORDS, text).value,
  isListed: (text) => readWord(YES_NO_WORDS, text).value,
  method: (text) => readWord(METHOD_WORDS, text).value,
  level,
  color: level,
  residualLevel: level,
  siteLevel: level,
  siteColor: level,
}

/**
 * What a cell of an exported column says, whichever way it is written: 2025/6/1 and 2025-06-01 are one day, 6 and 6.0
 * one number, 较大 and 较大风险 one level. Cells that say the same are no edit.
 */
export function meaningOf(field: string, cell: CellValue, areas: readonly KnownArea[]): string {
  const text = cellText(cell)
  if (text === '') return ''
  if (DAYS.has(field)) return readDay(cell).day ?? text
  if (NUMBERS.has(field)) return numberText(cell, text)
  if (field === 'areaName') return findNamedArea(areas, text)?.code ?? text
  // the number of the clause tells which one it is; its title may be worded anew
  if (field === 'clause' || field === 'riskClause')
    return /(?:（([A-Za-z0-9._-]+)）|^([A-Za-z0-9._-]+))(?:待核)?$/.exec(text)?.slice(1).find(Boolean) ?? text
  const word = WORDS[field]?.(text)
  return word === undefined || word === null ? text : String(word)
}

function numberText(cell: CellValue, text: string): string {
  if (typeof cell === 'number') return String(cell)
  const written = narrowText(text).replaceAll(',', '').trim()
  return /^-?\d+(\.\d+)?$/.test(written) ? String(Number(written)) : text
}

/** What a person decided about a cell that they and somebody else changed. */
export type Decision = 'file' | 'system'
export type Cells = ReadonlyMap<string, CellValue>

export interface CellConflict {
  field: string
  was: string
  file: string
  system: string
}

export interface ComparedCells {
  /** Fields whose cells were edited in the file, and that may be written. */
  edited: Set<string>
  /** What each cell says once the edits are put into the thing as it stands now. */
  merged: Map<string, CellValue>
  conflicts: CellConflict[]
}

/** How many cells of the file say something else than the export did. */
export function countEdits(file: Cells, was: Cells, meaning: (field: string, cell: CellValue) => string) {
  let count = 0
  for (const [field, cell] of was) {
    if (file.has(field) && meaning(field, file.get(field) ?? null) !== meaning(field, cell)) count++
  }
  return count
}

/**
 * Compares the cells of a file with what was exported and with what stands now. A column that the file no longer has
 * edits nothing; an empty cell that was not empty is an edit like others.
 */
export function compareCells(
  { file, was, now }: { file: Cells; was: Cells; now: Cells },
  decisions: Readonly<Record<string, Decision>>,
  meaning: (field: string, cell: CellValue) => string,
): ComparedCells {
  const compared: ComparedCells = { edited: new Set(), merged: new Map(now), conflicts: [] }
  for (const [field, wasCell] of was) {
    if (!file.has(field)) continue
    const fileCell = file.get(field) ?? null
    const nowCell = now.get(field) ?? null
    const [fileSays, wasSaid, nowSays] = [fileCell, wasCell, nowCell].map((cell) => meaning(field, cell))
    if (fileSays === wasSaid || fileSays === nowSays) continue
    if (nowSays === wasSaid || decisions[field] === 'file') {
      compared.edited.add(field)
      compared.merged.set(field, fileCell)
    } else if (decisions[field] === undefined) {
      compared.conflicts.push({
        field,
        was: cellText(wasCell),
        file: cellText(fileCell),
        system: cellText(nowCell),
      })
    }
  }
  return compared
}
