import type { Knex } from 'knex'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadSchematicBase } from '../../scripts/demonstration/load-schematic.ts'
import { currentSequence } from '../../server/db/changes.ts'
import { loadReferenceData } from '../../server/reference/load.ts'
import { openTestDatabase, resetDatabase } from '../harness/database.ts'

let db: Knex
beforeAll(async () => {
  db = (await openTestDatabase()).knex
  await resetDatabase(db)
})

/** Every row of a table as text, so that a repeat can be seen to change nothing, not even a time. */
async function snapshot(tables: string[]): Promise<Record<string, string[]>> {
  const entries = await Promise.all(
    tables.map(async (table) => {
      const result = await db.raw(`select to_jsonb(row)::text as text from ${table} row order by 1`)
      return [table, result.rows.map((row: { text: string }) => row.text)] as const
    }),
  )
  return Object.fromEntries(entries)
}
const NOTHING = { areas: 0, documents: 0, clauses: 0, baseFeatures: 0, resources: 0, protectedPlaces: 0 }

describe('the reference data', () => {
  it('is loaded whole at the first start', async () => {
    expect(await loadReferenceData(db)).toEqual({
      areas: 6,
      documents: 25,
      clauses: 364,
      // six districts and 99 named places
      baseFeatures: 105,
      resources: 11,
      protectedPlaces: 1,
    })
    expect(await currentSequence(db)).toBe(5)
  })

  it('changes nothing when it is loaded again', async () => {
    const tables = [
      'areas',
      'clause_documents',
      'clauses',
      'boundaries',
      'places',
      'resources',
      'protected_places',
      'change_sequence',
    ]
    const before = await snapshot(tables)
    expect(await loadReferenceData(db)).toEqual(NOTHING)
    expect(await snapshot(tables)).toEqual(before)
  })

  it('has the zone over its five units, approximate, without invented civil codes', async () => {
    const areas = await db('areas')
      .select('code', 'name', 'kind', 'parent_code', 'civil_code')
      .orderBy('code')
    expect(areas).toEqual([
      { code: '220171', name: '长春经济技术开发区', kind: 'zone', parent_code: null, civil_code: null },
      { code: '220171001', name: '临河街道', kind: 'subdistrict', parent_code: '220171', civil_code: null },
      {
        code: '220171002',
        name: '东方广场街道',
        kind: 'subdistrict',
        parent_code: '220171',
        civil_code: null,
      },
      { code: '220171003', name: '会展街道', kind: 'subdistrict', parent_code: '220171', civil_code: null },
      { code: '220171004', name: '世纪街道', kind: 'subdistrict', parent_code: '220171', civil_code: null },
      { code: '220171100', name: '兴隆山镇', kind: 'town', parent_code: '220171', civil_code: null },
    ])
    expect(await db('areas').where({ is_approximate: false })).toEqual([])
  })

  it('maps the eight fields of the clause library, 240 of 364 confirmed', async () => {
    const rows = await db('clauses')
      .select('sector_label as label', 'sector')
      .select(db.raw('count(*)::int as count, count(*) filter (where confirmed)::int as confirmed'))
      .groupBy('sector_label', 'sector')
      .orderBy('sector')
    expect(rows).toEqual([
      { label: '危险化学品', sector: 'chemicals', count: 73, confirmed: 20 },
      { label: '房屋市政', sector: 'construction', count: 53, confirmed: 53 },
      { label: '消防', sector: 'fire', count: 49, confirmed: 0 },
      { label: '城镇燃气', sector: 'gas', count: 22, confirmed: 22 },
      { label: '工贸', sector: 'industry', count: 65, confirmed: 65 },
      { label: '小场所', sector: 'small_place', count: 40, confirmed: 27 },
      { label: '特种设备', sector: 'special_equipment', count: 48, confirmed: 47 },
      { label: '交通运输', sector: 'transport', count: 14, confirmed: 6 },
    ])
  })

  it('keeps the source of real fire stations and takes none for an example', async () => {
    const stations = await db('resources').where({ kind: 'fire_station' }).select('source', 'is_example')
    expect(stations).toHaveLength(8)
    for (const { source, is_example } of stations) {
      expect(source).toContain('公开资料：fact list in a public GitHub document')
      expect(is_example).toBe(false)
    }
  })

  it('leaves an official outline and an edited resource as they are', async () => {
    await db('areas').where({ code: '220171001' }).update({ is_approximate: false, name: '临河街道办' })
    await db('resources').where({ name: '经济技术开发区消防大队' }).update({ phone: '119', version: 2 })
    expect(await loadReferenceData(db)).toEqual(NOTHING)
    expect(await db('areas').where({ name: '临河街道办' })).toHaveLength(1)
    expect(await db('resources').where({ phone: '119' })).toHaveLength(1)
  })
})

describe('the schematic base map', () => {
  const tables = ['roads', 'railways', 'waters', 'land_uses', 'buildings', 'resources', 'protected_places']

  it('is loaded with examples of resources and protected places', async () => {
    expect(await loadSchematicBase(db)).toEqual({ baseFeatures: 1430, resources: 40, protectedPlaces: 60 })
    const examples = await db('protected_places').where({ is_example: true }).whereNotNull('headcount')
    expect(examples).toHaveLength(60)
    expect(examples.filter((place) => !place.name.startsWith('示例'))).toEqual([])
    expect(examples.filter((place) => place.area_code === null)).toEqual([])
  })

  it('changes nothing when it is loaded again', async () => {
    const before = await snapshot([...tables, 'change_sequence'])
    expect(await loadSchematicBase(db)).toEqual({ baseFeatures: 0, resources: 0, protectedPlaces: 0 })
    expect(await snapshot([...tables, 'change_sequence'])).toEqual(before)
  })

  it('is all marked as schematic, and its land use ends at the outlines', async () => {
    for (const table of tables.slice(0, 5)) {
      expect(await db(table).whereNot({ source: 'schematic' })).toEqual([])
    }
    const beyond = await db.raw(
      `select land.id from land_uses land
       where ST_Area(ST_Difference(land.geom, (select geom from areas where code = '220171'))::geography) > 2000`,
    )
    expect(beyond.rows).toEqual([])
  })

  it('puts back what was taken away and takes away what does not belong', async () => {
    await db('roads').where({ name: '示意一大路' }).delete()
    await db('roads').insert({
      source: 'schematic',
      source_key: 'stray',
      class: 'primary',
      geom: db.raw(`ST_GeomFromText('LINESTRING(125.4 43.85, 125.41 43.85)', 4326)`),
    })
    expect(await loadSchematicBase(db)).toEqual({ baseFeatures: 2, resources: 0, protectedPlaces: 0 })
  })
})
