import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { zipSync } from 'fflate'
import type { Knex } from 'knex'
import { beforeAll, describe, expect, it } from 'vitest'
import { importAreas, readAreaImport } from '../../server/area-import/import.ts'
import { currentSequence } from '../../server/db/changes.ts'
import { openTestDatabase, resetDatabase } from '../harness/database.ts'
import { EAST, seedFixture } from '../harness/fixture.ts'

const SHAPEFILE = resolve(import.meta.dirname, '../fixtures/areas/units-gbk-epsg4551.zip')
const AT = new Date('2026-11-24T02:00:00Z')
const ANY = { codeField: null, nameField: null }

let db: Knex
let folder: string
beforeAll(async () => {
  db = (await openTestDatabase()).knex
  await resetDatabase(db)
  await seedFixture(db)
  folder = await mkdtemp(join(tmpdir(), 'areas-'))
})

async function write(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}
const geojson = (properties: object, ring: [number, number][]) =>
  JSON.stringify({
    type: 'FeatureCollection',
    features: [{ type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: [ring] } }],
  })
const RING: [number, number][] = [
  [125.41, 43.84],
  [125.44, 43.84],
  [125.44, 43.88],
  [125.41, 43.88],
  [125.41, 43.84],
]

describe('a file that cannot be used is refused in one line', () => {
  const good = { code: EAST, name: '临河街道' }
  const swapped = RING.map(([lng, lat]): [number, number] => [lat, lng])
  const cases: [title: string, content: string, crs: string, message: string][] = [
    ['an unknown system', geojson(good, RING), 'BJ54', '--crs BJ54：不认识'],
    ['an EPSG code that nobody knows', geojson(good, RING), 'EPSG:99999', '数据库里没有这个坐标系'],
    ['degrees that are said to be metres', geojson(good, RING), 'EPSG:4551', '不像以米为单位的投影坐标'],
    [
      'metres that are said to be degrees',
      geojson(good, [
        [452551, 4856213],
        [452583, 4860658],
        [454994, 4860641],
        [452551, 4856213],
      ]),
      'CGCS2000',
      '不在中国的经纬度范围内',
    ],
    ['latitude before longitude', geojson(good, swapped), 'WGS84', '经度、纬度是否颠倒'],
    [
      'another place in China',
      geojson(
        good,
        RING.map(([lng, lat]) => [lng - 9, lat - 4]),
      ),
      'WGS84',
      '与现有边界相距',
    ],
    [
      'no area of ours',
      geojson({ code: '110101', name: '东城区' }, RING),
      'WGS84',
      '没有一个面能对上已有的辖区；文件里是：东城区 110101',
    ],
    ['no column of codes or names', geojson({ 甲: 1, 乙: 2 }, RING), 'WGS84', '看不出哪一列是代码或名称'],
    [
      'a line',
      JSON.stringify({
        type: 'Feature',
        properties: good,
        geometry: { type: 'LineString', coordinates: RING },
      }),
      'WGS84',
      '不是面，而是 LineString',
    ],
    ['a broken ring', geojson(good, RING.slice(0, 2)), 'WGS84', '坐标不成环'],
    [
      'a surface without area',
      geojson(good, [
        [125.4, 43.8],
        [125.5, 43.8],
        [125.4, 43.8],
        [125.4, 43.8],
      ]),
      'WGS84',
      '没有面积',
    ],
    ['text', 'hello', 'WGS84', '读不懂文件'],
    ['another GeoJSON', '{"type":"Point","coordinates":[1,2]}', 'WGS84', '不是 GeoJSON 的 FeatureCollection'],
    ['nothing', '', 'WGS84', '文件是空的'],
  ]
  const refusal = (path: string, crs: string) =>
    readAreaImport(db, path, crs, ANY)
      .then((file) => importAreas(db, file, AT))
      .then(
        () => new Error('imported'),
        (error: Error) => error,
      )

  it.each(cases)('%s', async (title, content, crs, message) => {
    const error = await refusal(await write(`${title}.geojson`, content), crs)
    expect(error.name).toBe('AreaFileError')
    expect(error.message).toContain(message)
    expect(error.message).not.toContain('\n')
    expect(await currentSequence(db)).toBe(0)
  })

  it('a column that is not there', async () => {
    const path = await write('column.geojson', geojson(good, RING))
    await expect(readAreaImport(db, path, 'WGS84', { codeField: 'dm', nameField: null })).rejects.toThrow(
      '--code-field dm：没有这一列，文件里有：code、name',
    )
  })

  it('a zip that is cut off, holds no Shapefile, or claims to unpack into 300 MB', async () => {
    const whole = await readFile(SHAPEFILE)
    const bomb = Buffer.from(zipSync({ 'a.shp': new Uint8Array(1000), 'a.dbf': new Uint8Array(10) }))
    const directory = bomb.indexOf(Buffer.from('PK\u0001\u0002', 'latin1'))
    bomb.writeUInt32LE(300 * 1024 * 1024, directory + 24)
    const messages = await Promise.all(
      [whole.subarray(0, 600), zipSync({ 'a.txt': new Uint8Array(3) }), bomb].map(async (bytes, index) => {
        const error = await refusal(await write(`${index}.zip`, bytes), 'WGS84')
        return [error.name, error.message]
      }),
    )
    expect(messages).toEqual([
      ['AreaFileError', '压缩包已损坏，打不开 (the zip file is damaged)'],
      ['AreaFileError', '压缩包里应正好有一个 .shp，找到 0 个 (expected exactly one .shp)'],
      ['AreaFileError', '压缩包解开后超过 200 MB 或 1000 个文件，没有打开 (too large when unpacked)'],
    ])
  })
})
