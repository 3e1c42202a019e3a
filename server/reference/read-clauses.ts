import { splitCitation } from '../clauses/citation.ts'
import type { Sector } from '../core/vocabulary.ts'
import type { ReferenceClause, ReferenceDocument } from './queries.ts'
import { readJson } from './read-json.ts'

interface ClauseEntry {
  id: string
  sector: string
  kind: string
  source: string
  doc_no: string | null
  article: string | null
  text: string
  applies_to: string[]
  confirmed: boolean
  edition: string
  note?: string
  see_also?: string[]
  overlap_note?: string
  successor?: string
  source_ref?: string
}

/** `clauses`: ids of clauses, or their beginnings where they end with a hyphen. */
interface Holder {
  clauses: string[]
}
interface DocumentFile {
  documents: (ReferenceDocument & Holder)[]
  premises: (Holder & { text: string })[]
}

const SECTOR_OF_LABEL: Record<string, Sector> = {
  危险化学品: 'chemicals',
  工贸: 'industry',
  消防: 'fire',
  交通运输: 'transport',
  城镇燃气: 'gas',
  特种设备: 'special_equipment',
  房屋市政: 'construction',
  小场所: 'small_place',
}

const holds = ({ clauses }: Holder, id: string): boolean =>
  clauses.some((known) => (known.endsWith('-') ? id.startsWith(known) : id === known))

/** As people cite it: without the days, which the document tells, and with 待核 where the number is. */
function citedNumber(entry: ClauseEntry, document: ReferenceDocument | undefined): string {
  if (entry.doc_no === null) return '文号待核'
  // what rests on several laws names them all
  if (!document || entry.sector === '小场所') return entry.doc_no
  return document.confirmed ? document.number : `${document.number}（待核）`
}

const readDocumentFile = () => readJson<DocumentFile>('clauses/documents.json')

export async function readDocuments(): Promise<ReferenceDocument[]> {
  const { documents } = await readDocumentFile()
  return documents.map(({ clauses: _clauses, ...document }) => document)
}

export async function readClauses(): Promise<ReferenceClause[]> {
  const { entries } = await readJson<{ entries: ClauseEntry[] }>('clauses/major-hazard-criteria.json')
  const { documents, premises } = await readDocumentFile()
  return entries.map((entry) => {
    const document = documents.find((known) => holds(known, entry.id))
    return {
      id: entry.id,
      sectorLabel: entry.sector,
      sector: SECTOR_OF_LABEL[entry.sector] ?? null,
      kind: entry.kind,
      source: entry.source,
      documentNumber: citedNumber(entry, document),
      article: entry.article ?? '条款号待核',
      text: entry.text,
      appliesTo: entry.applies_to,
      confirmed: entry.confirmed,
      edition: entry.edition,
      note: entry.note ?? null,
      sourceRef: entry.source_ref ?? null,
      documentId: document?.id ?? null,
      item: splitCitation(entry.article ?? '').item,
      premise: premises.find((premise) => holds(premise, entry.id))?.text ?? null,
      seeAlso: entry.see_also ?? [],
      overlap: entry.overlap_note ?? null,
      successorItem: entry.successor ?? null,
    }
  })
}
