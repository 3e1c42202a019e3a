import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import type { FastifyInstance } from 'fastify'

const OPTIONS = { removeAdditional: false, allErrors: true, useDefaults: true } as const

/**
 * Texts of an address are turned into the numbers that the schema asks for; a body is taken as it is. Otherwise null
 * in a body, which clears a field, would become '' or 0 wherever text or number is allowed beside it.
 */
export function registerValidation(app: FastifyInstance): void {
  const ofAddress = makeValidator(new Ajv({ ...OPTIONS, coerceTypes: 'array' }))
  const ofBody = makeValidator(new Ajv({ ...OPTIONS, coerceTypes: false }))
  app.setValidatorCompiler(({ schema, httpPart }) =>
    (httpPart === 'body' ? ofBody : ofAddress).compile(schema as object),
  )
}

function makeValidator(ajv: Ajv): Ajv {
  // ajv-formats is CommonJS: its callable sits under default in both shapes
  const add = addFormats as unknown as (ajv: Ajv) => Ajv
  return add(ajv)
}
