import { parseArgs } from 'node:util'
import { importPopulation, type PopulationOptions } from '../server/population/import.ts'
import { runOnDatabase } from './run-on-database.ts'

const USAGE =
  '用法 (usage): npm run import:population -- 文件.geojson|文件.zip|文件.csv --crs CGCS2000|WGS84|GCJ02|BD09|EPSG:4549… [--people 列名] [--source 图层名]'

function readCommand(): { file: string; options: PopulationOptions } | null {
  try {
    const { values, positionals } = parseArgs({
      options: { crs: { type: 'string' }, people: { type: 'string' }, source: { type: 'string' } },
      allowPositionals: true,
    })
    const [file, ...more] = positionals
    if (!file || more.length > 0 || !values.crs) return null
    const options = { crs: values.crs, peopleField: values.people ?? null, source: values.source ?? null }
    return { file, options }
  } catch {
    return null
  }
}

const command = readCommand()
if (!command) {
  process.stderr.write(`${USAGE}\n`)
  process.exitCode = 1
} else {
  runOnDatabase(async ({ knex }, { say }) => {
    const report = await importPopulation(knex, command.file, command.options, new Date())
    const replaced = report.replaced > 0 ? `，替换原有 ${report.replaced} 条` : ''
    say(
      `人口图层「${report.source}」：${report.cells} 条，共 ${Math.round(report.people)} 人${replaced} (written)`,
    )
  })
}
