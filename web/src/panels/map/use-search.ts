import type { AreaFeature, Hazard, HazardPage, Site, SitePage } from '@contract'
import { ref, shallowRef, watch } from 'vue'
import { call } from '../../api/client.ts'

const WAIT_MILLISECONDS = 220
const EACH = 6

export interface SearchResults {
  hazards: Hazard[]
  sites: Site[]
  areas: AreaFeature[]
}

/** Looks in hazards, sites and areas while a person types; the whole of what they may see, not only the filter. */
export function useSearch(areas: () => readonly AreaFeature[]) {
  const text = ref('')
  const results = shallowRef<SearchResults | null>(null)
  const error = shallowRef<unknown>(null)
  const isSearching = ref(false)
  let running: AbortController | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  async function search(q: string): Promise<void> {
    running?.abort()
    const mine = new AbortController()
    running = mine
    isSearching.value = true
    const options = { query: { q, limit: EACH }, signal: mine.signal }
    try {
      const [hazards, sites] = await Promise.all([
        call<HazardPage>('/api/hazards', options),
        call<SitePage>('/api/sites', options),
      ])
      results.value = {
        hazards: hazards.items,
        sites: sites.items,
        areas: areas().filter(({ properties }) => properties.name.includes(q)),
      }
      error.value = null
    } catch (failure) {
      if (!mine.signal.aborted) error.value = failure
    } finally {
      if (running === mine) isSearching.value = false
    }
  }

  watch(text, (next) => {
    clearTimeout(timer)
    const q = next.trim()
    if (q === '') {
      running?.abort()
      results.value = null
      error.value = null
      isSearching.value = false
      return
    }
    timer = setTimeout(() => void search(q), WAIT_MILLISECONDS)
  })
  return { text, results, error, isSearching }
}
