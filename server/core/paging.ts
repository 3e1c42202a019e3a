/** A page of a list starts after the last row of the page before, never at a counted offset. */
export const DEFAULT_LIMIT = 50
export const MAX_LIMIT = 1000

export type CursorValue = string | number | boolean | null

/** A cursor is the sort values of the last row, opaque to the client. */
export function encodeCursor(values: CursorValue[]): string {
  const bytes = new TextEncoder().encode(JSON.stringify(values))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}

/** The values in a cursor, or null if it is not one of ours. */
export function decodeCursor(cursor: string, length: number): CursorValue[] | null {
  try {
    const binary = atob(cursor.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0))
    const values: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    if (!Array.isArray(values) || values.length !== length) return null
    const isPlain = values.every(
      (value) => value === null || ['string', 'number', 'boolean'].includes(typeof value),
    )
    return isPlain ? (values as CursorValue[]) : null
  } catch {
    return null
  }
}
