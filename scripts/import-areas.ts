import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { type AreaReport, importAreas, previewAreas, readAreaImport } from '../server/area-import/import.ts'
import type { Move } from '../server/area-import/queries.ts'
import { runOnDatabase } from './run-on-database.ts'

const USAGE =
  '用法 (usage): npm run import:areas -- 文件.geojson|文件.zip --crs CGCS2000|WGS84|GCJ02|BD09|EPSG:4549… [--code-field 列名] [--name-field 列名] [--yes]'

interface Command {
  file: string
  crs: string
  choice: { codeField: string | null; nameField: string | null }
  isConfirmed: boolean
}

function readCommand(): Command | null {
  try {
    const { values, positionals } = parseArgs({
      options: {
        crs: { type: 'string' },
        'code-field': { type: 'string' },
        'name-field': { type: 'string' },
        yes: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    })
    const [file, ...more] = positionals
    if (!file || more.length > 0 || !values.crs) return null
    const choice = { codeField: values['code-field'] ?? null, nameField: values['name-field'] ?? null }
    return { file, crs: values.crs, choice, isConfirmed: values.yes }
  } catch {
    return null
  }
}

const TITLES: Record<keyof AreaReport['moves'], string> = {
  hazards: '隐患',
  sites: '场所',
  resources: '应急资源',
  protected_places: '防护目标',
  drills: '演练',
}

function describe(report: AreaReport, unknown: string[], say: (text: string) => void): void {
  for (const row of report.outlines) {
    const mended = row.wasMended ? '，线条自交已修正' : ''
    say(
      `${row.name} ${row.code}：${row.squareKilometersBefore.toFixed(2)} → ${row.squareKilometersAfter.toFixed(2)} km²，中心移动 ${row.movedKilometers.toFixed(2)} km${mended}`,
    )
  }
  for (const name of unknown) say(`文件里的「${name}」不是已有的辖区，不导入`)
  if (report.stillApproximate.length > 0) say(`仍为示意边界：${report.stillApproximate.join('、')}`)
  for (const { first, second, squareMeters } of report.overlaps) {
    say(`注意：${first} 与 ${second} 重叠 ${Math.round(squareMeters)} m²，重叠处归代码小的辖区`)
  }
  for (const [table, title] of Object.entries(TITLES)) {
    const moves = report.moves[table as keyof AreaReport['moves']]
    say(`${title}：${moves.length} 处改变辖区${moves.length > 0 ? `（${countPairs(moves)}）` : ''}`)
  }
}

function countPairs(moves: Move[]): string {
  const counts = new Map<string, number>()
  for (const { from, to } of moves) {
    const pair = `${from ?? '区外'} → ${to ?? '区外'}`
    counts.set(pair, (counts.get(pair) ?? 0) + 1)
  }
  return [...counts].map(([pair, count]) => `${pair} ${count}`).join('，')
}

async function ask(): Promise<boolean> {
  if (!process.stdin.isTTY) return false
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await terminal.question('写入以上改动？输入 yes 确认 (type yes to write): ')
  terminal.close()
  return answer.trim().toLowerCase() === 'yes'
}

const command = readCommand()
if (!command) {
  process.stderr.write(`${USAGE}\n`)
  process.exitCode = 1
} else {
  runOnDatabase(async ({ knex }, { say }) => {
    const file = await readAreaImport(knex, command.file, command.crs, command.choice)
    describe(await previewAreas(knex, file, new Date()), file.unknown, say)
    if (!command.isConfirmed && !(await ask())) {
      return say('没有写入；确认无误后加 --yes 再运行 (nothing written: run again with --yes)')
    }
    await importAreas(knex, file, new Date())
    say('已写入 (written)')
  })
}
