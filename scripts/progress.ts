export interface Progress {
  say(text: string): void
  /** A step that is quick gives one line, a long one is announced before. */
  step<T>(title: string, work: () => Promise<T>): Promise<T>
}

const ANNOUNCE_AFTER_MS = 300

/** Prints each step with the time since the beginning and the time it took. */
export function makeProgress(write: (line: string) => void): Progress {
  const startedAt = performance.now()
  const say = (text: string) => write(`[${formatSeconds(performance.now() - startedAt).padStart(6)}] ${text}`)
  return {
    say,
    step: async (title, work) => {
      const from = performance.now()
      const announcement = setTimeout(() => say(`${title} …`), ANNOUNCE_AFTER_MS)
      try {
        const answer = await work()
        say(`${title} ✓ ${formatSeconds(performance.now() - from)}`)
        return answer
      } finally {
        clearTimeout(announcement)
      }
    },
  }
}

const formatSeconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`
