import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import type { MultiPolygon, Point, Polygon } from 'geojson'
import { readOutlineFile } from '../area-import/read-file.ts'
import type { OutlineRow } from '../area-import/shapefile.ts'
import { readCsvFile } from '../imports/read-csv.ts'
import { UnreadableError } from '../imports/table.ts'
import { PopulationFileError } from './error.ts'

export type CellShape = Point | Polygon | MultiPolygon

/** One record of the layer, its shape still in the file's own system. */
export interface PopulationRecord {
  /** As a person finds it again in the file. */
  place: string
  sourceKey: string
  people: number
  shape: CellShape
}

/** Names under which population is found in census and grid files, asked in this order. */
const PEOPLE_NAMES = ['people', 'population', 'pop', '人口', '人口数', '常住人口', '人数']
const X_NAMES = ['lng', 'lon', 'longitude', '经度', 'x']
const Y_NAMES = ['lat', 'latitude', '纬度', 'y']
const KEY_NAMES = ['id', 'code', '编号', '代码']
const MOST_PEOPLE = 10_000_000

/** Reads GeoJSON, a zipped Shapefile or a CSV with lng, lat and people. Throws PopulationFileError. */
export async function readPopulationFile(
  path: string,
  peopleField: string | null,
): Promise<PopulationRecord[]> {
  const isCsv = ['.csv', '.txt'].includes(extname(path).toLowerCase())
  const rows = isCsv ? await readCsvRows(path) : await readOutlineFile(path)
  if (rows.length === 0) throw new PopulationFileError('文件里没有记录 (no records)')
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row.properties)))]
  const people = findColumn(columns, peopleField === null ? PEOPLE_NAMES : [peopleField])
  if (people === null) {
    const asked = peopleField === null ? '找不到人口数这一列' : `没有「${peopleField}」这一列`
    throw new PopulationFileError(
      `${asked}；文件有：${columns.join('、') || '无'}。用 --people 指明 (name the column of people with --people)`,
    )
  }
  const key = findColumn(columns, KEY_NAMES)
  const records = rows.map((row, index) => {
    const place = isCsv ? `第 ${index + 2} 行` : `第 ${index + 1} 个要素`
    const written = key === null ? null : row.properties[key]
    return {
      place,
      sourceKey:
        written === null || written === undefined || written === '' ? `#${index + 1}` : String(written),
      people: readPeople(row.properties[people], place, people),
      shape: readShape(row.geometry, place),
    }
  })
  assertKeysDiffer(records)
  return records
}

async function readCsvRows(path: string): Promise<OutlineRow[]> {
  const bytes = await readFile(path).catch(() => {
    throw new PopulationFileError(`没有这个文件：${path} (no such file)`)
  })
  const [head, ...rows] = readCells(bytes, path)
  const names = (head ?? []).map((cell) => String(cell ?? '').trim())
  const x = findColumn(names, X_NAMES)
  const y = findColumn(names, Y_NAMES)
  if (x === null || y === null) {
    throw new PopulationFileError(
      `表头里没有经度、纬度两列（lng、lat）；文件有：${names.join('、') || '无'} (columns lng and lat are missing)`,
    )
  }
  return rows.map((cells, index) => {
    const properties = Object.fromEntries(names.map((name, column) => [name, cells[column] ?? null]))
    const coordinates = [x, y].map((name) => Number(properties[name] ?? Number.NaN))
    if (coordinates.some((value) => !Number.isFinite(value))) {
      throw new PopulationFileError(`第 ${index + 2} 行没有坐标，或坐标不是数 (a row without coordinates)`)
    }
    return { geometry: { type: 'Point', coordinates }, properties }
  })
}

function readCells(bytes: Buffer, path: string): unknown[][] {
  if (bytes.length === 0) throw new PopulationFileError(`文件是空的：${path} (the file is empty)`)
  try {
    return (readCsvFile(bytes).sheets[0]?.rows ?? []).map((row) => row.cells)
  } catch (error) {
    if (error instanceof UnreadableError) throw new PopulationFileError(error.message)
    throw error
  }
}

function findColumn(columns: readonly string[], names: readonly string[]): string | null {
  for (const name of names) {
    const found = columns.find((column) => column.trim().toLowerCase() === name.trim().toLowerCase())
    if (found !== undefined) return found
  }
  return null
}

function readPeople(value: unknown, place: string, column: string): number {
  const people = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof people === 'number' && people >= 0 && people <= MOST_PEOPLE) return people
  const written = value === null || value === undefined || value === '' ? '没有填' : `是「${value}」`
  throw new PopulationFileError(
    `${place}「${column}」${written}，应为 0 到 ${MOST_PEOPLE} 的数；没有人住写 0 (people must be a number)`,
  )
}

function readShape(geometry: OutlineRow['geometry'], place: string): CellShape {
  if (geometry?.type === 'Point' || geometry?.type === 'Polygon' || geometry?.type === 'MultiPolygon') {
    return geometry
  }
  throw new PopulationFileError(
    `${place}是 ${geometry?.type ?? '空图形'}，只收点和面 (only points and polygons)`,
  )
}

function assertKeysDiffer(records: readonly PopulationRecord[]): void {
  const seen = new Map<string, string>()
  for (const { sourceKey, place } of records) {
    const before = seen.get(sourceKey)
    if (before) {
      throw new PopulationFileError(`${place}与${before}的编号都是「${sourceKey}」 (two records of one id)`)
    }
    seen.set(sourceKey, place)
  }
}
