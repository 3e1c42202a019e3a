import type { PrintReady } from '@contract'

declare global {
  interface Window {
    /** For the server that prints this page: whether it is drawn, or why it cannot be. */
    __printReady?: PrintReady
  }
}

/** Tells the server's browser that the sheet is whole, after everything has come to the screen. */
export async function tellReady(root: HTMLElement): Promise<void> {
  await document.fonts.ready
  await Promise.all([...root.querySelectorAll('img')].map((image) => image.decode()))
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  window.__printReady = { isReady: true }
}

export function tellFailed(reason: string, code: 'NO_FONT' | 'FAILED' = 'FAILED'): void {
  window.__printReady = { isReady: false, code, reason }
}

/**
 * Whether this machine has letters for Chinese. Without them every sign is the same empty box, which nobody would
 * notice on a server before the paper is in the hand.
 */
export function hasChineseFont(): boolean {
  const picture = (sign: string) => {
    const canvas = document.createElement('canvas')
    canvas.width = 32
    canvas.height = 32
    const context = canvas.getContext('2d')
    if (!context) return sign
    context.font = `24px ${getComputedStyle(document.body).fontFamily}`
    context.fillText(sign, 4, 26)
    return canvas.toDataURL()
  }
  return picture('隐') !== picture('患')
}
