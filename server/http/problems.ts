import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { FilterError } from '../core/filters.ts'

/** A refusal that the client is told about: application/problem+json with a stable code. */
export class ProblemError extends Error {
  readonly status: number
  readonly code: string
  readonly title: string
  readonly extra: Record<string, unknown>
  constructor(
    status: number,
    code: string,
    title: string,
    detail?: string,
    extra: Record<string, unknown> = {},
  ) {
    super(detail ?? title)
    this.name = 'ProblemError'
    this.status = status
    this.code = code
    this.title = title
    this.extra = extra
  }
}

type Extra = Record<string, unknown>
const make =
  (status: number, title: string) =>
  (code: string, detail: string, extra: Extra = {}) =>
    new ProblemError(status, code, title, detail, extra)

export const badRequest = make(400, '请求有误')
export const forbidden = make(403, '没有权限')
export const conflict = make(409, '与现状冲突')
export const tooLarge = make(413, '内容过大')
export const unsupportedType = make(415, '类型不支持')
export const unprocessable = make(422, '内容不成立')
export const badGateway = make(502, '上游服务不可用')
export const notImplemented = make(501, '本服务器没有此功能')
export const unavailable = make(503, '暂时办不到')
export const timedOut = make(504, '超时')

export const notSignedIn = () => make(401, '没有登录')('NOT_SIGNED_IN', '请先登录')
export const notFound = (what: string) =>
  make(404, '没有找到')('NOT_FOUND', `没有这个${what}，或不在您的可见范围内`)
export const tooManyRequests = (detail: string) => make(429, '请求过多')('TOO_MANY_REQUESTS', detail)
/** The row was changed by another; the current one is sent along so that both can be compared. */
export const staleVersion = (current: unknown) =>
  conflict('STALE_VERSION', '此条刚被他人修改，请对比后再保存', { current })

function send(reply: FastifyReply, problem: ProblemError): FastifyReply {
  return reply
    .status(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .serializer((body: unknown) => JSON.stringify(body))
    .send({
      status: problem.status,
      code: problem.code,
      title: problem.title,
      detail: problem.message,
      ...problem.extra,
      requestId: reply.request.id,
    })
}

/** One place turns every error into an answer; what we did not expect is logged in full and told without detail. */
export function registerProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    const problem = asProblem(error)
    if (problem.status >= 500) request.log.error({ err: error }, 'request failed')
    return send(reply, problem)
  })
  app.setNotFoundHandler((_request, reply) => send(reply, notFound('地址')))
}

function asProblem(error: FastifyError | ProblemError | FilterError): ProblemError {
  if (error instanceof ProblemError) return error
  if (error instanceof FilterError) {
    return badRequest('BAD_FILTER', error.message, { parameter: error.parameter, known: error.known })
  }
  const databaseProblem = asDatabaseProblem(error)
  if (databaseProblem) return databaseProblem
  if (error.validation) {
    const faults = error.validation.map((fault) => ({
      where: `${error.validationContext ?? ''}${fault.instancePath}` || '/',
      rule: fault.keyword,
      message: fault.message ?? '',
      params: fault.params,
    }))
    return badRequest(
      'BAD_INPUT',
      `输入不合要求：${faults.map((fault) => `${fault.where} ${fault.message}`).join('；')}`,
      {
        faults,
      },
    )
  }
  const status = error.statusCode ?? 500
  if (status === 413) return tooLarge('BODY_TOO_LARGE', '内容超过大小上限')
  if (status === 415) return unsupportedType('UNSUPPORTED_TYPE', '不支持这种内容类型')
  if (status === 429) return tooManyRequests('请求太频繁，请稍后再试')
  if (status >= 400 && status < 500)
    return new ProblemError(status, error.code ?? 'BAD_REQUEST', '请求有误', error.message)
  return new ProblemError(
    500,
    'UNEXPECTED',
    '服务器出错',
    '服务器遇到没有料到的问题，已记录；请把请求号告诉管理员',
  )
}

/** Database checks speak last: what slipped past the schema is refused, not a server error. */
function asDatabaseProblem(error: FastifyError): ProblemError | null {
  const code = error.code
  if (code === '23505') return conflict('ALREADY_EXISTS', '已有相同的记录')
  if (code === '23503') return unprocessable('UNKNOWN_REFERENCE', '引用的记录不存在')
  if (code === '23514' || code === '22001') return unprocessable('CHECK_FAILED', '数值不符合数据库的检查条件')
  if (code === '22021' || code === '22P05') return badRequest('BAD_CHARACTER', '含有不能保存的字符')
  return null
}
