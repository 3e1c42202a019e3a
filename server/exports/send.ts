import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { GEOJSON_TYPE } from '../http/list-reply.ts'
import type { ExportFormat } from './schema.ts'
import type { ExportSource } from './table.ts'
import { writeTables } from './workbook-thread.ts'
import { writeCsv } from './write-csv.ts'
import { writeGeojson } from './write-geojson.ts'

export const MEDIA_TYPES: Record<ExportFormat, string> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  geojson: GEOJSON_TYPE,
}

/** The header that names the file, in Chinese for those who can read it (RFC 6266, RFC 8187). */
export function dispositionOf(plainName: string, name: string): string {
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plainName}"; filename*=UTF-8''${encoded}`
}

/** Answers a list as a file. Text formats are written while they are read; a workbook is sent when it is whole. */
export async function sendExport(
  reply: FastifyReply,
  source: ExportSource,
  format: ExportFormat,
): Promise<FastifyReply> {
  const left = new AbortController()
  reply.raw.once('close', () => left.abort())
  const body = await makeBody(source, format, left.signal)
  // nobody is there any more
  if (body === null) return reply.hijack()
  return reply
    .type(MEDIA_TYPES[format])
    .header(
      'content-disposition',
      dispositionOf(`${source.plainName}.${format}`, `${source.fileName}.${format}`),
    )
    .header('cache-control', 'private, no-store')
    .header('x-total-count', source.total)
    .send(body)
}

async function makeBody(
  source: ExportSource,
  format: ExportFormat,
  signal: AbortSignal,
): Promise<Buffer | Readable | null> {
  if (format === 'csv') return Readable.from(writeCsv(source.tables[0]))
  if (format === 'geojson') return Readable.from(writeGeojson(source.features(), source.total))
  try {
    return await writeTables(source.tables, source.total, signal)
  } catch (error) {
    if (signal.aborted) return null
    throw error
  }
}
