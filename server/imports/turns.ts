/** Items that are worked on before others get their turn: a long file must not stop the server. */
const TURN_ITEMS = 500

/**
 * Lets everything else that waits have its turn. The embedded engine answers without ever giving up the thread, so a
 * long row of statements needs this as well.
 */
export const letOthersGo = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Maps a long list without holding up everything else that the process does. */
export async function mapInTurns<T, R>(
  items: readonly T[],
  map: (item: T, index: number) => R,
): Promise<R[]> {
  const results: R[] = []
  for (const [index, item] of items.entries()) {
    if (index > 0 && index % TURN_ITEMS === 0) await letOthersGo()
    results.push(map(item, index))
  }
  return results
}

/** Asks in pieces: one statement over everything would hold up the embedded engine, which has one connection. */
export async function askInPieces<T, R>(
  items: readonly T[],
  size: number,
  ask: (piece: T[]) => Promise<R[]>,
): Promise<R[]> {
  const answers: R[] = []
  for (let start = 0; start < items.length; start += size) {
    for (const answer of await ask(items.slice(start, start + size))) answers.push(answer)
    await letOthersGo()
  }
  return answers
}
