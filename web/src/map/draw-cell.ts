import { CANVAS_FONT } from './fonts.ts'
import { cellRadius, RING_STEPS } from './image-names.ts'
import type { Drawing } from './images.ts'
import { CELL } from './palette.ts'

export interface CellDrawing {
  isEnglish: boolean
  count: number
  ringSteps: number
  majorCount: number
}

/** A disc with the count, a ring whose dark part is the overdue share, and the number of 重大 in a diamond on top. */
export function drawCell({ isEnglish, count, ringSteps, majorCount }: CellDrawing): Drawing {
  const radius = cellRadius(count)
  return {
    size: 2 * radius + 20,
    draw: (context) => {
      context.beginPath()
      context.arc(0, 0, radius + 1.2, 0, 2 * Math.PI)
      context.fillStyle = CELL.disc
      context.fill()
      ring(context, radius - 2, CELL.ring, 1)
      if (ringSteps > 0) ring(context, radius - 2, CELL.overdue, ringSteps / RING_STEPS)
      write(context, shortCount(count, isEnglish), 0, 0.5, `700 13px ${CANVAS_FONT}`, CELL.text)
      if (majorCount > 0) drawDiamond(context, -radius, String(majorCount))
    },
  }
}

function ring(context: CanvasRenderingContext2D, radius: number, color: string, share: number): void {
  context.beginPath()
  context.arc(0, 0, radius, -Math.PI / 2, -Math.PI / 2 + share * 2 * Math.PI)
  context.strokeStyle = color
  context.lineWidth = 4
  context.stroke()
}

function drawDiamond(context: CanvasRenderingContext2D, y: number, text: string): void {
  const reach = text.length > 1 ? 9 : 7.5
  for (const [size, color] of [
    [reach + 1.4, CELL.disc],
    [reach, CELL.diamond],
  ] as const) {
    context.beginPath()
    context.moveTo(0, y - size)
    context.lineTo(size, y)
    context.lineTo(0, y + size)
    context.lineTo(-size, y)
    context.closePath()
    context.fillStyle = color
    context.fill()
  }
  write(context, text, 0, y + 0.5, `700 9.5px ${CANVAS_FONT}`, CELL.disc)
}

function write(
  context: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  font: string,
  color: string,
): void {
  context.font = font
  context.fillStyle = color
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.fillText(text, x, y)
}

/** 999, then 1.2千, 3.4万. */
function shortCount(count: number, isEnglish: boolean): string {
  if (count < 1000) return String(count)
  const [divisor, unit] = isEnglish ? [1000, 'k'] : count < 9_950 ? [1000, '千'] : [10_000, '万']
  const value = count / divisor
  return `${value < 9.95 ? Number(value.toFixed(1)) : Math.round(value)}${unit}`
}
