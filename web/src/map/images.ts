import { SECTORS, SEVERITIES, type Sector, type Severity } from '@contract'
import { drawCell } from './draw-cell.ts'
import { drawClock, drawDot, drawHazard } from './draw-hazard.ts'
import { drawDrill, drawHatch, drawPattern, drawPlot, drawSite, drawSwatch } from './draw-places.ts'
import { PROGRESSES, type Progress } from './palette.ts'

export interface Drawing {
  /** Width and height in pixels of the page. */
  size: number
  /** Draws round the origin, which is the middle. */
  draw: (context: CanvasRenderingContext2D) => void
}

/** Sharp on every screen, and cheap enough to draw twice as large as most need. */
export const IMAGE_PIXEL_RATIO = 2

/** The drawing that a name asks for, or null if it is no name of ours. */
export function drawingOf(name: string): Drawing | null {
  const [kind, ...rest] = name.split('/')
  if (kind === 'hazard') return hazardDrawing(rest)
  if (kind === 'cell') return cellDrawing(rest)
  if (kind === 'site') return drawSite(rest[0] ?? '')
  if (kind === 'pattern') return drawPattern(rest[0] ?? '')
  if (kind === 'swatch') return drawSwatch(rest[0] ?? '')
  if (kind === 'hatch') return drawHatch()
  if (kind === 'plot') return drawPlot(rest[0] ?? '', rest[1] ?? '')
  if (kind === 'drill') return drawDrill(rest[0] === 'past')
  if (kind === 'dot') return isProgress(rest[0]) ? drawDot(rest[0]) : null
  if (kind === 'clock') return { size: 16, draw: (context) => drawClock(context, 0, 0, 6) }
  return null
}

const isProgress = (word: string | undefined): word is Progress => PROGRESSES.some((known) => known === word)
const isSeverity = (word: string | undefined): word is Severity => SEVERITIES.some((known) => known === word)
const isSector = (word: string | undefined): word is Sector => SECTORS.some((known) => known === word)

function hazardDrawing([severity, progress, sector, overdue, listed]: string[]): Drawing | null {
  if (!isSeverity(severity) || !isProgress(progress) || !isSector(sector)) return null
  return drawHazard({ severity, progress, sector, isOverdue: overdue === '1', isListed: listed === '1' })
}

function cellDrawing([locale, n, steps, major]: string[]): Drawing | null {
  const numbers = [n, steps, major].map(Number)
  const [count = 0, ringSteps = 0, majorCount = 0] = numbers
  if (numbers.some(Number.isNaN)) return null
  return drawCell({ isEnglish: locale === 'en', count, ringSteps, majorCount })
}

/** The pixels of a name, for the map. */
export function rasterOf(name: string, pixelRatio = IMAGE_PIXEL_RATIO): ImageData | null {
  const drawing = drawingOf(name)
  if (!drawing) return null
  const { canvas, context } = draw(drawing, pixelRatio)
  return context.getImageData(0, 0, canvas.width, canvas.height)
}

const addresses = new Map<string, string>()

/** The same picture as an address for an image on the page. */
export function imageAddress(name: string, pixelRatio = IMAGE_PIXEL_RATIO): string {
  const key = `${name}@${pixelRatio}`
  const known = addresses.get(key)
  if (known !== undefined) return known
  const drawing = drawingOf(name)
  const address = drawing ? draw(drawing, pixelRatio).canvas.toDataURL() : ''
  addresses.set(key, address)
  return address
}

function draw({ size, draw: paint }: Drawing, pixelRatio: number) {
  const canvas = document.createElement('canvas')
  canvas.width = size * pixelRatio
  canvas.height = size * pixelRatio
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('no canvas to draw symbols on')
  context.scale(pixelRatio, pixelRatio)
  context.translate(size / 2, size / 2)
  paint(context)
  return { canvas, context }
}
