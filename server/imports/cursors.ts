import { decodeCursor } from '../core/paging.ts'
import { badRequest } from '../http/problems.ts'

const badCursor = () => badRequest('BAD_CURSOR', '翻页位置无效，请从第一页重新查')

export function readListCursor(cursor: string | undefined): { createdAt: string; id: string } | null {
  if (cursor === undefined) return null
  const [createdAt, id] = decodeCursor(cursor, 2) ?? []
  const isOurs =
    typeof createdAt === 'string' &&
    !Number.isNaN(Date.parse(createdAt)) &&
    typeof id === 'string' &&
    /^[0-9a-f-]{36}$/.test(id)
  if (!isOurs) throw badCursor()
  return { createdAt, id }
}

export function readRowCursor(cursor: string | undefined): number | null {
  if (cursor === undefined) return null
  const [position] = decodeCursor(cursor, 1) ?? []
  if (!Number.isInteger(position) || Number(position) < 0 || Number(position) > 2 ** 31) throw badCursor()
  return Number(position)
}
