import type { Sector } from '../core/vocabulary.ts'
import type { CheckContext } from './model.ts'
import { type RowReader, readCreditCode, requireText } from './row-reader.ts'
import { SECTOR_WORDS } from './words.ts'

/** A row of a list of places; null is what the row does not tell. */
export interface SiteRow {
  name: string
  creditCode: string | null
  sector: Sector | null
  kind: string | null
  address: string | null
  responsibleUnit: string | null
  responsiblePerson: string | null
  responsiblePhone: string | null
}

export function readSiteRow(reader: RowReader, context: CheckContext): SiteRow {
  return {
    name: requireText(reader, 'sites', 'name'),
    creditCode: readCreditCode(reader),
    sector: reader.word('sector', SECTOR_WORDS, 'UNKNOWN_SECTOR') ?? context.defaultSector,
    kind: reader.text('siteKind'),
    address: reader.text('address'),
    responsibleUnit: reader.text('responsibleUnit'),
    responsiblePerson: reader.text('responsiblePerson'),
    responsiblePhone: reader.text('responsiblePhone'),
  }
}
