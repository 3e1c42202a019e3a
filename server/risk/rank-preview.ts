import type { Knex } from 'knex'
import type { FilterRequest } from '../http/filter-request.ts'
import { WORK_CALENDAR } from '../rectification/calendar.ts'
import { rankSites } from './order.ts'
import type { PressurePreview, PressureWeights } from './pressure-schema.ts'
import { listRankFacts } from './rank-queries.ts'
import { readPressureWeights } from './weights.ts'

const SHOWN_MOVES = 50

/** The whole list ranked by the weights in force and by others, and who would change places. */
export async function previewWeights(
  db: Knex,
  request: FilterRequest,
  weights: PressureWeights,
): Promise<PressurePreview> {
  const facts = await listRankFacts(db, request)
  const present = rankSites(facts, await readPressureWeights(db), request.today, WORK_CALENDAR)
  const after = new Map(
    rankSites(facts, weights, request.today, WORK_CALENDAR).map((site) => [site.id, site]),
  )
  const moves = present.flatMap((site) => {
    const next = after.get(site.id)
    if (!next || next.rank === site.rank) return []
    return {
      id: site.id,
      name: site.name,
      from: { rank: site.rank, pressure: site.pressure.score },
      to: { rank: next.rank, pressure: next.pressure.score },
    }
  })
  const distance = ({ from, to }: (typeof moves)[number]) => Math.abs(from.rank - to.rank)
  const greatest = [...moves].sort((a, b) => distance(b) - distance(a) || a.from.rank - b.from.rank)
  return { total: facts.length, moved: moves.length, moves: greatest.slice(0, SHOWN_MOVES) }
}
