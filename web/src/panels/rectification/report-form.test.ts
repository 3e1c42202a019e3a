import { describe, expect, it } from 'vitest'
import { emptyReport, reportFaults, toNewHazard } from './report-form.ts'

const NOW = new Date('2026-11-24T17:00:00Z')
const report = {
  ...emptyReport(),
  sector: 'fire' as const,
  description: ' 疏散通道堆放货物 ',
  locationText: 'B1 层',
}

describe('reportFaults', () => {
  it('asks for a place, a kind and a line', () => {
    expect(reportFaults(emptyReport())).toEqual(['place', 'sector', 'what'])
  })
  it('takes a place in words, on the map or by its site', () => {
    expect(reportFaults(report)).toEqual([])
    const point = { type: 'Point' as const, coordinates: [125.4, 43.86] as [number, number] }
    expect(reportFaults({ ...report, locationText: '', geometry: point })).toEqual([])
    expect(reportFaults({ ...report, locationText: '', site: { id: 's', name: '场所' } })).toEqual([])
  })
})

describe('toNewHazard', () => {
  it('is found on the day that it is in Shanghai', () => {
    expect(toNewHazard({ ...report, isSuspectedMajor: true }, NOW)).toEqual({
      description: '疏散通道堆放货物',
      sector: 'fire',
      severity: 'suspected_major',
      foundOn: '2026-11-25',
      geometry: null,
      locationText: 'B1 层',
      siteId: null,
    })
  })
  it('says in which system a position is', () => {
    const point = { type: 'Point' as const, coordinates: [125.4, 43.86] as [number, number] }
    const body = toNewHazard({ ...report, geometry: point }, NOW)
    expect([body?.geometry, body?.coordinateSystem]).toEqual([point, 'WGS84'])
  })
  it('is nothing while something is missing', () => {
    expect(toNewHazard({ ...report, sector: null }, NOW)).toBeNull()
  })
})
