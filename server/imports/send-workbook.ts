import type { FastifyReply } from 'fastify'
import { dispositionOf, MEDIA_TYPES } from '../exports/send.ts'

/** Answers a workbook under its Chinese name; making it stops when the client has gone. */
export async function sendWorkbook(
  reply: FastifyReply,
  names: { plain: string; chinese: string },
  make: (signal: AbortSignal) => Promise<Buffer>,
): Promise<FastifyReply> {
  const left = new AbortController()
  reply.raw.once('close', () => left.abort())
  try {
    const bytes = await make(left.signal)
    return reply
      .type(MEDIA_TYPES.xlsx)
      .header('content-disposition', dispositionOf(names.plain, names.chinese))
      .header('cache-control', 'private, no-store')
      .send(bytes)
  } catch (error) {
    if (left.signal.aborted) return reply.hijack()
    throw error
  }
}
