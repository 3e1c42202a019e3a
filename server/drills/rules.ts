import type { DrillState } from '../core/vocabulary.ts'
import { DRILL_STATE_TERMS } from '../core/vocabulary.ts'
import type { DrillZone } from './schema.ts'

/** Why a drill cannot be as asked: a stable code, and the sentence for the person. */
export interface Refusal {
  code: string
  detail: string
}

/** What a drill may become. A finished one stays as it was; a cancelled one may be taken up again as a draft. */
export const DRILL_MOVES: Record<DrillState, readonly DrillState[]> = {
  draft: ['planned', 'cancelled'],
  planned: ['draft', 'running', 'cancelled'],
  running: ['done', 'cancelled'],
  done: [],
  cancelled: ['draft'],
}

export function moveRefusal(from: DrillState, to: DrillState): Refusal | null {
  if (from === to || DRILL_MOVES[from].includes(to)) return null
  const known = DRILL_MOVES[from].map((state) => `「${DRILL_STATE_TERMS[state].zh}」`).join('、')
  return {
    code: 'MOVE_NOT_ALLOWED',
    detail: `「${DRILL_STATE_TERMS[from].zh}」的演练不能改为「${DRILL_STATE_TERMS[to].zh}」；可改为${known || '：无'}`,
  }
}

/** A finished or cancelled drill keeps its facts; moving a cancelled one back to draft opens it again. */
export function editRefusal(from: DrillState, to: DrillState): Refusal | null {
  if (from === 'done') return { code: 'DRILL_OVER', detail: '演练已结束，内容不再修改' }
  if (from === 'cancelled' && to === 'cancelled') {
    return { code: 'DRILL_OVER', detail: '演练已取消；要修改请先恢复为草稿' }
  }
  return null
}

const MAX_DAYS = 7
const DAY_MILLISECONDS = 86_400_000
const EARLIEST = Date.UTC(2000, 0, 1)
const LATEST = Date.UTC(2100, 0, 1)

export function timeRefusal(startsAt: Date | null, endsAt: Date | null, state: DrillState): Refusal | null {
  for (const moment of [startsAt, endsAt]) {
    if (moment === null) continue
    // a leap second passes the format but is no instant to JavaScript
    const isPlausible = moment.getTime() >= EARLIEST && moment.getTime() < LATEST
    if (!isPlausible) return { code: 'BAD_TIME', detail: '时间不成立：应在 2000 年至 2099 年之间' }
  }
  if (startsAt === null) {
    if (endsAt !== null) return { code: 'END_WITHOUT_START', detail: '有结束时间而没有开始时间' }
    const needsTime = state === 'planned' || state === 'running' || state === 'done'
    return needsTime ? { code: 'NEEDS_START', detail: '列入计划的演练要有开始时间' } : null
  }
  if (endsAt === null) return null
  const milliseconds = endsAt.getTime() - startsAt.getTime()
  if (milliseconds < 0) return { code: 'END_BEFORE_START', detail: '结束时间早于开始时间' }
  if (milliseconds > MAX_DAYS * DAY_MILLISECONDS) {
    return { code: 'DRILL_TOO_LONG', detail: `一次演练最长 ${MAX_DAYS} 天，请核对起止时间` }
  }
  return null
}

export function zonesRefusal(zones: readonly DrillZone[]): Refusal | null {
  const ids = new Set(zones.map((zone) => zone.id))
  return ids.size === zones.length ? null : { code: 'ZONE_REPEATED', detail: '两个范围用了同一个编号' }
}
