import { type Comparison, compareEncoders, compareIndex } from './comparisons.ts'
import { insertAreas, insertHazards } from './data.ts'
import type { BenchEngine } from './engines.ts'
import { openBenchApp, type Timings, timeRequests } from './requests.ts'

/** The size of the demonstration, and ten times that. */
const SMALL = 3_000
const LARGE = 30_000
const RUNS = 20

/** What one engine takes, twice, and what the other way of doing the same would take. Ratios hold on any machine. */
export interface EngineRatios {
  engine: string
  runs: number
  hazards: { small: number; large: number }
  small: Timings
  large: Timings
  comparisons: Comparison[]
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)

export async function measureRatios({ database, name }: BenchEngine, dataDir: string): Promise<EngineRatios> {
  const db = database.knex
  const bench = await openBenchApp(database, await insertAreas(db), dataDir)
  try {
    say(`${name}：${SMALL} 处隐患 (hazards)…`)
    await insertHazards(db, 1, SMALL)
    const small = await timeRequests(bench, database, RUNS)
    say(`${name}：${LARGE} 处隐患 (hazards)…`)
    await insertHazards(db, SMALL + 1, LARGE)
    const large = await timeRequests(bench, database, RUNS)
    const encoders = await compareEncoders(database, RUNS)
    const comparisons = [...(encoders ? [encoders] : []), await compareIndex(db, RUNS)]
    return { engine: name, runs: RUNS, hazards: { small: SMALL, large: LARGE }, small, large, comparisons }
  } finally {
    await bench.app.close()
  }
}

const printRow = (name: string, ...cells: string[]): void =>
  say(`  ${name.padEnd(36)}${cells.map((cell) => cell.padStart(10)).join('')}`)

export function printRatios({ engine, hazards, small, large, comparisons }: EngineRatios): void {
  say(`\n${engine}，每次都在改动之后，中位数毫秒 (after a change, median ms)`)
  printRow('', String(hazards.small), String(hazards.large), '倍数')
  for (const [name, timing] of Object.entries(small)) {
    const grown = large[name]?.medianMs ?? Number.NaN
    printRow(name, timing.medianMs.toFixed(1), grown.toFixed(1), (grown / timing.medianMs).toFixed(1))
  }
  say('  数据为 10 倍：倍数小于 10，即增长慢于数据 (below 10: slower growth than the data)')
  for (const { name, ours, other, ratio } of comparisons) {
    say(`  ${name}: ${other.medianMs.toFixed(1)} ÷ ${ours.medianMs.toFixed(1)} ms = ${ratio.toFixed(1)}`)
  }
}
