import { existsSync } from 'node:fs'
import type { Knex } from 'knex'
import { recordChange } from '../../db/changes.ts'
import { refreshExposure } from '../../exposure/refresh.ts'
import { type ChangedAreaCodes, saveProtectedPlaces, saveResources } from '../places-of-interest.ts'
import {
  type BaseTable,
  type FeatureOf,
  removeCoveredSchematic,
  removeSource,
  saveFeatures,
} from '../store.ts'
import { type Assembled, assemble, type RowOf } from './assemble.ts'
import { gather } from './gather.ts'
import { assertPbf, OsmFileError } from './read-pbf.ts'

export interface OsmReport {
  /** Rows now there from this extract, by table. */
  written: Record<keyof RowOf, number>
  removed: number
  /** Schematic features that gave way to real ones. */
  replacedSchematic: number
}

export interface OsmOptions {
  /** Keep only what touches this area. */
  areaCode: string | null
  say: (text: string) => void
}

const TABLES = [
  'roads',
  'railways',
  'waters',
  'land_uses',
  'buildings',
  'places',
  'resources',
  'protected_places',
] as const satisfies (keyof RowOf)[]
const FLUSH_AT = 2_000
const SAY_EVERY = 20_000

/**
 * Loads an extract as the base map, with its fire stations, hospitals, schools and homes for the aged. One transaction;
 * an earlier extract's base map is replaced, so a repeat gives the same state.
 */
export async function importOsm(db: Knex, file: string, options: OsmOptions): Promise<OsmReport> {
  const { areaCode, say } = options
  if (!existsSync(file)) throw new OsmFileError(`没有这个文件：${file} (no such file)`)
  await assertPbf(file)
  if (areaCode !== null) await assertArea(db, areaCode)
  const gathered = await gather(file, say)
  return db.transaction(async (transaction) => {
    const removed = await removeSource(transaction, 'osm')
    if (removed > 0) say(`撤下上次导入的 ${removed} 个要素`)
    const { written, changedPlaces } = await write(transaction, assemble(gathered), options)
    const replacedSchematic = await removeCoveredSchematic(transaction)
    if (replacedSchematic > 0) say(`实有路网覆盖处撤下示意要素 ${replacedSchematic} 个`)
    if (changedPlaces.protectedPlace.length > 0) await refreshExposure(transaction, 'all', new Date())
    await recordChange(transaction, { kind: 'base', id: null, areaCodes: [], sectors: [] })
    for (const [kind, areaCodes] of Object.entries(changedPlaces)) {
      if (areaCodes.length === 0) continue
      await recordChange(transaction, { kind: kind as keyof ChangedPlaces, id: null, areaCodes, sectors: [] })
    }
    return { written, removed, replacedSchematic }
  })
}

async function assertArea(db: Knex, code: string): Promise<void> {
  const codes: string[] = await db('areas').orderBy('code').pluck('code')
  if (!codes.includes(code)) {
    throw new OsmFileError(`--area ${code}：没有这个辖区，可用：${codes.join('、')} (unknown area)`)
  }
}

interface ChangedPlaces {
  resource: ChangedAreaCodes
  protectedPlace: ChangedAreaCodes
}

async function write(db: Knex, things: Iterable<Assembled>, { areaCode, say }: OsmOptions) {
  const changedPlaces: ChangedPlaces = { resource: [], protectedPlace: [] }
  const base =
    <T extends BaseTable>(table: T) =>
    (rows: FeatureOf<T>[]) =>
      saveFeatures(db, table, 'osm', rows, areaCode)
  const writers: { [T in keyof RowOf]: (rows: RowOf[T][]) => Promise<number> } = {
    roads: base('roads'),
    railways: base('railways'),
    waters: base('waters'),
    land_uses: base('land_uses'),
    buildings: base('buildings'),
    places: base('places'),
    resources: (rows) => collect(changedPlaces.resource, saveResources(db, rows, areaCode)),
    protected_places: (rows) =>
      collect(changedPlaces.protectedPlace, saveProtectedPlaces(db, rows, areaCode)),
  }
  const waiting: { [T in keyof RowOf]: RowOf[T][] } = mapTables(() => [])
  const written: OsmReport['written'] = mapTables(() => 0)

  async function flush<T extends keyof RowOf>(table: T): Promise<void> {
    const rows = waiting[table]
    waiting[table] = []
    written[table] += await writers[table](rows)
  }
  async function add<T extends keyof RowOf>(table: T, row: RowOf[T]): Promise<void> {
    waiting[table].push(row)
    if (waiting[table].length >= FLUSH_AT) await flush(table)
  }

  let count = 0
  for (const { table, row } of things) {
    await add(table, row)
    if (++count % SAY_EVERY === 0) say(`写入 ${count.toLocaleString('en-US')} 个要素`)
  }
  for (const table of TABLES) await flush(table)
  return { written, changedPlaces }
}

const mapTables = <V>(make: () => V) =>
  Object.fromEntries(TABLES.map((table) => [table, make()])) as Record<keyof RowOf, V>

async function collect(into: ChangedAreaCodes, work: Promise<ChangedAreaCodes>): Promise<number> {
  const changed = await work
  into.push(...changed)
  return changed.length
}
