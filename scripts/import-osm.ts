import { parseArgs } from 'node:util'
import { OSM_SOURCE } from '../server/base-map/osm/assemble.ts'
import { importOsm } from '../server/base-map/osm/import.ts'
import { runOnDatabase } from './run-on-database.ts'

const USAGE = '用法 (usage): npm run import:osm -- 文件.osm.pbf [--area 辖区代码]'

/** Loads an OpenStreetMap extract as the base map. */
function readCommand(): { file: string; areaCode: string | null } | null {
  try {
    const { values, positionals } = parseArgs({
      options: { area: { type: 'string' } },
      allowPositionals: true,
    })
    const [file, ...more] = positionals
    return file && more.length === 0 ? { file, areaCode: values.area ?? null } : null
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
    const report = await importOsm(knex, command.file, { areaCode: command.areaCode, say })
    const { written } = report
    say(
      `道路 ${written.roads}，铁路 ${written.railways}，水系 ${written.waters}，用地 ${written.land_uses}，建筑 ${written.buildings}，地名 ${written.places}；新增或变动的应急资源 ${written.resources}，防护目标 ${written.protected_places}`,
    )
    say(`已写入；凡显示处须注明 ${OSM_SOURCE} (imported; show this attribution)`)
  })
}
