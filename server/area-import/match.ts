import type { MultiPolygon, Polygon, Position } from 'geojson'
import { AreaFileError } from './error.ts'
import type { OutlineRow } from './shapefile.ts'

export interface KnownArea {
  code: string
  name: string
  statCode: string | null
  civilCode: string | null
}

export interface FieldChoice {
  codeField: string | null
  nameField: string | null
}

export interface Matched {
  /** The surfaces of each area, by its code; several rows may make up one area. */
  outlines: Map<string, (Polygon | MultiPolygon)[]>
  /** What the file holds beyond the areas that we know, as it is called there. */
  unknown: string[]
}

/** How codes and names are called in the files of surveying offices. */
const CODE_FIELDS = [
  'code',
  'xzqdm',
  'qhdm',
  'dm',
  'adcode',
  'statcode',
  '代码',
  '区划代码',
  '行政区代码',
  '辖区代码',
]
const NAME_FIELDS = ['name', 'xzqmc', 'qhmc', 'mc', '名称', '行政区名称', '辖区名称', '街道名称', '乡镇名称']

/** Finds for each row the area that it outlines: by code, else by name. */
export function matchAreas(rows: OutlineRow[], areas: KnownArea[], choice: FieldChoice): Matched {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row.properties)))]
  const codeField = pickField(columns, choice.codeField, CODE_FIELDS, '--code-field')
  const nameField = pickField(columns, choice.nameField, NAME_FIELDS, '--name-field')
  if (!codeField && !nameField) {
    throw new AreaFileError(
      `看不出哪一列是代码或名称，请用 --code-field 或 --name-field 指定，文件里有：${columns.join('、') || '（无）'} (name the column of codes or names)`,
    )
  }
  const matched: Matched = { outlines: new Map(), unknown: [] }
  for (const [index, row] of rows.entries()) {
    const code = codeField ? asText(row.properties[codeField]) : ''
    const name = nameField ? asText(row.properties[nameField]) : ''
    const area = findArea(areas, code, name)
    if (!area) {
      matched.unknown.push([name, code].filter(Boolean).join(' ') || `第 ${index + 1} 个面`)
      continue
    }
    const surfaces = matched.outlines.get(area.code) ?? []
    surfaces.push(asSurface(row, area.name))
    matched.outlines.set(area.code, surfaces)
  }
  if (matched.outlines.size === 0) {
    throw new AreaFileError(
      `没有一个面能对上已有的辖区；文件里是：${matched.unknown.slice(0, 10).join('、') || '（无）'}；已有：${areas.map((area) => `${area.name} ${area.code}`).join('、')} (no row matches a known area)`,
    )
  }
  return matched
}

function pickField(columns: string[], chosen: string | null, usual: string[], option: string): string | null {
  if (chosen !== null) {
    if (columns.includes(chosen)) return chosen
    throw new AreaFileError(
      `${option} ${chosen}：没有这一列，文件里有：${columns.join('、') || '（无）'} (no such column)`,
    )
  }
  for (const name of usual) {
    const column = columns.find((each) => each.trim().toLowerCase() === name)
    if (column !== undefined) return column
  }
  return null
}

function findArea(areas: KnownArea[], code: string, name: string): KnownArea | undefined {
  const byCode =
    code === '' ? undefined : areas.find((area) => codesOf(area).some((known) => isSameCode(known, code)))
  return byCode ?? (name === '' ? undefined : areas.find((area) => area.name === name))
}

const codesOf = ({ code, statCode, civilCode }: KnownArea): string[] =>
  [code, statCode, civilCode].filter((each) => each !== null)

/** Statistics codes are written with nine digits or with twelve, the last three being zero. */
const isSameCode = (known: string, written: string): boolean =>
  known === written || (/^\d+$/.test(known) && written === known.padEnd(12, '0'))

/** A column of numbers comes as a number; texts of a .dbf are filled up with blanks or zero bytes. */
const asText = (value: unknown): string =>
  typeof value === 'number' || typeof value === 'string' ? String(value).replaceAll('\0', '').trim() : ''

function asSurface({ geometry }: OutlineRow, name: string): Polygon | MultiPolygon {
  if (geometry?.type !== 'Polygon' && geometry?.type !== 'MultiPolygon') {
    throw new AreaFileError(
      `「${name}」不是面，而是 ${geometry?.type ?? '空'} (an outline must be a polygon)`,
    )
  }
  const rings: unknown = geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat()
  if (!Array.isArray(rings) || rings.length === 0 || !rings.every(isRing)) {
    throw new AreaFileError(`「${name}」的坐标不成环 (an outline has a broken ring)`)
  }
  return geometry
}

const isRing = (ring: unknown): ring is Position[] =>
  Array.isArray(ring) &&
  ring.length >= 4 &&
  ring.every(
    (position) => Array.isArray(position) && Number.isFinite(position[0]) && Number.isFinite(position[1]),
  )
