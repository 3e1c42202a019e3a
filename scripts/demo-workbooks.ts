import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { dayOf } from '../server/core/calendar.ts'
import { readDemonstrationInput } from './demonstration/input.ts'
import { makeDemonstrationWorkbooks } from './demonstration/workbooks.ts'

const { values } = parseArgs({ options: { out: { type: 'string', default: '.' } } })

const input = await readDemonstrationInput(dayOf(new Date()))
const directory = resolve(values.out)
await mkdir(directory, { recursive: true })
for (const workbook of await makeDemonstrationWorkbooks(input)) {
  const path = join(directory, workbook.fileName)
  await writeFile(path, workbook.bytes)
  process.stdout.write(`${path}（坐标系 ${workbook.coordinateSystem}）\n`)
}
