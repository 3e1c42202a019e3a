import { Worker } from 'node:worker_threads'
import { openArchive } from './archive.ts'
import { readCsvFile } from './read-csv.ts'
import { asUnreadable, isOleContainer, isZip, readXlsxFile } from './read-workbook.ts'
import { type TableFile, UnreadableError } from './table.ts'

const TIME_LIMIT_MILLISECONDS = 60_000
const HEAP_LIMIT_MEGABYTES = 1_024
/** A thread takes most of a second to start; a file that unpacks to no more than this is read in a fraction of that. */
const SMALL_BYTES = 4 * 1024 * 1024
/** Reads an uploaded file in a thread of its own. Throws UnreadableError. */
export async function readTableFile(fileName: string, bytes: Buffer): Promise<TableFile> {
  assertReadable(fileName, bytes)
  const file = (await isSmall(bytes)) ? await readHere(bytes) : await inTurn(() => runReader(bytes))
  if (file.sheets.every((sheet) => sheet.rows.length === 0)) {
    throw new UnreadableError('EMPTY_FILE', '文件里没有内容')
  }
  return file
}

/** An old .xls says nothing of its size before it is read, so it always gets a thread. */
async function isSmall(bytes: Buffer): Promise<boolean> {
  if (isOleContainer(bytes)) return false
  return (isZip(bytes) ? (await openArchive(bytes)).unpackedBytes : bytes.length) <= SMALL_BYTES
}

async function readHere(bytes: Buffer): Promise<TableFile> {
  try {
    return isZip(bytes) ? await readXlsxFile(bytes) : readCsvFile(bytes)
  } catch (error) {
    throw asUnreadable(error)
  }
}

let lastInLine: Promise<unknown> = Promise.resolve()

/** One file after the other: two large ones together would take all cores and twice the memory. */
function inTurn<T>(read: () => Promise<T>): Promise<T> {
  const turn = lastInLine.then(read)
  lastInLine = turn.catch(() => undefined)
  return turn
}

/** The content decides, not the name; the name only says what else a text file may be. */
function assertReadable(fileName: string, bytes: Buffer): void {
  if (bytes.length === 0) throw new UnreadableError('EMPTY_FILE', '文件是空的')
  if (isZip(bytes) || isOleContainer(bytes)) return
  if (!/\.(csv|txt|tsv)$/i.test(fileName)) {
    throw new UnreadableError('UNSUPPORTED_FILE', '这不是 Excel 表格，也不是 CSV。可上传 .xlsx、.xls 或 .csv')
  }
}

type Answer = { file: TableFile } | { code: UnreadableError['code']; message: string }

function runReader(bytes: Buffer): Promise<TableFile> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./start-reader.mjs', import.meta.url), {
      workerData: new Uint8Array(bytes),
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: HEAP_LIMIT_MEGABYTES },
    })
    const timer = setTimeout(() => {
      void worker.terminate()
      reject(
        new UnreadableError('READING_TOO_LONG', '文件太复杂，一分钟内没有读完。请只留需要的工作表再上传'),
      )
    }, TIME_LIMIT_MILLISECONDS)
    worker.once('message', (answer: Answer) => {
      clearTimeout(timer)
      if ('file' in answer) resolve(answer.file)
      else reject(new UnreadableError(answer.code, answer.message))
      void worker.terminate()
    })
    // running out of memory ends the thread, not the server
    worker.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer)
      const isOutOfMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY'
      reject(
        isOutOfMemory
          ? new UnreadableError('FILE_DAMAGED', '文件内容异常，读取时用尽了内存，没有打开')
          : error,
      )
    })
  })
}
