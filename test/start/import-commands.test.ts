import { readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { runProgram } from '../../scripts/product-process.ts'
import { makeDataDir } from './product.ts'

const FIXTURES = resolve(import.meta.dirname, '../fixtures')
const EXTRACT = join(FIXTURES, 'osm/liechtenstein-2013-08-03.osm.pbf')
const OUTLINES = join(FIXTURES, 'areas/units-gbk-epsg4551.zip')

let dataDir: string
beforeAll(async () => {
  dataDir = await makeDataDir()
})

/** What a command prints, each line without its time, and how it ends. */
async function run(program: string, ...options: string[]) {
  const child = runProgram(program, options, { DATA_DIR: dataDir, DATABASE_URL: '' })
  const code = await child.exit
  const lines = (text: string) =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => line.replace(/^\[ *[\d.]+ s\] /, ''))
  return { code, said: lines(child.output()), errors: lines(child.errors()) }
}

it('refuses a data directory without a database: the first start must make it', async () => {
  expect(await run('import-osm.ts', EXTRACT)).toMatchObject({
    code: 1,
    errors: [`失败 (failed): ${dataDir} 里还没有数据库，请先启动一次产品 (start the product once first)`],
  })
})

it('loads an extract with progress, and refuses one that is cut off with one line', async () => {
  expect((await run('migrate.ts')).code).toBe(0)
  const whole = await run('import-osm.ts', EXTRACT)
  expect(whole.code).toBe(0)
  expect(whole.said.slice(-5)).toEqual([
    '第 1 遍：65,733 个点、7,121 条线、113 个关系',
    '第 2 遍：要用 6,829 条线',
    '第 3 遍：要用 38 个带属性的点',
    '道路 2749，铁路 34，水系 101，用地 209，建筑 3723，地名 20；新增或变动的应急资源 7，防护目标 28',
    '已写入；凡显示处须注明 © OpenStreetMap 贡献者（ODbL 1.0） (imported; show this attribution)',
  ])
  const cut = join(dataDir, 'cut.osm.pbf')
  await writeFile(cut, (await readFile(EXTRACT)).subarray(0, 300_000))
  expect(await run('import-osm.ts', cut)).toMatchObject({
    code: 1,
    errors: [
      `失败 (failed): 文件不完整或已损坏：${cut}，没有写入任何内容 (truncated or damaged .osm.pbf, nothing written)`,
    ],
  })
})

it('shows what new outlines would change, writes only with --yes', async () => {
  const change = '220171001：7.96 → 10.72 km²'
  const preview = await run('import-areas.ts', OUTLINES, '--crs', 'EPSG:4551')
  expect(preview.code).toBe(0)
  expect(preview.said.join('\n')).toContain(change)
  expect(preview.said.at(-1)).toBe(
    '没有写入；确认无误后加 --yes 再运行 (nothing written: run again with --yes)',
  )
  const written = await run('import-areas.ts', OUTLINES, '--crs', 'EPSG:4551', '--yes')
  expect(written.said.join('\n')).toContain(change)
  expect([written.code, written.said.at(-1)]).toEqual([0, '已写入 (written)'])
})

it('puts a population layer in, and replaces it by the next of its name', async () => {
  const file = join(dataDir, 'people.csv')
  await writeFile(file, 'lng,lat,people\n125.41,43.86,120\n125.42,43.86,30\n')
  const args = [file, '--crs', 'CGCS2000', '--source', '人口点']
  const first = await run('import-population.ts', ...args)
  expect([first.code, first.said.at(-1)]).toEqual([0, '人口图层「人口点」：2 条，共 150 人 (written)'])
  const second = await run('import-population.ts', ...args)
  expect(second.said.at(-1)).toBe('人口图层「人口点」：2 条，共 150 人，替换原有 2 条 (written)')
  const wrong = await run('import-population.ts', file, '--crs', 'EPSG:4551')
  expect(wrong).toMatchObject({ code: 1, errors: [expect.stringContaining('请核对 --crs')] })
})

it('explains itself when it is called wrongly', async () => {
  const usage = (text: string) => expect.stringMatching(new RegExp(`^用法 \\(usage\\): npm run ${text} --`))
  expect(await run('import-osm.ts')).toMatchObject({ code: 1, errors: [usage('import:osm')] })
  expect(await run('import-areas.ts', OUTLINES)).toMatchObject({ code: 1, errors: [usage('import:areas')] })
  expect(await run('import-population.ts', OUTLINES)).toMatchObject({
    code: 1,
    errors: [usage('import:population')],
  })
  expect(await run('import-osm.ts', EXTRACT, '--what')).toMatchObject({
    code: 1,
    errors: [usage('import:osm')],
  })
})
