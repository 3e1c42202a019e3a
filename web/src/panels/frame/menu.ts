import { computed } from 'vue'
import type { IconName } from '../../parts/icons.ts'
import { user } from '../../state/session.ts'

export interface MenuItem {
  name: 'map' | 'riskList' | 'rectification' | 'drills' | 'statistics' | 'imports'
  path: string
  icon: IconName
  needs?: string
}

const ITEMS: MenuItem[] = [
  { name: 'map', path: '/', icon: 'map' },
  { name: 'riskList', path: '/risk-list', icon: 'warning' },
  { name: 'rectification', path: '/rectification', icon: 'list' },
  { name: 'drills', path: '/drills', icon: 'flag' },
  { name: 'statistics', path: '/statistics', icon: 'layers' },
  { name: 'imports', path: '/imports', icon: 'upload', needs: 'import' },
]

/** The pages that this person has; one that would only refuse them is absent. */
export const menuItems = computed(() =>
  ITEMS.filter((item) => item.needs === undefined || user.value?.actions.includes(item.needs)),
)
