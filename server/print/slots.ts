/** Too many wait already. */
export class SlotsFull extends Error {
  override name = 'SlotsFull'
}

/**
 * So many at once, and so many who wait for their turn; whoever comes after those is refused. Answers what gives the
 * place back. Rejects with the signal's reason when whoever waited has left.
 */
export function makeSlots(most: number, mostWaiting: number) {
  let taken = 0
  const waiting: (() => void)[] = []

  function giveBack(): void {
    const next = waiting.shift()
    if (next) next()
    else taken -= 1
  }

  /** A place can be given back once only. */
  function makeRelease(): () => void {
    let isGiven = false
    return () => {
      if (!isGiven) giveBack()
      isGiven = true
    }
  }

  async function take(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted()
    if (taken < most) {
      taken += 1
      return makeRelease()
    }
    if (waiting.length >= mostWaiting) throw new SlotsFull()
    await new Promise<void>((resolve, reject) => {
      const turn = () => {
        signal.removeEventListener('abort', leave)
        resolve()
      }
      const leave = () => {
        waiting.splice(waiting.indexOf(turn), 1)
        reject(signal.reason)
      }
      waiting.push(turn)
      signal.addEventListener('abort', leave, { once: true })
    })
    return makeRelease()
  }

  return {
    take,
    get taken() {
      return taken
    },
  }
}
