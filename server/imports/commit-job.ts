import type { User } from '../access/model.ts'
import type { StoredRow } from './row-queries.ts'
import type { ImportReport } from './schema.ts'

export interface CommitJob {
  importId: string
  user: Pick<User, 'id' | 'displayName'> | null
  at: Date
  /** Places made by earlier slices of the same import, by their keys. */
  sitesMade: Map<string, string>
  /** Places whose position an edit changed: who lives around them is counted anew. */
  sitesMoved: Set<string>
}

export interface Written {
  rows: { position: number; targetId: string; writtenVersion: number }[]
  result: NonNullable<ImportReport['result']>
  areaCodes: (string | null)[]
  sectors: string[]
}

/** The data changed between check and commit in a way that changes what the import would do. */
export class OutdatedError extends Error {
  readonly rowCount: number
  constructor(rowCount: number) {
    super('the import is outdated')
    this.name = 'OutdatedError'
    this.rowCount = rowCount
  }
}

/** The import is not waiting for its commit: committed, undone or discarded by now. */
export class StateError extends Error {}

export type Typed<R> = Omit<StoredRow, 'record'> & { record: R }
