import type { FastifyRequest } from 'fastify'
import { type Action, mayDo, type User } from '../access/model.ts'
import { ROLE_TERMS } from '../core/vocabulary.ts'
import { forbidden, notSignedIn } from './problems.ts'

/** The signed-in user of a request. Throws 401. */
export function requireUser(request: FastifyRequest): User {
  if (!request.user) throw notSignedIn()
  return request.user
}

/** The signed-in user, whose role must allow the action. Throws 401 or 403. */
export function requireAction(request: FastifyRequest, action: Action): User {
  const user = requireUser(request)
  if (!mayDo(user.role, action)) {
    throw forbidden('ROLE_NOT_ALLOWED', `「${ROLE_TERMS[user.role].zh}」没有这项权限，请联系管理员`)
  }
  return user
}
