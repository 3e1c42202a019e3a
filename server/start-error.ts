/** Why the product cannot start, in one line for the person who starts it: Chinese, English in brackets. */
export class StartError extends Error {
  override name = 'StartError'
}

export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
