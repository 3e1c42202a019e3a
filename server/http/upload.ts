import type { FastifyRequest } from 'fastify'
import { badRequest, tooLarge } from './problems.ts'

export interface Upload {
  fields: Record<string, string>
  fileName: string
  bytes: Buffer
}

/**
 * Reads a form of one file and some text fields, in whatever order the client wrote them. Throws 400 without a form or
 * a file, 413 for a file over the limit.
 */
export async function readUpload(request: FastifyRequest): Promise<Upload> {
  if (!request.isMultipart()) throw badRequest('NOT_MULTIPART', '请以 multipart/form-data 上传')
  const fields: Record<string, string> = {}
  let file: Pick<Upload, 'fileName' | 'bytes'> | null = null
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      if (typeof part.value === 'string') fields[part.fieldname] = part.value
      continue
    }
    const bytes = await part.toBuffer()
    // the parser cuts at the limit and does not always throw by itself
    if (part.file.truncated) throw tooLarge('FILE_TOO_LARGE', '文件超过 20 MB，请拆分或缩小后再传')
    file = { fileName: part.filename, bytes }
  }
  if (!file) throw badRequest('NO_FILE', '没有收到文件')
  return { fields, ...file }
}
