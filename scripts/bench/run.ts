import { mkdir, writeFile } from 'node:fs/promises'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../../server/config.ts'
import { createDatabase, openEmbeddedEngine, openPostgresqlEngine } from './engines.ts'
import { measureProduct, type ProductFigure, printProduct } from './product.ts'
import { type EngineRatios, measureRatios, printRatios } from './ratios.ts'

const ROOT = join(import.meta.dirname, '../..')
const PARTS = ['ratios', 'product'] as const

const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** Ratios within one process: growth with the data, the index, the tile writer. */
async function runRatios(dataDir: string, serverUrl: string | undefined): Promise<EngineRatios[]> {
  const openers = [() => openEmbeddedEngine(join(ROOT, '.cache'))]
  if (serverUrl) openers.push(() => openPostgresqlEngine(serverUrl))
  const results: EngineRatios[] = []
  for (const open of openers) {
    const engine = await open()
    try {
      results.push(await measureRatios(engine, dataDir))
    } finally {
      await engine.close()
    }
  }
  return results
}

/** The product as it is started, with the demonstration data, under the load of a few people. */
async function runProduct(serverUrl: string | undefined): Promise<ProductFigure[]> {
  const figures = await measureProduct('embedded', {})
  if (!serverUrl) return figures
  const own = await createDatabase(serverUrl)
  try {
    return [...figures, ...(await measureProduct('postgresql', { DATABASE_URL: own.url }))]
  } finally {
    await own.remove()
  }
}

/** `npm run bench` measures all; `npm run bench -- ratios` or `product` one part. */
async function run(asked: string | undefined): Promise<void> {
  const parts = PARTS.filter((part) => asked === undefined || asked === part)
  if (parts.length === 0) throw new Error(`没有「${asked}」，可用：${PARTS.join('、')} (unknown part)`)
  const { dataDir } = readConfig(process.env, process.cwd())
  const serverUrl = process.env.BENCH_DATABASE_URL ?? process.env.TEST_DATABASE_URL
  if (!serverUrl) {
    say(
      '只测内置数据库；要测 PostgreSQL 设 BENCH_DATABASE_URL (embedded engine only: BENCH_DATABASE_URL is not set)',
    )
  }
  const loadBefore = loadavg()[0] ?? 0
  const ratios = parts.includes('ratios') ? await runRatios(dataDir, serverUrl) : []
  const product = parts.includes('product') ? await runProduct(serverUrl) : []
  ratios.forEach(printRatios)
  if (product.length > 0) printProduct(product)
  const machine = {
    node: process.version,
    processors: cpus().length,
    model: cpus()[0]?.model ?? '',
    // what else the machine was doing: under a load of others the milliseconds say little, the ratios still hold
    loadBefore,
    loadAfter: loadavg()[0] ?? 0,
  }
  const directory = join(dataDir, 'bench')
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const path = join(directory, `${new Date().toISOString().replaceAll(':', '-')}.json`)
  await writeFile(path, `${JSON.stringify({ machine, ratios, product }, null, 2)}\n`)
  say(`\n${machine.node}，${machine.processors} × ${machine.model}，起始负载 (load) ${loadBefore.toFixed(1)}`)
  say(`已写入 (written): ${path}`)
}

run(process.argv[2]).catch((error) => {
  process.stderr.write(`失败 (failed): ${error instanceof Error ? (error.stack ?? error.message) : error}\n`)
  process.exitCode = 1
})
