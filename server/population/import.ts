import { basename } from 'node:path'
import type { Position } from 'geojson'
import type { Knex } from 'knex'
import { type FileSystem, readSystem } from '../area-import/coordinates.ts'
import { isKnownSrid } from '../area-import/queries.ts'
import { toWgs84 } from '../core/lnglat.ts'
import { refreshExposure } from '../exposure/refresh.ts'
import { PopulationFileError } from './error.ts'
import { insertCells, type LayerFacts, listFlatCells, readLayer, removeLayer } from './queries.ts'
import { type CellShape, type PopulationRecord, readPopulationFile } from './read-file.ts'

export interface PopulationOptions {
  crs: string
  /** The column of people; null: a usual name is looked for. */
  peopleField: string | null
  /** Name of the layer; a layer of the same name is replaced. null: the file's name. */
  source: string | null
}

export interface PopulationReport extends LayerFacts {
  source: string
  replaced: number
}

/** Replaces the population layer of one source and counts the people around every site anew, in one transaction. */
export async function importPopulation(
  db: Knex,
  path: string,
  options: PopulationOptions,
  at: Date,
): Promise<PopulationReport> {
  const system = readSystem(options.crs)
  if (system.kind === 'projected' && !(await isKnownSrid(db, system.srid))) {
    throw new PopulationFileError(`--crs ${options.crs}：数据库里没有这个坐标系 (unknown EPSG code)`)
  }
  const records = await readPopulationFile(path, options.peopleField)
  const source = options.source?.trim() || basename(path)
  const cells = records.map((record) => ({ ...record, shape: convert(record, system) }))
  return db.transaction(async (transaction) => {
    const replaced = await removeLayer(transaction, source)
    await insertCells(transaction, source, system.kind === 'projected' ? system.srid : 4326, cells)
    const flat = await listFlatCells(transaction, source)
    if (flat.length > 0) {
      throw new PopulationFileError(`这些面没有面积：${flat.join('、')} (polygons without a surface)`)
    }
    const layer = await readLayer(transaction, source)
    assertPlausible(layer, options.crs)
    await refreshExposure(transaction, 'all', at)
    return { source, replaced, ...layer }
  })
}

/** The shape in degrees; metres stay as they are for PostGIS to project. */
function convert({ shape, place }: PopulationRecord, system: FileSystem): CellShape {
  const one = ([x = Number.NaN, y = Number.NaN]: Position): Position => {
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      throw new PopulationFileError(`${place}的坐标不是数 (a coordinate is no number)`)
    }
    return system.kind === 'degrees' ? toWgs84(system.system, x, y) : [x, y]
  }
  if (shape.type === 'Point') return { type: 'Point', coordinates: one(shape.coordinates) }
  const rings = (polygon: Position[][]) => polygon.map((ring) => ring.map(one))
  return shape.type === 'Polygon'
    ? { type: 'Polygon', coordinates: rings(shape.coordinates) }
    : { type: 'MultiPolygon', coordinates: shape.coordinates.map(rings) }
}

/** A layer that lies outside China tells of a wrong system or of swapped coordinates. */
function assertPlausible({ west, south, east, north }: LayerFacts, crs: string): void {
  if (west >= 73 && east <= 136 && south >= 3 && north <= 54) return
  const box = [west, south, east, north].map((degrees) => degrees.toFixed(4)).join(', ')
  throw new PopulationFileError(
    `按 --crs ${crs} 换算后范围为 ${box}，不在中国境内：请核对 --crs，以及经度、纬度是否颠倒 (outside China: check --crs)`,
  )
}
