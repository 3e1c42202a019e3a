import type { Knex } from 'knex'
import { type CursorValue, decodeCursor, encodeCursor } from '../core/paging.ts'
import { badRequest } from '../http/problems.ts'

/** One expression of an order, never null, with the type that its value in a cursor has. */
export interface SortKey {
  expression: string
  type: 'int' | 'float8' | 'date' | 'text' | 'timestamptz' | 'uuid'
}

/** An order whose last key is unique, so that no page repeats or loses a row; all keys go the same way. */
export interface Order {
  keys: readonly SortKey[]
  isDescending: boolean
}

export type Keyed = Record<`key${number}`, string | number | Date>
type Bindings = Record<string, Knex.RawBinding>

/** Adds the order, the keys to be read and the place to go on from. Throws 400 for a cursor of another order. */
export function applyKeyset(
  db: Knex,
  query: Knex.QueryBuilder,
  order: Order,
  page: { limit: number; cursor?: string | undefined },
  bindings: Bindings = {},
): Knex.QueryBuilder {
  order.keys.forEach(({ expression }, index) => {
    query.select(db.raw(`${expression} as "key${index}"`, bindings))
    query.orderByRaw(`${expression} ${order.isDescending ? 'desc' : 'asc'}`, bindings)
  })
  if (page.cursor) {
    const values = readCursor(page.cursor, order)
    const left = order.keys.map((key) => key.expression).join(', ')
    const right = order.keys.map((key, index) => `:cursor${index}::${key.type}`).join(', ')
    const after = Object.fromEntries(values.map((value, index) => [`cursor${index}`, value]))
    query.whereRaw(`(${left}) ${order.isDescending ? '<' : '>'} (${right})`, { ...bindings, ...after })
  }
  // one row more tells whether there is a next page
  return query.limit(page.limit + 1)
}

/** The rows of the page and where the next begins. */
export function takePage<Row extends object>(
  rows: (Row & Keyed)[],
  order: Order,
  limit: number,
): { rows: Row[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  const nextCursor = last
    ? encodeCursor(order.keys.map((_, index) => asCursorValue(last[`key${index}`])))
    : null
  return { rows: shown, nextCursor }
}

const asCursorValue = (value: string | number | Date | undefined): CursorValue =>
  value instanceof Date ? value.toISOString() : (value ?? null)

function readCursor(cursor: string, order: Order): (string | number)[] {
  const values = decodeCursor(cursor, order.keys.length)
  const isFitting = values?.every((value, index) => isKeyValue(value, order.keys[index]?.type))
  if (!values || !isFitting) throw badRequest('BAD_CURSOR', '翻页位置无效，请从第一页重新查')
  return values as (string | number)[]
}

function isKeyValue(value: CursorValue, type: SortKey['type'] | undefined): boolean {
  if (type === 'int') return Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31
  if (type === 'float8') return typeof value === 'number'
  if (typeof value !== 'string') return false
  if (type === 'date') return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value))
  if (type === 'timestamptz') return !Number.isNaN(Date.parse(value))
  if (type === 'uuid') return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)
  return !value.includes('\u0000')
}
