import { parentPort } from 'node:worker_threads'
import type { WriterMessage } from './workbook-thread.ts'
import { type WorkbookInput, writeWorkbook } from './write-workbook.ts'

const sheets: (Omit<WorkbookInput, 'rows'> & { rows: WorkbookInput['rows'][number][] })[] = []

parentPort?.on('message', async (message: WriterMessage) => {
  if ('head' in message) sheets.push({ ...message.head, rows: [] })
  else if ('rows' in message) sheets.at(-1)?.rows.push(...message.rows)
  else parentPort?.postMessage(await writeWorkbook(...sheets))
})
