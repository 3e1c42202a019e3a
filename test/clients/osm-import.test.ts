import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Knex } from 'knex'
import { beforeAll, describe, expect, it } from 'vitest'
import { importOsm } from '../../server/base-map/osm/import.ts'
import { BASE_TABLES } from '../../server/base-map/store.ts'
import { currentSequence } from '../../server/db/changes.ts'
import { openTestDatabase, resetDatabase } from '../harness/database.ts'
import { REQUIREMENTS } from '../harness/requirements.ts'

const EXTRACT = resolve(import.meta.dirname, '../fixtures/osm/liechtenstein-2013-08-03.osm.pbf')
const ROADS =
  'motorway,motorway_link,trunk,trunk_link,primary,primary_link,secondary,secondary_link,tertiary,tertiary_link,unclassified,residential,living_street,road,service,track,path,footway,cycleway,bridleway,pedestrian,steps'
const RAILWAYS = 'rail,preserved,subway,light_rail,monorail,tram,narrow_gauge,disused'
const PLACES =
  'city,borough,district,town,village,suburb,quarter,neighbourhood,hamlet,isolated_dwelling,locality'

let db: Knex
beforeAll(async () => {
  db = (await openTestDatabase()).knex
  await resetDatabase(db)
})

const quietly = { areaCode: null, say: () => undefined }
const countOf = async (table: string): Promise<number> => {
  const row = await db(table).where({ source: 'osm' }).select(db.raw('count(*)::int as count')).first()
  return row.count
}

describe('the import of a real extract', () => {
  it('tells its progress and what it wrote', async () => {
    const said: string[] = []
    const report = await importOsm(db, EXTRACT, { areaCode: null, say: (text) => said.push(text) })
    expect(report).toEqual({
      written: {
        roads: 2749,
        railways: 34,
        waters: 101,
        land_uses: 209,
        buildings: 3723,
        places: 20,
        resources: 7,
        protected_places: 28,
      },
      removed: 0,
      replacedSchematic: 0,
    })
    expect(said).toEqual([
      '第 1 遍：65,733 个点、7,121 条线、113 个关系',
      '第 2 遍：要用 6,829 条线',
      '第 3 遍：要用 38 个带属性的点',
    ])
    expect(await currentSequence(db)).toBe(3)
  })

  it('keeps class, name, one-way and speed of a road', async () => {
    const row = await db('roads')
      .where({ source: 'osm' })
      .select(
        db.raw(`count(*) filter (where is_oneway)::int as oneway, count(speed_kmh)::int as limited,
          count(name)::int as named, count(distinct class)::int as classes, min(speed_kmh) as slowest,
          max(speed_kmh) as fastest, bool_and(ST_IsValid(geom)) as valid`),
      )
      .first()
    expect(row).toEqual({
      oneway: 47,
      limited: 188,
      named: 1212,
      classes: 7,
      slowest: 5,
      fastest: 80,
      valid: true,
    })
  })

  it('gives the same state again', async () => {
    const state = async () => {
      const tables = BASE_TABLES.map(
        (table) => `select '${table}' as t, source_key, name, class, ST_AsText(geom) from ${table}`,
      )
      return (await db.raw(`${tables.join(' union all ')} order by 1, 2`)).rows
    }
    const before = await state()
    const report = await importOsm(db, EXTRACT, quietly)
    expect(report.removed).toBe(6836)
    expect([report.written.resources, report.written.protected_places]).toEqual([0, 0])
    expect(await state()).toEqual(before)
  })

  it('keeps only what touches the area that is named', async () => {
    // the south of Vaduz
    await db('areas').insert({
      code: 'FL-VD',
      name: 'Vaduz',
      kind: 'town',
      is_approximate: true,
      source: 'test',
      geom: db.raw(
        `ST_GeomFromText('MULTIPOLYGON(((9.51 47.13, 9.53 47.13, 9.53 47.145, 9.51 47.145, 9.51 47.13)))', 4326)`,
      ),
    })
    const inside = await db.raw(
      `select count(*)::int as count from roads, areas
       where areas.code = 'FL-VD' and ST_Intersects(roads.geom, areas.geom)`,
    )
    const report = await importOsm(db, EXTRACT, { ...quietly, areaCode: 'FL-VD' })
    expect(report.written.roads).toBe(inside.rows[0].count)
    expect(await countOf('roads')).toBe(inside.rows[0].count)
    expect(inside.rows[0].count).toBeGreaterThan(100)
    expect(inside.rows[0].count).toBeLessThan(600)
    await expect(importOsm(db, EXTRACT, { ...quietly, areaCode: 'nowhere' })).rejects.toThrow(
      '--area nowhere：没有这个辖区，可用：FL-VD',
    )
  })

  it('takes invented streets away only where real ones have come', async () => {
    const line = (text: string) => db.raw(`ST_GeomFromText('LINESTRING(${text})', 4326)`)
    await db('roads').insert([
      { source: 'schematic', source_key: 'here', class: 'primary', geom: line('9.52 47.13, 9.53 47.14') },
      { source: 'schematic', source_key: 'far', class: 'primary', geom: line('125.4 43.86, 125.41 43.86') },
    ])
    const report = await importOsm(db, EXTRACT, quietly)
    expect(report.replacedSchematic).toBe(1)
    expect(await db('roads').where({ source: 'schematic' }).pluck('source_key')).toEqual(['far'])
  })
})

describe('a file that is no whole extract', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'osm-'))
  })
  const cases = {
    'cut off': (whole: Buffer) => whole.subarray(0, 300_000),
    'damaged in the middle': (whole: Buffer) =>
      Buffer.concat([whole.subarray(0, 200_000), Buffer.alloc(500, 0x5a), whole.subarray(200_500)]),
    'of another kind': () => Buffer.from('{"type":"FeatureCollection","features":[]}'),
    empty: () => Buffer.alloc(0),
  }
  it.each(Object.entries(cases))('%s is refused in one line and nothing is written', async (title, make) => {
    const before = await currentSequence(db)
    const file = join(folder, `${title}.osm.pbf`)
    await writeFile(file, make(await readFile(EXTRACT)))
    const error: Error = await importOsm(db, file, quietly).then(
      () => new Error('imported'),
      (reason) => reason,
    )
    expect(error.name).toBe('OsmFileError')
    expect(error.message).toMatch(/^(文件不完整或已损坏|不是 \.osm\.pbf 文件)：[^\n]+$/)
    expect(await currentSequence(db)).toBe(before)
    expect(await countOf('roads')).toBe(2749)
  })

  it('is refused too if it is not there', async () => {
    await expect(importOsm(db, '/nowhere.osm.pbf', quietly)).rejects.toThrow('没有这个文件：/nowhere.osm.pbf')
  })
})

describe.runIf(REQUIREMENTS.osmium.isPresent)('against osmium', () => {
  /** Things of the extract with these tags, one a line. */
  function filter(...tags: string[]): string[] {
    const text = execFileSync('osmium', ['tags-filter', '-R', '-f', 'opl', EXTRACT, ...tags], {
      maxBuffer: 1e8,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return text.toString().split('\n').filter(Boolean)
  }
  const roads = () => filter(`w/highway=${ROADS}`).filter((line) => !/[T,]area=yes/.test(line))

  it('counts the same roads, railways and water lines', async () => {
    expect(await countOf('roads')).toBe(roads().length)
    expect(await countOf('railways')).toBe(filter(`w/railway=${RAILWAYS}`).length)
    const lines = await db('waters').where({ source: 'osm' }).whereRaw('ST_Dimension(geom) = 1').pluck('id')
    expect(lines).toHaveLength(filter('w/waterway=river,canal,stream,ditch,drain').length)
  })

  it('counts the same one-way roads', async () => {
    const said = roads().filter((line) => /[T,](oneway=(yes|true|1|-1)|junction=roundabout)/.test(line))
    expect(await db('roads').where({ source: 'osm', is_oneway: true })).toHaveLength(said.length)
  })

  it('counts the same buildings, ways and multipolygons', async () => {
    expect(await countOf('buildings')).toBe(filter('wr/building').length)
  })

  it('counts the same named places', async () => {
    const named = filter(`n/place=${PLACES}`).filter((line) => /[T,]name=/.test(line))
    expect(await countOf('places')).toBe(named.length)
  })

  it('counts the same fire stations, schools and kindergartens', async () => {
    const kept = async (table: string, kind: string) =>
      (await db(table).where({ kind }).where('source_key', 'like', 'osm:%')).length
    expect(await kept('resources', 'fire_station')).toBe(filter('nwr/amenity=fire_station').length)
    expect(await kept('protected_places', 'school')).toBe(
      filter('nwr/amenity=school,college,university').length,
    )
    expect(await kept('protected_places', 'kindergarten')).toBe(
      filter('nwr/amenity=kindergarten,childcare').length,
    )
  })
})
