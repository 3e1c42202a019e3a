import 'maplibre-gl/dist/maplibre-gl.css'
import {
  type LngLat,
  Map as MapLibreMap,
  type MapMouseEvent,
  type PaddingOptions,
  type Point,
  setWorkerUrl,
} from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { buildStyle } from './build-style.ts'
import { IMAGE_PIXEL_RATIO, rasterOf } from './images.ts'
import type { MapState } from './layer.ts'
import { findSymbol, pickAt } from './pick-features.ts'
import type { Picked, PickedSurface } from './picked.ts'
import { placedLabels } from './placed-labels.ts'
import { type PlacedLabel, printedStyle } from './printed-style.ts'
import type { Bounds, View } from './view.ts'

setWorkerUrl(workerUrl)

export interface MapViewEvents {
  /** The view came to rest, or the map changed its size. */
  moved: (view: View, bounds: Bounds) => void
  /** While it moves: for the scale and what hangs on the map. */
  moving: () => void
  /** A click, with what lies under it, topmost first. */
  clicked: (at: [number, number], picked: Picked[]) => void
  hovered: (picked: Picked | null, at: { x: number; y: number } | null) => void
  /** Shift and drag. */
  boxed: (bounds: Bounds) => void
  /** All tiles of the present view are there. */
  settled: () => void
  failed: (status: number | null) => void
}

export interface MapViewOptions {
  container: HTMLElement
  state: MapState
  view: View | null
  bounds: Bounds | null
  events: MapViewEvents
  /** A map for paper: nothing moves it, and it has so many pixels to a pixel of the page. */
  printedAt?: number | null
}

const DEFAULT_BOUNDS: Bounds = [125.25, 43.76, 125.56, 43.99]
/** What every engine can draw in one go; A3 at 300 dots per inch needs 4,200. */
const PRINTED_PIXELS: [number, number] = [8192, 8192]
const MOUSE_SLACK = 3
const FINGER_SLACK = 12
export const MAX_MAP_ZOOM = 19

/** Whether this browser can draw the map at all. */
export function canDrawMap(): boolean {
  try {
    return document.createElement('canvas').getContext('webgl2') !== null
  } catch {
    return false
  }
}

/** The only owner of the MapLibre map: data goes in as state, what happens comes out as events. */
export class MapView {
  readonly #map: MapLibreMap
  readonly #events: MapViewEvents
  #state: MapState
  readonly #printedAt: number | null
  #isStyleReady = false
  #hoverFrame = 0
  readonly #failedSources = new Set<string>()

  constructor({ container, state, view, bounds, events, printedAt = null }: MapViewOptions) {
    this.#state = state
    this.#events = events
    this.#printedAt = printedAt
    this.#map = new MapLibreMap({
      container,
      style: this.#styleOf(state),
      ...(view ?? { bounds: bounds ?? DEFAULT_BOUNDS, fitBoundsOptions: { padding: 36 } }),
      maxZoom: MAX_MAP_ZOOM,
      minZoom: 3,
      // attribution, scale and buttons are the page's own
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      fadeDuration: printedAt === null ? 120 : 0,
      ...(printedAt === null ? {} : { interactive: false, pixelRatio: 1, maxCanvasSize: PRINTED_PIXELS }),
      clickTolerance: 4,
      validateStyle: import.meta.env.DEV,
      boxZoom: { boxZoomEnd: (_map, start, end) => events.boxed(this.#boxOf(start, end)) },
    })
    this.#map.touchZoomRotate.disableRotation()
    this.#map.keyboard.disableRotation()
    this.#map.setMissingStyleImageResolver((name) => this.#addImage(name))
    this.#listen()
    // for browser tests: queryRenderedFeatures tells what is on the canvas
    window.__hazardMap = this.#map
  }

  /** Draws another state. Tiles are exchanged in place, so that the old symbols stay until the new ones are there. */
  setState(state: MapState): void {
    this.#state = state
    if (!this.#isStyleReady) return
    const style = this.#styleOf(state)
    for (const [id, wanted] of Object.entries(style.sources)) {
      const source = this.#map.getSource(id)
      if (wanted.type !== 'vector' || source?.type !== 'vector' || !wanted.tiles) continue
      const present = source as typeof source & { tiles: string[]; setTiles: (tiles: string[]) => void }
      if (String(present.tiles) === String(wanted.tiles)) continue
      // a tile that failed is never asked for again by setTiles (maplibre-gl 6.17): such a source is made anew below
      if (!this.#failedSources.delete(id)) present.setTiles(wanted.tiles)
    }
    this.#map.setStyle(style, { diff: true })
  }

  get view(): View {
    const { lng, lat } = this.#map.getCenter()
    return { center: [lng, lat], zoom: this.#map.getZoom() }
  }

  get bounds(): Bounds {
    const bounds = this.#map.getBounds()
    return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()]
  }

  get canvas(): HTMLCanvasElement {
    return this.#map.getCanvas()
  }

  /** Keeps what is shown out of the part that something lies over. */
  setPadding(padding: PaddingOptions): void {
    this.#map.setPadding(padding)
  }

  fitBounds([west, south, east, north]: Bounds, maxZoom = 17.5): void {
    this.#map.fitBounds([west, south, east, north], { padding: 60, maxZoom, duration: 500 })
  }

  /** Shows a position; nearer only if it was far away. */
  flyTo(lngLat: [number, number], minZoom = 15): void {
    this.#map.easeTo({ center: lngLat, zoom: Math.max(this.#map.getZoom(), minZoom), duration: 500 })
  }

  /** Brings a position out from under something that lies over the lower part of the map. */
  reveal(lngLat: [number, number], coveredBelow: number): void {
    const { y } = this.project(lngLat)
    const free = this.canvas.clientHeight - coveredBelow
    if (y > free - 40) this.#map.panBy([0, y - free / 2], { duration: 300 })
  }

  /** Moves just as far as a position needs to stand clear of the map's edge. */
  keepInView(lngLat: [number, number], margin = 48): void {
    const { clientWidth, clientHeight } = this.canvas
    const { x, y } = this.project(lngLat)
    const beyond = (value: number, size: number) => value - Math.max(margin, Math.min(size - margin, value))
    const by: [number, number] = [beyond(x, clientWidth), beyond(y, clientHeight)]
    if (by[0] !== 0 || by[1] !== 0) this.#map.panBy(by, { duration: 250 })
  }

  panTo(lngLat: [number, number]): void {
    this.#map.easeTo({ center: lngLat, duration: 300 })
  }

  zoomBy(step: number): void {
    this.#map.easeTo({ zoom: this.#map.getZoom() + step, duration: 200 })
  }

  setView({ center, zoom }: View): void {
    this.#map.jumpTo({ center, zoom })
  }

  resize(): void {
    this.#map.resize()
  }

  /** Metres that so many pixels stand for in the middle of the map. */
  metersOf(pixels: number): number {
    const { clientWidth, clientHeight } = this.canvas
    const y = clientHeight / 2
    const from = this.#map.unproject([clientWidth / 2 - pixels / 2, y])
    return from.distanceTo(this.#map.unproject([clientWidth / 2 + pixels / 2, y]))
  }

  /** Where a position is on the page, from the map's upper left corner. */
  project(lngLat: [number, number]): { x: number; y: number } {
    return this.#map.project(lngLat)
  }

  /** The position under a point of the page, counted from the map's upper left corner. */
  positionAt(point: { x: number; y: number }): [number, number] {
    const { lng, lat } = this.#map.unproject([point.x, point.y])
    return [lng, lat]
  }

  /** The thing with this id where it is drawn as a symbol of its own, else null. */
  findDrawn(id: string): Exclude<Picked, PickedSurface> | null {
    return findSymbol(this.#map, this.#state, id)
  }

  /** The picture that is on the canvas now: a printer gets an empty canvas. */
  takePicture(): Promise<Blob | null> {
    // only the last frame has all the dots: without a graphics card each takes seconds
    if (this.#printedAt !== null) this.#map.setPixelRatio(this.#printedAt)
    // the canvas is cleared after each frame; drawn and read in one go it still holds the picture
    this.#map.redraw()
    return new Promise((resolve) => this.canvas.toBlob(resolve, 'image/png'))
  }

  /** Which way north is: degrees by which the map is turned. */
  get bearing(): number {
    return this.#map.getBearing()
  }

  /** The names that found room on a printed map. */
  get labels(): PlacedLabel[] {
    return placedLabels(this.#map)
  }

  setCursor(cursor: string): void {
    this.canvas.style.cursor = cursor
  }

  remove(): void {
    cancelAnimationFrame(this.#hoverFrame)
    this.#map.remove()
    if (window.__hazardMap === this.#map) delete window.__hazardMap
  }

  #listen(): void {
    const map = this.#map
    map.once('style.load', () => {
      this.#isStyleReady = true
      this.setState(this.#state)
    })
    map.on('moveend', () => this.#events.moved(this.view, this.bounds))
    map.on('resize', () => this.#events.moved(this.view, this.bounds))
    map.on('move', () => this.#events.moving())
    map.on('idle', () => this.#events.settled())
    map.on('click', (event) => this.#click(event))
    map.on('mousemove', (event) => this.#hover(event))
    map.on('mouseout', () => this.#events.hovered(null, null))
    map.on('error', (event) => {
      this.#fail(event.error, 'sourceId' in event ? String(event.sourceId) : null)
    })
  }

  #styleOf(state: MapState) {
    return this.#printedAt === null ? buildStyle(state) : printedStyle(buildStyle(state))
  }

  #fail(error: object, sourceId: string | null): void {
    if (sourceId !== null) this.#failedSources.add(sourceId)
    this.#events.failed('status' in error && typeof error.status === 'number' ? error.status : null)
  }

  #addImage(name: string): void {
    const pixelRatio = Math.max(IMAGE_PIXEL_RATIO, Math.ceil(this.#printedAt ?? 0))
    const raster = this.#map.hasImage(name) ? null : rasterOf(name, pixelRatio)
    if (raster) this.#map.addImage(name, raster, { pixelRatio })
  }

  #click(event: MapMouseEvent): void {
    const isFinger = matchMedia('(pointer: coarse)').matches
    const picked = pickAt(this.#map, this.#state, event.point, isFinger ? FINGER_SLACK : MOUSE_SLACK)
    this.#events.clicked([event.lngLat.lng, event.lngLat.lat], picked)
  }

  #hover(event: MapMouseEvent): void {
    cancelAnimationFrame(this.#hoverFrame)
    this.#hoverFrame = requestAnimationFrame(() => {
      if (this.#map.isMoving()) return
      const picked = pickAt(this.#map, this.#state, event.point, 0)[0] ?? null
      // a surface has no one place: what is said of it stands by the mouse
      const at = picked && picked.kind !== 'surface' ? this.#map.project(picked.lngLat) : event.point
      this.#events.hovered(picked, picked ? { x: at.x, y: at.y } : null)
    })
  }

  #boxOf(start: Point, end: Point): Bounds {
    const corners: LngLat[] = [this.#map.unproject(start), this.#map.unproject(end)]
    const lngs = corners.map((corner) => corner.lng)
    const lats = corners.map((corner) => corner.lat)
    return [Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)]
  }
}

declare global {
  interface Window {
    /** The map of the page, for browser tests only. */
    __hazardMap?: MapLibreMap
  }
}
