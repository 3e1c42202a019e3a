import type { AssessRequest, RiskMethod, SubstanceInput } from '@contract'

/** What the calculator starts from: the method alone, or for units one empty row. */
export function emptyRequest(method: RiskMethod): AssessRequest {
  return method === 'gb18218' ? { method, units: [emptyUnit()] } : { method }
}

export const emptyUnit = (name = ''): NonNullable<AssessRequest['units']>[number] => ({
  name,
  kind: 'storage',
  substances: [{}],
})

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== ''

/** Whether enough is filled in to ask for an answer; what is wrong with it then is the server's word. */
export function isComplete(request: AssessRequest): boolean {
  const { method, l, e, c, s } = request
  if (method === 'lec') return [l, e, c].every(isNumber)
  if (method === 'ls') return [l, s].every(isNumber)
  if (method === 'direct') {
    return isText(request.clauseId) || (isNumber(request.level) && isText(request.reason))
  }
  const units = request.units ?? []
  return (
    isNumber(request.exposedPeople) &&
    units.length > 0 &&
    units.every((unit) => isText(unit.name) && unit.substances.every(isFilled))
  )
}

const isFilled = ({ name, cas, tonnes, amount }: SubstanceInput): boolean =>
  (isText(name) || isText(cas)) && (isNumber(tonnes) || isNumber(amount))

/** The request with the words of its method alone: what was chosen for another method stays on the screen only. */
export function ofMethod(request: AssessRequest): AssessRequest {
  const { method, l, e, c, s, thresholdSet, exposedPeople, units, clauseId, level, rule, reason, on } =
    request
  const day = on === undefined ? {} : { on }
  if (method === 'lec') return defined({ method, l, e, c, ...day })
  if (method === 'ls') return defined({ method, l, s, thresholdSet, ...day })
  if (method === 'gb18218') return defined({ method, exposedPeople, units, ...day })
  return defined({ method, clauseId, level, rule, reason, ...day })
}

/** Without the keys that have no value: JSON would leave them out, and equal requests are to look equal. */
function defined(request: Record<keyof AssessRequest | string, unknown>): AssessRequest {
  return Object.fromEntries(
    Object.entries(request).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  ) as unknown as AssessRequest
}

const NUMBERS = ['l', 'e', 'c', 's', 'exposedPeople', 'level'] as const
const TEXTS = ['thresholdSet', 'clauseId', 'rule', 'reason', 'on'] as const
/** The words of the address that hold a request. */
export const ADDRESS_WORDS = ['method', ...NUMBERS, ...TEXTS, 'units'] as const

/** The request as words of an address, so that a link opens the same calculation. */
export function writeRequest(request: AssessRequest): Record<string, string | undefined> {
  const kept = ofMethod(request)
  const words: Record<string, string | undefined> = {}
  for (const name of ADDRESS_WORDS) {
    const value = kept[name]
    words[name] =
      value === undefined || value === null
        ? undefined
        : name === 'units'
          ? JSON.stringify(value)
          : String(value)
  }
  return words
}

const METHODS: readonly RiskMethod[] = ['lec', 'ls', 'gb18218', 'direct']

/** The request that an address holds; what cannot be read is left out. */
export function readRequest(words: Record<string, unknown>): AssessRequest {
  const method = METHODS.find((known) => known === words.method) ?? 'lec'
  const request: AssessRequest = emptyRequest(method)
  for (const name of NUMBERS) {
    const value = typeof words[name] === 'string' && words[name] !== '' ? Number(words[name]) : Number.NaN
    if (Number.isFinite(value)) Object.assign(request, { [name]: value })
  }
  for (const name of TEXTS) {
    const value = words[name]
    if (typeof value === 'string' && value !== '') Object.assign(request, { [name]: value })
  }
  const units = readUnits(words.units)
  if (units) request.units = units
  return ofMethod(request)
}

function readUnits(text: unknown): AssessRequest['units'] | null {
  if (typeof text !== 'string') return null
  try {
    const value: unknown = JSON.parse(text)
    const isUnit = (unit: unknown) =>
      typeof unit === 'object' &&
      unit !== null &&
      'name' in unit &&
      'substances' in unit &&
      Array.isArray(unit.substances)
    return Array.isArray(value) && value.length > 0 && value.every(isUnit) ? value : null
  } catch {
    return null
  }
}
