import type { HazardDetail } from '@contract'
import { describe, expect, it } from 'vitest'
import { emptyDrillForm } from './drill-form.ts'
import { formOfHazard } from './prefill.ts'

const words = {
  title: (place: string) => `${place}演练`,
  scenario: (place: string, what: string) => `${place}：${what}`,
}
const hazard = {
  id: 'h',
  number: 'YH-2026-000001',
  description: '气体报警未投用',
  sector: 'chemicals',
  geometry: { type: 'Point', coordinates: [125.4, 43.86] },
  site: { id: 's', name: '恒泰冷链' },
  locationText: '卸车区',
  area: null,
} as unknown as HazardDetail

describe('formOfHazard', () => {
  it('takes over place, sector and what the hazard says', () => {
    expect(formOfHazard(hazard, words)).toEqual({
      ...emptyDrillForm(),
      title: '恒泰冷链演练',
      scenario: '恒泰冷链：气体报警未投用',
      sector: 'chemicals',
      geometry: hazard.geometry,
      siteId: 's',
      siteName: '恒泰冷链',
      placeText: '卸车区',
      hazardIds: ['h'],
    })
  })
  it('names the place by what is known, at last by the number', () => {
    const bare = { ...hazard, site: null, locationText: null, geometry: null }
    expect(formOfHazard(bare, words)).toMatchObject({
      title: 'YH-2026-000001演练',
      siteId: null,
      geometry: null,
    })
  })
})
