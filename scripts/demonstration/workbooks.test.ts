import { beforeAll, describe, expect, it } from 'vitest'
import { addDays } from '../../server/core/calendar.ts'
import { SECTORS, STATUSES } from '../../server/core/vocabulary.ts'
import { HAZARD_TEXTS } from './hazard-texts.ts'
import { type CitedClause, type InventedHazard, inventHazards } from './invent-hazards.ts'
import { type InventedSite, inventSites } from './invent-sites.ts'
import { readUnitOutlines } from './outlines.ts'
import { makeRandom } from './random.ts'
import { drawSchematicNetwork, samplePlacesAlongNetwork } from './schematic-network.ts'
import { HAZARD_COUNT, SITE_COUNT } from './workbooks.ts'

const TODAY = '2026-11-24'
const CLAUSES: CitedClause[] = SECTORS.map((sector) => ({
  id: `X-${sector}`,
  sector,
  title: '某文 第1条',
  text: '概括',
}))

let sites: InventedSite[]
let hazards: InventedHazard[]
beforeAll(async () => {
  const random = makeRandom(7)
  const network = drawSchematicNetwork(await readUnitOutlines())
  sites = inventSites(samplePlacesAlongNetwork(network, SITE_COUNT, random), random)
  hazards = inventHazards(sites, CLAUSES, HAZARD_COUNT, TODAY, random)
})

describe('the demonstration', () => {
  it('is about 400 places, each of an invented name marked as an example, in all sectors and units', () => {
    expect(sites).toHaveLength(400)
    expect(new Set(sites.map((site) => site.name)).size).toBe(400)
    expect(sites.every((site) => site.name.endsWith('（示例）'))).toBe(true)
    expect(new Set(sites.map((site) => site.sector))).toEqual(new Set(SECTORS))
    expect(new Set(sites.map((site) => site.areaCode)).size).toBe(5)
  })

  it('names each risk of a place once, and gives no two places one credit code', () => {
    for (const { risks } of sites) expect(new Set(risks.map((risk) => risk.name)).size).toBe(risks.length)
    expect(sites.flatMap((site) => site.risks).length).toBeGreaterThan(480)
    const codes = sites.flatMap((site) => (site.creditCode ? [site.creditCode] : []))
    expect(new Set(codes).size).toBe(codes.length)
    expect(codes.every((code) => /^91220171EX\d{7}[0-9A-Z]$/.test(code))).toBe(true)
  })

  it('has at least twelve things that may be wrong in each sector', () => {
    for (const sector of SECTORS) {
      const descriptions = HAZARD_TEXTS[sector].map(([, description]) => description)
      expect(new Set(descriptions).size, sector).toBeGreaterThanOrEqual(12)
    }
  })

  it('finds 3,000 hazards over two years, in every status and severity, some of them overdue', () => {
    expect(hazards).toHaveLength(3000)
    const days = hazards.map((hazard) => hazard.foundOn)
    expect(days[0] !== undefined && days[0] >= addDays(TODAY, -730) && days[0] < addDays(TODAY, -700)).toBe(
      true,
    )
    expect(days.at(-1)).toBe(TODAY)
    expect(new Set(hazards.map((hazard) => hazard.status))).toEqual(new Set(STATUSES))
    const open = hazards.filter((hazard) => hazard.status !== 'closed' && hazard.status !== 'rejected')
    const overdue = open.filter((hazard) => hazard.dueOn < TODAY)
    expect(open.length).toBeGreaterThan(200)
    expect(overdue.length / open.length).toBeGreaterThan(0.03)
    expect(overdue.length / open.length).toBeLessThan(0.25)
  })

  it('says nothing that a ledger may not say: no date out of order, nothing major without a clause', () => {
    for (const hazard of hazards) {
      expect(hazard.dueOn >= hazard.foundOn).toBe(true)
      expect(hazard.severity === 'major').toBe(hazard.clause !== null)
      expect(hazard.status === 'closed').toBe(hazard.closedOn !== null)
      if (hazard.closedOn !== null)
        expect(hazard.closedOn >= hazard.foundOn && hazard.closedOn <= TODAY).toBe(true)
    }
  })

  it('is the same for the same seed and day', () => {
    const again = inventHazards(sites, CLAUSES, 50, TODAY, makeRandom(3))
    expect(inventHazards(sites, CLAUSES, 50, TODAY, makeRandom(3))).toEqual(again)
  })
})
