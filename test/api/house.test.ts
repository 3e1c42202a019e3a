import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../harness/app.ts'

describe('the house, as it is built', () => {
  let test: TestApp
  beforeAll(async () => {
    test = await openTestApp()
  })
  afterAll(() => test.close())

  it('has a spatial index on every geometry column', async () => {
    const result = await test.database.knex.raw(`
      select f_table_name || '.' || f_geometry_column as name
      from geometry_columns
      where f_table_schema = 'public' and not exists (
        select 1 from pg_index
        join pg_class index_class on index_class.oid = pg_index.indexrelid
        join pg_am on pg_am.oid = index_class.relam and pg_am.amname = 'gist'
        join pg_attribute on pg_attribute.attrelid = pg_index.indrelid and pg_attribute.attnum = any (pg_index.indkey)
        where pg_index.indrelid = f_table_name::regclass and pg_attribute.attname = f_geometry_column
      )`)
    expect(result.rows).toEqual([])
    const counted = await test.database.knex.raw('select count(*)::int as n from geometry_columns')
    expect(counted.rows[0].n).toBeGreaterThan(10)
  })

  it('tells of every route its tag and its summary', async () => {
    const { paths } = (await test.get(null, '/api/openapi.json')).json()
    const operations = Object.entries<Record<string, Operation>>(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, operation })),
    )
    expect(operations.length).toBeGreaterThan(20)
    const incomplete = operations.filter(({ operation }) => !operation.tags?.length || !operation.summary)
    expect(incomplete.map(({ name }) => name)).toEqual([])
  })
})

interface Operation {
  tags?: string[]
  summary?: string
}
