import Fraction from 'fraction.js'

/**
 * Sums and products without binary rounding: 0.1 + 0.2 + 0.7 is one, and a stock just below its critical amount stays
 * below. Numbers come in as people wrote them, so 0.1 is a tenth.
 */
export type Exact = Fraction

/** Decimals that are shown and kept; every threshold of the methods has fewer. */
const DECIMALS = 6

export const ZERO: Exact = new Fraction(0)

export function exact(value: number): Exact {
  const [mantissa = '0', exponent] = String(value).split('e')
  const whole = new Fraction(mantissa)
  return exponent === undefined ? whole : whole.mul(new Fraction(10).pow(Number(exponent)))
}

/** Cut, not rounded: a shown 0.999999 is below one, and a shown number never lies on the other side of a threshold. */
export const asNumber = (value: Exact): number => value.floor(DECIMALS).valueOf()

/** The number as text; what has more decimals ends in an ellipsis. */
export function asText(value: Exact): string {
  const cut = value.floor(DECIMALS)
  return `${cut.toString(DECIMALS)}${cut.equals(value) ? '' : '…'}`
}

/** Whether the number is told wholly by its text. */
export const isShort = (value: Exact): boolean => value.floor(DECIMALS).equals(value)
