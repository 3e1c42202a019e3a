import type { HazardPage } from '@contract'
import { readonly, ref } from 'vue'
import { call } from '../api/client.ts'
import { onChange } from './live.ts'

const count = ref<number | null>(null)
let timer: ReturnType<typeof setTimeout> | undefined

/** How many of the hazards that I may see are overdue; null until known. */
export const overdueCount = readonly(count)

export async function readOverdueCount(): Promise<void> {
  try {
    const page = await call<HazardPage>('/api/hazards', {
      query: { status: 'overdue', limit: 1 },
      isAboutSession: true,
    })
    count.value = page.total
  } catch {
    // a number beside a menu item is worth no message; the page itself tells of its troubles
    count.value = null
  }
}

/** Keeps the count right while others work; several changes at once ask once. */
export function watchOverdueCount(): void {
  void readOverdueCount()
  onChange('hazard', () => {
    clearTimeout(timer)
    timer = setTimeout(() => void readOverdueCount(), 1_000)
  })
}
