import type { Sector, Severity } from '@contract'
import { SECTOR_GLYPHS } from '../parts/glyphs.ts'
import type { Drawing } from './images.ts'
import { HALO, OVERDUE, PROGRESS, type Progress } from './palette.ts'

export interface HazardDrawing {
  severity: Severity
  progress: Progress
  sector: Sector
  isOverdue: boolean
  isListed: boolean
}

/** Distance of the form's edge from the middle: disc 20, hexagon 25, diamond 30 across. */
const REACH: Record<Severity, number> = { general: 10, suspected_major: 12.5, major: 15 }
const GLYPH_SIZE: Record<Severity, number> = { general: 11, suspected_major: 13, major: 12 }

/** As small as the drawing allows: symbols keep others away by their picture's size. */
function sizeOf({ severity, isOverdue, isListed }: HazardDrawing): number {
  const reach = REACH[severity]
  const halves = [reach + 1.5, isOverdue ? reach * 0.72 + 7.5 : 0, isListed ? reach + 7 : 0]
  return 2 * Math.ceil(Math.max(...halves))
}

/** Form = severity, colour = progress, glyph = sector, clock = overdue, flag = listed. */
export function drawHazard(look: HazardDrawing): Drawing {
  return {
    size: sizeOf(look),
    draw: (context) => {
      const { fill, edge, glyph } = PROGRESS[look.progress]
      const isHollow = look.progress === 'closed' || look.progress === 'rejected'
      const reach = REACH[look.severity]
      trace(context, look.severity, reach + (isHollow ? 1 : 0.9))
      context.fillStyle = isHollow ? HALO : edge
      context.fill()
      trace(context, look.severity, isHollow ? reach - 0.75 : reach - 0.9)
      context.fillStyle = fill
      context.fill()
      if (isHollow) {
        context.strokeStyle = edge
        context.lineWidth = 1.5
        context.stroke()
      }
      if (look.severity === 'major') {
        trace(context, 'major', reach - 4)
        context.strokeStyle = isHollow ? edge : HALO
        context.lineWidth = 1.2
        context.stroke()
      }
      drawGlyph(context, SECTOR_GLYPHS[look.sector], GLYPH_SIZE[look.severity], glyph)
      if (look.progress === 'rejected') drawBar(context, reach, edge)
      if (look.isListed) drawFlag(context, reach)
      if (look.isOverdue) drawClock(context, reach * 0.72, -reach * 0.72, 6)
    },
  }
}

function trace(context: CanvasRenderingContext2D, severity: Severity, reach: number): void {
  context.beginPath()
  if (severity === 'general') context.arc(0, 0, reach, 0, 2 * Math.PI)
  else {
    const corners = severity === 'major' ? 4 : 6
    for (let corner = 0; corner < corners; corner += 1) {
      const angle = (corner / corners) * 2 * Math.PI - Math.PI / 2
      context.lineTo(reach * Math.cos(angle), reach * Math.sin(angle))
    }
    context.closePath()
  }
}

/** A path of a 16 box, set in the middle. */
export function drawGlyph(
  context: CanvasRenderingContext2D,
  path: string,
  size: number,
  color: string,
  look: 'solid' | 'line' = 'solid',
): void {
  context.save()
  context.scale(size / 16, size / 16)
  context.translate(-8, -8)
  if (look === 'solid') {
    context.fillStyle = color
    context.fill(new Path2D(path), 'evenodd')
  } else {
    context.strokeStyle = color
    context.lineWidth = 1.6
    context.lineJoin = 'round'
    context.lineCap = 'round'
    context.stroke(new Path2D(path))
  }
  context.restore()
}

/** 不予认定: a bar across. */
function drawBar(context: CanvasRenderingContext2D, reach: number, color: string): void {
  context.beginPath()
  context.moveTo(-reach * 0.7, reach * 0.7)
  context.lineTo(reach * 0.7, -reach * 0.7)
  context.strokeStyle = color
  context.lineWidth = 1.8
  context.stroke()
}

/** 挂牌督办: a small flag at the foot. */
function drawFlag(context: CanvasRenderingContext2D, reach: number): void {
  context.save()
  context.translate(0, reach - 2)
  context.lineJoin = 'round'
  context.beginPath()
  context.moveTo(-3, 7)
  context.lineTo(-3, -3)
  context.lineTo(5, 0)
  context.lineTo(-3, 3)
  context.strokeStyle = HALO
  context.lineWidth = 4
  context.stroke()
  context.strokeStyle = PROGRESS.waiting.fill
  context.lineWidth = 1.4
  context.stroke()
  context.fillStyle = PROGRESS.waiting.fill
  context.fill()
  context.restore()
}

/** Overdue: magenta is near to ink for some eyes, so the hands of the clock must be seen. */
export function drawClock(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.save()
  context.translate(x, y)
  context.beginPath()
  context.arc(0, 0, radius + 1.2, 0, 2 * Math.PI)
  context.fillStyle = HALO
  context.fill()
  context.beginPath()
  context.arc(0, 0, radius, 0, 2 * Math.PI)
  context.fillStyle = OVERDUE.fill
  context.fill()
  context.beginPath()
  context.moveTo(0, -radius * 0.6)
  context.lineTo(0, 0)
  context.lineTo(radius * 0.45, radius * 0.3)
  context.strokeStyle = HALO
  context.lineWidth = 1.4
  context.lineCap = 'round'
  context.lineJoin = 'round'
  context.stroke()
  context.restore()
}

export function drawDot(progress: Progress): Drawing {
  const { fill, edge } = PROGRESS[progress]
  const isHollow = progress === 'closed' || progress === 'rejected'
  return {
    size: 14,
    draw: (context) => {
      context.beginPath()
      context.arc(0, 0, isHollow ? 5.25 : 6, 0, 2 * Math.PI)
      context.fillStyle = fill
      context.fill()
      if (!isHollow) return
      context.strokeStyle = edge
      context.lineWidth = 1.5
      context.stroke()
    },
  }
}
