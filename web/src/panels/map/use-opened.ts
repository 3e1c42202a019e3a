import {
  DRILL_FORM_TERMS,
  type Drill,
  type Hazard,
  type HazardDetail,
  PROTECTED_PLACE_KIND_TERMS,
  type ProtectedPlace,
  RESOURCE_KIND_TERMS,
  type Resource,
  type SiteDetail,
} from '@contract'
import { type Ref, shallowRef, watch } from 'vue'
import { call } from '../../api/client.ts'
import {
  drillImage,
  HAZARD_RADIUS,
  hazardImage,
  PLOT_RADIUS,
  protectedPlaceImage,
  resourceImage,
  SITE_RADIUS,
  siteImage,
} from '../../map/image-names.ts'
import type { PickedThing } from '../../map/picked.ts'
import { anchorOf, type Selection, type SelectionKind } from '../../map/view.ts'
import { termOf } from '../../messages/i18n.ts'
import { type LiveKind, onChange } from '../../state/live.ts'

/** What is opened beside the map, and how it is marked on it. */
export type Opened = { lngLat: [number, number] | null; image: string; radius: number; title: string } & (
  | { kind: 'hazard'; item: HazardDetail }
  | { kind: 'site'; item: SiteDetail }
  | { kind: 'drill'; item: Drill }
  | { kind: 'resource'; item: Resource; kindText: string }
  | { kind: 'protectedPlace'; item: ProtectedPlace; kindText: string }
)

const anchor = (geometry: GeoJSON.Geometry | null) => (geometry ? anchorOf(geometry) : null)

async function readOpened(
  { kind, id }: Selection & { kind: SelectionKind },
  asOf: string | undefined,
  signal: AbortSignal,
): Promise<Opened> {
  const read = <T>(path: string) => call<T>(`${path}/${id}`, { query: { asOf }, signal })
  switch (kind) {
    case 'hazard': {
      const item = await read<HazardDetail>('/api/hazards')
      const image = hazardImage({ ...item, listed: item.isListed })
      const radius = HAZARD_RADIUS[item.severity]
      return { kind, item, image, radius, title: item.description, lngLat: anchor(item.geometry) }
    }
    case 'site': {
      const item = await read<SiteDetail>('/api/sites')
      const image = siteImage(item.riskLevel)
      return { kind, item, image, radius: SITE_RADIUS, title: item.name, lngLat: anchor(item.geometry) }
    }
    case 'drill': {
      const item = await read<Drill>('/api/drills')
      const title = `${termOf(DRILL_FORM_TERMS[item.form])} ${item.title}`
      return {
        kind,
        item,
        image: drillImage(item.state),
        radius: PLOT_RADIUS,
        title,
        lngLat: anchor(item.geometry),
      }
    }
    case 'resource': {
      const item = await read<Resource>('/api/resources')
      const kindText = termOf(RESOURCE_KIND_TERMS[item.kind])
      const image = resourceImage(item.kind)
      return {
        kind,
        item,
        kindText,
        image,
        radius: PLOT_RADIUS,
        title: item.name,
        lngLat: anchor(item.geometry),
      }
    }
    case 'protectedPlace': {
      const item = await read<ProtectedPlace>('/api/protected-places')
      const kindText = termOf(PROTECTED_PLACE_KIND_TERMS[item.kind])
      const image = protectedPlaceImage(item.kind)
      return {
        kind,
        item,
        kindText,
        image,
        radius: PLOT_RADIUS,
        title: item.name,
        lngLat: anchor(item.geometry),
      }
    }
  }
}

/** Reads what the address has selected, and again when somebody changes it. */
export function useOpened(selection: Ref<Selection | null>, asOf: Ref<string | undefined>) {
  const opened = shallowRef<Opened | null>(null)
  const error = shallowRef<unknown>(null)
  let running: AbortController | null = null

  async function read(): Promise<void> {
    running?.abort()
    error.value = null
    const wanted = selection.value
    // a piece of a surface comes with the surface
    if (!isThing(wanted)) {
      opened.value = null
      return
    }
    if (opened.value?.item.id !== wanted.id) opened.value = null
    const mine = new AbortController()
    running = mine
    try {
      opened.value = await readOpened(wanted, asOf.value, mine.signal)
    } catch (failure) {
      if (mine.signal.aborted) return
      opened.value = null
      error.value = failure
    }
  }

  watch(
    () => [selection.value?.kind, selection.value?.id, asOf.value].join('|'),
    () => void read(),
    { immediate: true },
  )
  for (const kind of ['hazard', 'site', 'drill', 'resource', 'protectedPlace'] satisfies LiveKind[]) {
    onChange(kind, (change) => {
      if (selection.value?.kind === kind && (change === null || change.id === selection.value.id)) void read()
    })
  }
  return { opened, error, read }
}

const isThing = (selection: Selection | null): selection is Selection & { kind: SelectionKind } =>
  selection !== null && selection.kind !== 'area' && selection.kind !== 'hexagon'

/** The mark of a hazard that a list knows. */
export function markOfHazard(hazard: Hazard, lngLat: [number, number]) {
  return { lngLat, radius: HAZARD_RADIUS[hazard.severity], image: hazardImage(hazard) }
}

/** A symbol just clicked is marked at once, before its details have come. */
export function markOfPicked(picked: PickedThing) {
  return { lngLat: picked.lngLat, radius: picked.radius, image: picked.image }
}
