import { performance } from 'node:perf_hooks'

export interface Timing {
  medianMs: number
  p95Ms: number
  runs: number
}

const WARM_UPS = 3

/**
 * Times something many times over. `before` is run ahead of each time and not counted. The median is what is compared:
 * one pause of the machine must not decide.
 */
export async function time(
  runs: number,
  task: () => Promise<unknown>,
  before: () => Promise<unknown> = async () => undefined,
): Promise<Timing> {
  const times: number[] = []
  for (let run = -WARM_UPS; run < runs; run++) {
    await before()
    const start = performance.now()
    await task()
    if (run >= 0) times.push(performance.now() - start)
  }
  return summarize(times)
}

/** Times two ways in turn, so that what else the machine does meets both alike. */
export async function timeBoth(
  runs: number,
  one: () => Promise<unknown>,
  other: () => Promise<unknown>,
): Promise<[one: Timing, other: Timing]> {
  const times: [number[], number[]] = [[], []]
  for (let run = -WARM_UPS; run < runs; run++) {
    for (const [index, task] of [one, other].entries()) {
      const start = performance.now()
      await task()
      if (run >= 0) times[index]?.push(performance.now() - start)
    }
  }
  return [summarize(times[0]), summarize(times[1])]
}

const summarize = (times: readonly number[]): Timing => ({
  medianMs: quantile(times, 0.5),
  p95Ms: quantile(times, 0.95),
  runs: times.length,
})

/** The value that this share of the sorted values does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}
