import { PROTECTED_PLACE_KINDS, RESOURCE_KINDS, RISK_LEVELS, type RiskLevel } from '@contract'
import { PROTECTED_PLACE_GLYPHS, RESOURCE_GLYPHS } from '../parts/glyphs.ts'
import { drawGlyph } from './draw-hazard.ts'
import { CANVAS_FONT } from './fonts.ts'
import type { Drawing } from './images.ts'
import {
  HALO,
  PLOT,
  PLOT_CLASS,
  type PlotClass,
  PROTECTED_PLACE_CAPTIONS,
  RESOURCE_CAPTIONS,
  RISK,
  SITE_OUTLINE,
  UI,
} from './palette.ts'

/** The graver, the larger: a second cue beside colour and numeral. */
const SITE_SIZE: Record<RiskLevel, number> = { 1: 20, 2: 18, 3: 16, 4: 14 }
const levelOf = (word: string): RiskLevel | null =>
  RISK_LEVELS.find((level) => String(level) === word) ?? null

/** A plate with the level's numeral; a white one with a dash where no level has a basis. */
export function drawSite(word: string): Drawing {
  const level = levelOf(word)
  const size = level === null ? 14 : SITE_SIZE[level]
  return {
    size: size + 4,
    draw: (context) => {
      plate(context, size / 2 + 0.6 + 1.2, HALO, 4)
      plate(context, size / 2 + 0.6, SITE_OUTLINE, 3)
      plate(context, size / 2 - 0.65, level === null ? HALO : RISK[level].fill, 2)
      context.fillStyle = level === null ? UI.text2 : RISK[level].text
      context.font = `700 ${size * 0.65}px ${CANVAS_FONT}`
      context.textAlign = 'center'
      context.textBaseline = 'middle'
      context.fillText(level === null ? '–' : String(level), 0, 0.5)
    },
  }
}

function plate(context: CanvasRenderingContext2D, reach: number, color: string, radius: number): void {
  context.beginPath()
  context.roundRect(-reach, -reach, 2 * reach, 2 * reach, radius)
  context.fillStyle = color
  context.fill()
}

const PATTERN_SIZE = 12

/** Surfaces tell the level without colour too: cross-hatch, diagonals, dots, nothing. */
export function drawPattern(word: string): Drawing {
  const level = levelOf(word)
  return {
    size: PATTERN_SIZE,
    draw: (context) => {
      context.translate(-PATTERN_SIZE / 2, -PATTERN_SIZE / 2)
      context.strokeStyle = level === null ? UI.text3 : RISK[level].fill
      context.fillStyle = context.strokeStyle
      context.lineWidth = 1
      if (level === 1) crossHatch(context)
      if (level === 2) diagonals(context)
      if (level === 3) for (const x of [3, 9]) for (const y of [3, 9]) context.fillRect(x - 1, y - 1, 2, 2)
    },
  }
}

/** A piece of a surface as the map draws it: pale colour, pattern, dashed edge, numeral. */
export function drawSwatch(word: string): Drawing {
  const level = levelOf(word)
  const size = 22
  return {
    size,
    draw: (context) => {
      const color = level === null ? UI.text3 : RISK[level].fill
      context.fillStyle = HALO
      context.fillRect(-10, -10, 20, 20)
      context.globalAlpha = 0.45
      context.fillStyle = color
      context.fillRect(-10, -10, 20, 20)
      context.save()
      context.beginPath()
      context.rect(-10, -10, 20, 20)
      context.clip()
      for (const x of [-6, 6]) {
        for (const y of [-6, 6]) {
          context.save()
          context.translate(x, y)
          drawPattern(word).draw(context)
          context.restore()
        }
      }
      context.restore()
      context.globalAlpha = 1
      context.strokeStyle = SITE_OUTLINE
      context.lineWidth = 1.5
      context.strokeRect(-10, -10, 20, 20)
      context.font = `700 13px ${CANVAS_FONT}`
      context.textAlign = 'center'
      context.textBaseline = 'middle'
      context.strokeStyle = HALO
      context.lineWidth = 3
      context.strokeText(word, 0, 0.5)
      context.fillStyle = SITE_OUTLINE
      context.fillText(word, 0, 0.5)
    },
  }
}

function diagonals(context: CanvasRenderingContext2D): void {
  context.beginPath()
  for (let start = -PATTERN_SIZE; start <= PATTERN_SIZE; start += PATTERN_SIZE / 2) {
    context.moveTo(start, PATTERN_SIZE)
    context.lineTo(start + PATTERN_SIZE, 0)
  }
  context.stroke()
}

function crossHatch(context: CanvasRenderingContext2D): void {
  diagonals(context)
  context.translate(PATTERN_SIZE, 0)
  context.scale(-1, 1)
  diagonals(context)
}

/** The hatch of warning areas. */
export function drawHatch(): Drawing {
  return {
    size: PATTERN_SIZE,
    draw: (context) => {
      context.translate(-PATTERN_SIZE / 2, -PATTERN_SIZE / 2)
      context.strokeStyle = PLOT.warningArea
      context.globalAlpha = 0.35
      context.lineWidth = 0.8
      diagonals(context)
    },
  }
}

/** A square of GB/T 35649 with picture and caption; events have rounded corners. */
export function drawPlot(plotClass: string, kind: string): Drawing | null {
  const resource = RESOURCE_KINDS.find((known) => known === kind)
  const place = PROTECTED_PLACE_KINDS.find((known) => known === kind)
  if (plotClass === 'resource' && resource) {
    return square('resource', RESOURCE_GLYPHS[resource], RESOURCE_CAPTIONS[resource])
  }
  if (plotClass === 'protected' && place) {
    return square('protected', PROTECTED_PLACE_GLYPHS[place], PROTECTED_PLACE_CAPTIONS[place])
  }
  return null
}

function square(plotClass: PlotClass, glyph: string, caption: string): Drawing {
  const { fill, text } = PLOT_CLASS[plotClass]
  return {
    size: 38,
    draw: (context) => {
      plate(context, 16 + 1.5, PLOT.halo, 2)
      plate(context, 16, PLOT.edge, plotClass === 'event' ? 6 : 1)
      plate(context, 14.5, fill, plotClass === 'event' ? 5 : 0)
      context.save()
      context.translate(0, -5)
      drawGlyph(context, glyph, 15, text, 'line')
      context.restore()
      context.fillStyle = text
      context.font = `700 10.5px ${CANVAS_FONT}`
      context.textAlign = 'center'
      context.textBaseline = 'middle'
      context.fillText(caption, 0, 9)
    },
  }
}

/** A drill wears the frame of exercises, so that nobody takes it for something that happens. */
export function drawDrill(isPast: boolean): Drawing {
  const color = isPast ? UI.text3 : UI.primary
  return {
    size: 40,
    draw: (context) => {
      plate(context, 16.5, HALO, 6)
      plate(context, 15, color, 5)
      plate(context, 13, HALO, 3)
      context.save()
      context.translate(0, -4)
      drawGlyph(context, 'M4 15V2h8l-2 3 2 3H4', 14, color, 'line')
      context.restore()
      context.fillStyle = color
      context.font = `700 10px ${CANVAS_FONT}`
      context.textAlign = 'center'
      context.textBaseline = 'middle'
      context.fillText('演练', 0, 8)
    },
  }
}
