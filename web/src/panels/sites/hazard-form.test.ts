import type { SiteDetail } from '@contract'
import { describe, expect, it } from 'vitest'
import { hazardFaults, startHazard, toNewHazard } from './hazard-form.ts'

const today = '2026-11-24'
const site = {
  id: '019a0000-0000-7000-8000-000000000001',
  sector: 'fire',
  responsibleUnit: '信和商业',
  responsiblePerson: null,
  geometry: { type: 'Point', coordinates: [125.4, 43.86] },
} as SiteDetail
const started = startHazard(site, '李示例', today)

describe('a new hazard at a place', () => {
  it('takes sector, unit and position from the place and leaves out what stays empty', () => {
    expect(toNewHazard({ ...started, description: ' 防火卷帘门无法下降 ' }, site.id)).toEqual({
      description: '防火卷帘门无法下降',
      sector: 'fire',
      severity: 'general',
      foundOn: today,
      siteId: site.id,
      foundBy: '李示例',
      responsibleUnit: '信和商业',
      geometry: { type: 'Point', coordinates: [125.4, 43.86] },
      coordinateSystem: 'WGS84',
    })
  })
  it('names each thing that is missing or cannot be', () => {
    expect(hazardFaults(started, today)).toEqual(['descriptionMissing'])
    const bad = {
      ...started,
      description: 'x',
      severity: 'major' as const,
      foundOn: '2026-11-25',
      dueOn: '2026-11-20',
    }
    expect(hazardFaults(bad, today)).toEqual(['clauseMissing', 'foundLater', 'dueEarlier'])
    expect(hazardFaults({ ...started, description: 'x', foundOn: '' }, today)).toEqual(['foundMissing'])
    expect(hazardFaults({ ...started, description: 'x', dueOn: today }, today)).toEqual([])
  })
})
