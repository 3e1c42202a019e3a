import { parentPort, workerData } from 'node:worker_threads'
import { readCsvFile } from './read-csv.ts'
import { asUnreadable, isOleContainer, isZip, readXlsFile, readXlsxFile } from './read-workbook.ts'
import type { TableFile } from './table.ts'

/** Runs beside the server: a large file takes a core for seconds, and a hostile one takes only this thread with it. */
async function read(bytes: Buffer): Promise<TableFile> {
  if (isZip(bytes)) return readXlsxFile(bytes)
  if (isOleContainer(bytes)) return readXlsFile(bytes)
  return readCsvFile(bytes)
}

read(Buffer.from(workerData as Uint8Array)).then(
  (file) => parentPort?.postMessage({ file }),
  (error: unknown) => {
    const { code, message } = asUnreadable(error)
    parentPort?.postMessage({ code, message })
  },
)
