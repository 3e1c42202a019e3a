/** A CAS number as it is compared: narrow digits, plain hyphens, also where somebody left the hyphens out. */
export function tidyCas(text: string): string {
  const narrow = text
    .normalize('NFKC')
    .replace(/[\s]/g, '')
    .replace(/[‐‑‒–—―−_]/g, '-')
  const digits = narrow.replace(/^CAS[:号]*/i, '')
  return /^\d{5,10}$/.test(digits) ? digits.replace(/^(\d+)(\d{2})(\d)$/, '$1-$2-$3') : digits
}

export const isCasShaped = (cas: string): boolean => /^\d{2,7}-\d{2}-\d$/.test(cas)

/** The last digit of a CAS number: the digits before it, from the right, times 1, 2, 3 …, modulo ten. */
export function casCheckDigit(cas: string): number {
  const digits = cas.replaceAll('-', '').slice(0, -1)
  return [...digits].reverse().reduce((sum, digit, index) => sum + Number(digit) * (index + 1), 0) % 10
}

export const hasRightCheckDigit = (cas: string): boolean => casCheckDigit(cas) === Number(cas.at(-1))
