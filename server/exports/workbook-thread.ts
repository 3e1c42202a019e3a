import { Worker } from 'node:worker_threads'
import type { ExportTable } from './table.ts'
import { type WorkbookInput, writeWorkbook } from './write-workbook.ts'

export type WriterMessage =
  | { head: Omit<WorkbookInput, 'rows'> }
  | { rows: WorkbookInput['rows'] }
  | { end: true }

/** Up to here writing takes a tenth of a second, less than a thread takes to start. */
const SMALL_TABLE_ROWS = 300
/** 50,000 rows of 30 columns were seen to take 7 s and 700 MB. */
const HEAP_LIMIT_MEGABYTES = 1_500

let lastInLine: Promise<unknown> = Promise.resolve()

/**
 * Writes a workbook, a large one in a thread of its own and one at a time: the server answers others meanwhile, and
 * two large ones never stand in memory together. Rejects when the signal tells that nobody waits any more.
 */
export async function writeTables(
  tables: readonly ExportTable[],
  total: number,
  signal: AbortSignal,
): Promise<Buffer> {
  if (total <= SMALL_TABLE_ROWS) return writeWorkbook(...(await Promise.all(tables.map(readWhole))))
  const turn = lastInLine.then(() => writeInThread(tables, signal))
  lastInLine = turn.catch(() => undefined)
  return turn
}

async function readWhole(table: ExportTable): Promise<WorkbookInput> {
  const rows: WorkbookInput['rows'][number][] = []
  for await (const batch of table.batches()) rows.push(...batch)
  return { ...table.head, rows }
}

async function writeInThread(tables: readonly ExportTable[], signal: AbortSignal): Promise<Buffer> {
  signal.throwIfAborted()
  const worker = new Worker(new URL('./start-writer.mjs', import.meta.url), {
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: HEAP_LIMIT_MEGABYTES },
  })
  try {
    const written = new Promise<Buffer>((resolve, reject) => {
      worker.once('message', (bytes: Uint8Array) => resolve(Buffer.from(bytes)))
      worker.once('error', reject)
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    })
    // whoever waits hears of it below; without this a thread that fails early would end the process
    written.catch(() => undefined)
    const send = (message: WriterMessage) => worker.postMessage(message)
    for (const table of tables) {
      send({ head: table.head })
      for await (const rows of table.batches()) {
        signal.throwIfAborted()
        send({ rows })
      }
    }
    send({ end: true })
    return await written
  } finally {
    await worker.terminate()
  }
}
