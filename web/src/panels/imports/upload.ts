import type { ImportReport, Problem } from '@contract'
import { ApiProblem, ServerAway } from '../../api/client.ts'

export interface UploadOptions {
  /** 0 to 1 of the bytes sent; 1 means that the server is reading. */
  onProgress: (share: number) => void
  signal: AbortSignal
}

export interface MissingColumn {
  field: string
  label: string
}

/** What a refused file lacks and has instead, where the refusal says so. */
export function missingColumnsOf(error: unknown): { missing: MissingColumn[]; headers: string[] } | null {
  if (!(error instanceof ApiProblem) || error.code !== 'MISSING_COLUMNS') return null
  const { missing, fields, headers } = error.extra
  if (!isTexts(missing) || !isTexts(fields) || !isTexts(headers)) return null
  return { missing: fields.map((field, index) => ({ field, label: missing[index] ?? field })), headers }
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string')

/** Sends a file with its progress, which `fetch` cannot tell. Throws as `call` does; an abort rejects with AbortError. */
export function uploadImport(form: FormData, { onProgress, signal }: UploadOptions): Promise<ImportReport> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', '/api/imports')
    request.setRequestHeader('accept', 'application/json')
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total)
    }
    request.upload.onload = () => onProgress(1)
    request.onload = () => settle(request, resolve, reject)
    request.onerror = () => reject(new ServerAway('upload broke off'))
    request.onabort = () => reject(new DOMException('cancelled', 'AbortError'))
    if (signal.aborted) return reject(new DOMException('cancelled', 'AbortError'))
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(form)
  })
}

function settle(
  request: XMLHttpRequest,
  resolve: (report: ImportReport) => void,
  reject: (error: Error) => void,
): void {
  const body = parse(request.responseText)
  const isDone = request.status >= 200 && request.status < 300
  if (isDone && body) resolve(body as ImportReport)
  else if (body && typeof body === 'object' && 'code' in body) reject(new ApiProblem(body as Problem))
  else reject(new ServerAway(request.status))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
