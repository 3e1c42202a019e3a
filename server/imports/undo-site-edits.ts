import type { Knex } from 'knex'
import { updateVersioned } from './commit-queries.ts'
import { valuesOf } from './commit-sites.ts'
import type { Changes } from './model.ts'
import { sliceRows } from './row-queries.ts'
import type { UndoResult } from './schema.ts'
import { listSiteStandings } from './undo-queries.ts'

/** Gives the places beside risks their former facts back, unless somebody changed them since. */
export async function undoSiteEdits(
  transaction: Knex,
  importId: string,
  at: Date,
): Promise<{ kept: UndoResult['kept']; siteIds: string[]; areaCodes: (string | null)[] }> {
  const edits = new Map<string, { version: number | null; changes: Changes }>()
  for await (const rows of sliceRows(transaction, importId, ['changed'])) {
    for (const { before } of rows) {
      if (!before.site) continue
      const { id, writtenVersion, changes } = before.site
      edits.set(id, { version: writtenVersion, changes: { ...edits.get(id)?.changes, ...changes } })
    }
  }
  const kept: UndoResult['kept'] = []
  const siteIds: string[] = []
  const areaCodes: (string | null)[] = []
  for (const { id, title, version, isGone } of await listSiteStandings(transaction, [...edits.keys()])) {
    const edit = edits.get(id)
    if (!edit || isGone) continue
    if (version !== edit.version) {
      kept.push({ id, title, reason: '导入后又被修改过' })
      continue
    }
    const former = Object.fromEntries(
      Object.entries(edit.changes).map(([name, { from, to }]) => [name, { from: to, to: from }]),
    )
    await updateVersioned(transaction, 'sites', { id, version, values: valuesOf(former) }, at)
    siteIds.push(id)
    if (edit.changes.areaCode) areaCodes.push(edit.changes.areaCode.to as string | null)
  }
  return { kept, siteIds, areaCodes }
}
