/** The classes of the grey ramp, at most; the palette has as many steps. */
export const MOST_CLASSES = 5

/**
 * Where classes of values begin, but for the first: numbers that a person reads easily (1, 2, 5, 10, 20 …), above the
 * least value and up to the greatest. They move only when the greatest value passes such a number, so the colours of
 * two days can be compared most of the time.
 */
export function classBounds(values: readonly number[]): number[] {
  const least = Math.min(...values)
  const greatest = Math.max(...values)
  const bounds: number[] = []
  for (let power = -2; power <= 7; power++) {
    for (const digit of [1, 2, 5]) {
      // 5e-2 and not 5 * 10 ** -2, which is not the same number
      const bound = Number(`${digit}e${power}`)
      if (bound > least && bound <= greatest) bounds.push(bound)
    }
  }
  return bounds.slice(-(MOST_CLASSES - 1))
}

/** The class of a value, from 0. */
export const classOf = (value: number, bounds: readonly number[]): number =>
  bounds.filter((bound) => value >= bound).length

/** The step of the ramp for each of so many classes: the palest and the darkest are always used. */
export function rampSteps(classes: number): number[] {
  if (classes <= 1) return [2]
  return Array.from({ length: classes }, (_, index) =>
    Math.round((index * (MOST_CLASSES - 1)) / (classes - 1)),
  )
}

/** What each class holds, in figures: `1`, `2–4`, `≥ 5` of whole numbers, else `＜ 5`, `5–10`, `≥ 10`. */
export function classTexts(bounds: readonly number[], isWhole: boolean, least = 1): string[] {
  const first = bounds[0]
  if (first === undefined) return [`≥ ${isWhole ? least : 0}`]
  const span = (from: number, next: number) => {
    if (!isWhole) return `${from}–${next}`
    return from === next - 1 ? String(from) : `${from}–${next - 1}`
  }
  const between = bounds.slice(0, -1).map((bound, index) => span(bound, bounds[index + 1] ?? bound))
  return [isWhole ? span(least, first) : `< ${first}`, ...between, `≥ ${bounds.at(-1)}`]
}
