import { basename } from 'node:path'
import type { MultiPolygon, Polygon } from 'geojson'
import type { Knex } from 'knex'
import { type ChangeKind, recordChange } from '../db/changes.ts'
import { appendHazardEvents, recordHazardStates } from '../hazards/write.ts'
import { assertDegrees, assertMeters, type FileSystem, readSystem, toDegrees } from './coordinates.ts'
import { AreaFileError } from './error.ts'
import { type FieldChoice, matchAreas } from './match.ts'
import {
  isKnownSrid,
  joinChildren,
  listKnownAreas,
  listMoves,
  listOverlaps,
  MOVED_TABLES,
  type Move,
  type MovedTable,
  type OutlineRow,
  type Overlap,
  replaceOutline,
  writeMoves,
} from './queries.ts'
import { readOutlineFile } from './read-file.ts'

export interface AreaImport {
  system: FileSystem
  crs: string
  fileName: string
  outlines: Map<string, (Polygon | MultiPolygon)[]>
  unknown: string[]
}

export interface AreaReport {
  outlines: OutlineRow[]
  /** Areas without an official outline after this import. */
  stillApproximate: string[]
  overlaps: Overlap[]
  moves: Record<MovedTable, Move[]>
}

/** Reads the file and finds the areas that it outlines; writes nothing. */
export async function readAreaImport(
  db: Knex,
  path: string,
  crs: string,
  choice: FieldChoice,
): Promise<AreaImport> {
  const system = readSystem(crs)
  if (system.kind === 'projected' && !(await isKnownSrid(db, system.srid))) {
    throw new AreaFileError(`--crs ${crs}：数据库里没有这个坐标系 (unknown EPSG code)`)
  }
  const areas = await listKnownAreas(db)
  const { outlines, unknown } = matchAreas(await readOutlineFile(path), areas, choice)
  const nameOf = (code: string) => areas.find((area) => area.code === code)?.name ?? code
  const converted = [...outlines].map(([code, surfaces]) => {
    const inDegrees = surfaces.map((surface) => toDegrees(surface, system))
    const assertUsual = system.kind === 'degrees' ? assertDegrees : assertMeters
    for (const surface of inDegrees) assertUsual(surface, nameOf(code))
    return [code, inDegrees] as const
  })
  return { system, crs, fileName: basename(path), outlines: new Map(converted), unknown }
}

/** Ends the preview's transaction with everything as it was. */
class Rollback extends Error {}

/** What an import would change, found out by doing it and taking it back. */
export async function previewAreas(db: Knex, file: AreaImport, at: Date): Promise<AreaReport> {
  let report: AreaReport | null = null
  try {
    await db.transaction(async (transaction) => {
      report = await apply(transaction, file, at)
      throw new Rollback()
    })
  } catch (error) {
    if (!(error instanceof Rollback)) throw error
  }
  if (!report) throw new Error('the preview did not run')
  return report
}

/** Replaces the outlines and puts everything into the area that now covers it, in one transaction. */
export function importAreas(db: Knex, file: AreaImport, at: Date): Promise<AreaReport> {
  return db.transaction((transaction) => apply(transaction, file, at))
}

async function apply(transaction: Knex, file: AreaImport, at: Date): Promise<AreaReport> {
  const source = `官方边界，文件 ${file.fileName}，坐标系 ${file.crs}，导入于 ${at.toISOString().slice(0, 10)}`
  const outlines: OutlineRow[] = []
  for (const [code, surfaces] of file.outlines) {
    const row = await replaceOutline(transaction, code, surfaces, file.system, source)
    if (!row) throw new AreaFileError(`辖区 ${code} 的面没有面积，读不成边界 (an outline has no surface)`)
    assertPlausible(row)
    outlines.push(row)
  }
  const codes = await joinParents(transaction, file, source)
  const moves = await moveAll(transaction, at)
  await recordChange(transaction, { kind: 'area', id: null, areaCodes: codes, sectors: [] })
  const approximate: string[] = await transaction('areas')
    .where({ is_approximate: true })
    .orderBy('code')
    .pluck('name')
  return { outlines, stillApproximate: approximate, overlaps: await listOverlaps(transaction), moves }
}

const FAR_KILOMETERS = 30

function assertPlausible({ name, movedKilometers }: OutlineRow): void {
  if (movedKilometers <= FAR_KILOMETERS) return
  throw new AreaFileError(
    `「${name}」换算后与现有边界相距 ${Math.round(movedKilometers)} km：请核对 --crs，以及横、纵坐标是否颠倒 (far from the present outline: check --crs)`,
  )
}

/** Parents that the file leaves out follow their children, from the bottom up. Answers every code that changed. */
async function joinParents(transaction: Knex, file: AreaImport, source: string): Promise<string[]> {
  const areas = await listKnownAreas(transaction)
  const changed = [...file.outlines.keys()]
  for (const code of changed) {
    const parent = areas.find((area) => area.code === code)?.parentCode
    if (!parent || changed.includes(parent)) continue
    await joinChildren(transaction, parent, `${source}（由下级辖区合并）`)
    // the loop goes on over what is added here, up to the top
    changed.push(parent)
  }
  return changed
}

const KIND_OF: Record<MovedTable, ChangeKind> = {
  sites: 'site',
  hazards: 'hazard',
  resources: 'resource',
  protected_places: 'protectedPlace',
  drills: 'drill',
}

async function moveAll(transaction: Knex, at: Date): Promise<AreaReport['moves']> {
  const all = {} as AreaReport['moves']
  for (const table of MOVED_TABLES) {
    const moves = await listMoves(transaction, table)
    all[table] = moves
    if (moves.length === 0) continue
    await writeMoves(transaction, table, moves, at)
    if (table === 'hazards') await recordHazardMoves(transaction, moves, at)
    await recordChange(transaction, {
      kind: KIND_OF[table],
      id: null,
      areaCodes: moves.flatMap(({ from, to }) => [from, to]),
      sectors: moves.flatMap(({ sector }) => (sector ? [sector] : [])),
    })
  }
  return all
}

async function recordHazardMoves(transaction: Knex, moves: Move[], at: Date): Promise<void> {
  const events = moves.map((move) => ({
    hazardId: move.id,
    action: 'edit',
    fromStatus: move.status,
    toStatus: move.status,
    changes: { areaCode: { from: move.from, to: move.to } },
    note: '辖区边界更新，所在辖区随之改变',
    actorId: null,
    actorName: '辖区边界导入',
    occurredAt: at,
  }))
  await appendHazardEvents(transaction, events)
  await recordHazardStates(
    transaction,
    moves.map((move) => move.id),
    at,
  )
}
