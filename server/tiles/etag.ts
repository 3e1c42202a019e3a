import { createHash } from 'node:crypto'

/** A text for which equal parts give equal answers and, for all that matters, different parts different ones. */
export function makeTag(...parts: (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 27)
}

/** Strong tags name bytes, so the compressed form has its own. */
export const etagOf = (tag: string, isCompressed: boolean): string =>
  isCompressed ? `"${tag}-gzip"` : `"${tag}"`

/** Whether an If-None-Match header names the tag in either form (RFC 9110, 13.1.2: by weak comparison). */
export function matchesTag(header: string | undefined, tag: string): boolean {
  if (!header) return false
  const known = [etagOf(tag, false), etagOf(tag, true)]
  return header.split(',').some((one) => {
    const text = one.trim().replace(/^W\//, '')
    return text === '*' || known.includes(text)
  })
}

/** Whether an Accept-Encoding header takes gzip (RFC 9110, 12.5.3). */
export function acceptsGzip(header: string | undefined): boolean {
  const weights = new Map<string, number>()
  for (const part of (header ?? '').split(',')) {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase())
    const weight = parameters.find((text) => text.startsWith('q='))
    weights.set(name, weight ? Number(weight.slice(2)) : 1)
  }
  return (weights.get('gzip') ?? weights.get('x-gzip') ?? weights.get('*') ?? 0) > 0
}
