import { Value } from 'typebox/value'
import {
  COORDINATE_SYSTEMS,
  type CoordinateSystem,
  IMPORT_KINDS,
  type ImportKind,
} from '../core/vocabulary.ts'
import { badRequest, type ProblemError, tooLarge, unprocessable, unsupportedType } from '../http/problems.ts'
import type { Upload as Form } from '../http/upload.ts'
import { LayoutError, type Upload } from './run-check.ts'
import { ImportOptions } from './schema.ts'
import { UnreadableError } from './table.ts'

const FILE_NAME_CHARACTERS = 200

/** What a form asks for. The coordinate system has no default: guessing it puts everything 600 m off. */
export function readImportForm(form: Form): Upload {
  return {
    kind: oneOf<ImportKind>(form.fields.kind, IMPORT_KINDS, 'kind', '导入种类'),
    coordinateSystem: oneOf<CoordinateSystem>(
      form.fields.coordinateSystem,
      COORDINATE_SYSTEMS,
      'coordinateSystem',
      '坐标系',
    ),
    fileName: form.fileName.slice(0, FILE_NAME_CHARACTERS) || '未命名',
    bytes: form.bytes,
    options: readOptions(form.fields.options),
  }
}

function oneOf<T extends string>(
  value: string | undefined,
  known: readonly T[],
  name: string,
  label: string,
): T {
  const found = known.find((word) => word === value)
  if (found) return found
  const detail = value ? `${label}「${value.slice(0, 40)}」不在词表内` : `请先选${label}`
  throw badRequest('BAD_FORM', `${detail}，可用：${known.join('、')}`, { parameter: name, known })
}

function readOptions(text: string | undefined): ImportOptions {
  if (text === undefined || text === '') return {}
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw badRequest('BAD_FORM', '导入选项不是 JSON', { parameter: 'options' })
  }
  if (!Value.Check(ImportOptions, value)) {
    throw badRequest('BAD_FORM', '导入选项不合要求：defaultSector 为行业领域，columns 为列名到字段', {
      parameter: 'options',
    })
  }
  return value
}

/** What is wrong with a file, as the answer to whoever uploaded it. */
export function asUploadProblem(error: unknown): ProblemError | null {
  if (error instanceof LayoutError) {
    return unprocessable(error.code, error.message, {
      missing: error.missing,
      fields: error.fields,
      headers: error.headers,
    })
  }
  if (!(error instanceof UnreadableError)) return null
  if (error.code === 'UNSUPPORTED_FILE') return unsupportedType(error.code, error.message)
  if (error.code === 'ARCHIVE_TOO_LARGE' || error.code === 'TOO_MANY_ROWS')
    return tooLarge(error.code, error.message)
  return unprocessable(error.code, error.message)
}
