import type { Knex } from 'knex'
import { SECTORS, SEVERITIES, STATUSES } from '../../server/core/vocabulary.ts'
import { addHazard, addSite, EAST, IN_EAST, IN_WEST, OUTSIDE, WEST } from './fixture.ts'

/** Sites and hazards by counting, strewn over both squares, beyond them, on another continent, and nowhere. */
export async function seedRiskMap(db: Knex): Promise<void> {
  const siteIds: string[] = []
  for (let index = 0; index < 40; index++) {
    const place = placeOf(index)
    siteIds.push(
      await addSite(db, {
        name: `场所${index}`,
        sector: SECTORS[index % 5] ?? 'fire',
        risk_level: [1, 2, 3, 4, null, 3, 4][index % 7] ?? null,
        area_code: place.areaCode,
        lng: place.lng,
        lat: place.lat,
        created_at: new Date(`2025-0${1 + (index % 6)}-01T00:00:00Z`),
      }),
    )
  }
  for (let index = 0; index < 120; index++) {
    const foundOn = `2025-0${1 + (index % 5)}-1${index % 9}`
    const status = STATUSES[index % 7] ?? 'registered'
    await addHazard(
      db,
      {
        ...placeOf(index * 3 + 1),
        siteId: index % 3 === 0 ? null : (siteIds[index % 40] ?? null),
        sector: SECTORS[index % 6] ?? 'fire',
        severity: SEVERITIES[index % 3] ?? 'general',
        clauseId: index % 3 === 2 ? 'HC-01' : null,
        status,
        foundOn,
        dueOn: index % 4 === 0 ? null : `2025-06-${10 + (index % 20)}`,
        closedOn: status === 'closed' ? '2025-06-01' : null,
      },
      new Date(`${foundOn}T01:00:00Z`),
    )
  }
}

function placeOf(index: number): { areaCode: string | null; lng: number | null; lat: number | null } {
  const offset = { lng: ((index * 7) % 37) / 1000 - 0.018, lat: ((index * 11) % 35) / 1000 - 0.017 }
  const near = (centre: { lng: number; lat: number }) => ({
    lng: centre.lng + offset.lng,
    lat: centre.lat + offset.lat,
  })
  if (index % 9 === 7) return { areaCode: null, lng: -70.5, lat: -33.4 }
  if (index % 9 === 8) return { areaCode: WEST, lng: null, lat: null }
  if (index % 9 === 6) return { areaCode: null, ...near(OUTSIDE) }
  return index % 2 === 0 ? { areaCode: EAST, ...near(IN_EAST) } : { areaCode: WEST, ...near(IN_WEST) }
}
