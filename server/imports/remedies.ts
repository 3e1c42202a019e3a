import type { Knex } from 'knex'
import type { Corrections } from './model.ts'
import { lockImport } from './queries.ts'
import { listRowsWithIssue, updateCells } from './row-queries.ts'
import type { Proposal, Remedy } from './schema.ts'

const LAST_POSITION = 2_147_483_647

/**
 * Notes for each row with this fault that its proposal is taken. The cells stay as the file has them; answers how many
 * rows took it, or null if the import is no longer waiting for its commit.
 */
export async function takeRemedy(db: Knex, importId: string, remedy: Remedy): Promise<number | null> {
  return db.transaction(async (transaction) => {
    if ((await lockImport(transaction, importId)) !== 'checked') return null
    const rows = await listRowsWithIssue(transaction, importId, {
      code: remedy.code,
      first: remedy.firstPosition ?? 0,
      last: remedy.lastPosition ?? LAST_POSITION,
    })
    const corrected = rows.flatMap(({ position, cells, issues }) => {
      const proposals = issues.flatMap((issue) =>
        issue.code === remedy.code && (remedy.field ?? issue.field) === issue.field
          ? [issue.proposal, issue.alternative].filter((way) => way?.action === remedy.action)
          : [],
      )
      if (proposals.length === 0) return []
      const corrections: Corrections = { ...cells.corrections }
      for (const proposal of proposals) if (proposal) adopt(corrections, proposal)
      return [{ position, cells: { ...cells, corrections } }]
    })
    await updateCells(transaction, importId, corrected)
    return corrected.length
  })
}

function adopt(corrections: Corrections, { action, field, value }: Proposal): void {
  if (action === 'takeFileCell' || action === 'keepSystemCell') {
    if (field === null) return
    const decision = action === 'takeFileCell' ? 'file' : 'system'
    corrections.conflicts = { ...corrections.conflicts, [field]: decision }
  } else if (action !== 'useProposedValue') corrections.place = action
  else if (field !== null && value !== null) corrections.values = { ...corrections.values, [field]: value }
}
