import type { Knex } from 'knex'
import { v7 as uuid } from 'uuid'
import type { User } from '../access/model.ts'
import { deriveAreaCode } from '../areas/queries.ts'
import { dayOf } from '../core/calendar.ts'
import type { LngLat } from '../core/lnglat.ts'
import { recordChange } from '../db/changes.ts'
import { refreshExposure } from '../exposure/refresh.ts'
import { readPosition } from '../http/position.ts'
import { notFound, staleVersion } from '../http/problems.ts'
import { asPlace, PLACE_TABLES, type PlaceTable } from './model.ts'
import { findPlace, insertPlace, type PlaceRecord, updatePlace } from './queries.ts'
import type { NewProtectedPlace, NewResource } from './schema.ts'

/** Of either table; each route lets in only the kinds of its own. */
type Input = Omit<Partial<NewResource>, 'kind'> &
  Omit<Partial<NewProtectedPlace>, 'kind'> & { kind?: NewResource['kind'] | NewProtectedPlace['kind'] }
/** What stands in `source` of a place that a person put on the map. */
const ENTERED = '人工录入'

async function readRecord(transaction: Knex, table: PlaceTable, input: Input): Promise<PlaceRecord> {
  const fields = { name: 'name', kind: 'kind', address: 'address', ...PLACE_TABLES[table].own }
  const columns: Record<string, unknown> = {}
  for (const [field, column] of Object.entries(fields)) {
    const value = input[field as keyof Input]
    if (value !== undefined) columns[column] = value
  }
  if (!input.geometry) return { columns, position: null }
  const [lng, lat] = readPosition(input.geometry)
  return { columns, position: { lng, lat, areaCode: await deriveAreaCode(transaction, [lng, lat]) } }
}

/** Puts a place on the map and answers its id. */
export async function createPlace(
  db: Knex,
  table: PlaceTable,
  input: Input,
  user: User,
  at: Date,
): Promise<string> {
  const id = uuid()
  await db.transaction(async (transaction) => {
    const record = await readRecord(transaction, table, input)
    await insertPlace(transaction, table, { id, source: ENTERED, isExample: user.isExample, ...record }, at)
    await countAround(transaction, table, [record.position], at)
    await announce(transaction, table, id, [record.position?.areaCode ?? null])
  })
  return id
}

/** Changes the named fields of a place. */
export async function editPlace(
  db: Knex,
  table: PlaceTable,
  id: string,
  patch: Input & { version: number },
  user: User,
  at: Date,
): Promise<void> {
  await db.transaction(async (transaction) => {
    const view = { scope: user.scope, today: dayOf(at), asOf: null }
    const current = await findPlace(transaction, table, id, view)
    if (!current) throw notFound('地点')
    const record = await readRecord(transaction, table, patch)
    const isWritten = await updatePlace(transaction, table, id, patch.version, record, at)
    if (!isWritten) throw staleVersion(asPlace(current, table))
    await countAround(transaction, table, [current, record.position], at)
    const areaCode = record.position ? record.position.areaCode : current.areaCode
    await announce(transaction, table, id, [current.areaCode, areaCode])
  })
}

/** Whoever must be protected counts for the sites around where the place is and where it was. */
async function countAround(
  transaction: Knex,
  table: PlaceTable,
  positions: ({ lng: number; lat: number } | null)[],
  at: Date,
): Promise<void> {
  if (table !== 'protected_places') return
  const near = positions.flatMap((position): LngLat[] => (position ? [[position.lng, position.lat]] : []))
  await refreshExposure(transaction, { near }, at)
}

async function announce(
  transaction: Knex,
  table: PlaceTable,
  id: string,
  areaCodes: (string | null)[],
): Promise<void> {
  await recordChange(transaction, { kind: PLACE_TABLES[table].change, id, areaCodes, sectors: [] })
}
