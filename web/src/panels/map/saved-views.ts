import { ref } from 'vue'

export interface SavedView {
  name: string
  /** The words of the address, without the sign before them. */
  query: string
}

const STORAGE_KEY = 'hazard-map.views'

function isView(value: unknown): value is SavedView {
  if (typeof value !== 'object' || value === null) return false
  const { name, query } = value as Partial<SavedView>
  return typeof name === 'string' && typeof query === 'string'
}

/** Reads what this browser keeps; anything that is not ours is left out. */
export function parseViews(text: string | null): SavedView[] {
  try {
    const stored: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(stored) ? stored.filter(isView) : []
  } catch {
    return []
  }
}

/** A view of the same name takes the place of the old one. */
export function addView(views: readonly SavedView[], view: SavedView): SavedView[] {
  return [...views.filter((one) => one.name !== view.name), view].sort((one, other) =>
    one.name.localeCompare(other.name, 'zh-CN'),
  )
}

/** The views kept in this browser. `store` says whether there was room. */
export function useSavedViews() {
  const views = ref<SavedView[]>(parseViews(read()))
  function store(next: SavedView[]): boolean {
    try {
      localStorage.setItem(STORAGE_KEY, JSON.stringify(next))
    } catch {
      return false
    }
    views.value = next
    return true
  }
  return { views, store }
}

function read(): string | null {
  try {
    return localStorage.getItem(STORAGE_KEY)
  } catch {
    return null
  }
}
