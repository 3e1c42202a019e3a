import type { Knex } from 'knex'
import type { User } from '../../server/access/model.ts'
import type { DrillForm, Sector } from '../../server/core/vocabulary.ts'
import { createDrill, editDrill } from '../../server/drills/change.ts'

const EVERY_NTH_SITE = 3
/** From a month to two years ago, in an order that looks like none. */
const monthsAgo = (index: number): number => 1 + ((index * 7) % 25)
const DAY_MILLISECONDS = 86_400_000
const DAYS_A_MONTH = 30.4

interface DrilledSite {
  id: string
  name: string
  sector: Sector
  lng: number
  lat: number
  /** As the list has them: 火灾、其他爆炸. */
  accidentTypes: string
}

/**
 * Drills that were held: of the graver sites every third had one of its own scenario, so that the time since the last
 * drill differs from place to place, as it does in a zone.
 */
export async function holdPastDrills(db: Knex, commander: User, now: Date): Promise<void> {
  for (const [index, site] of (await listDrilledSites(db)).entries()) {
    await holdDrill(db, site, index, commander, now)
  }
}

async function listDrilledSites(db: Knex): Promise<DrilledSite[]> {
  const result = await db.raw(
    `select id, name, sector, lng, lat, "accidentTypes" from (
       select sites.id, sites.name, sites.sector, ST_X(sites.geom) as lng, ST_Y(sites.geom) as lat,
         risks.accident_types as "accidentTypes",
         row_number() over (order by sites.name collate "C") as number
       from sites
       join lateral (select accident_types from risks where risks.site_id = sites.id and retired_at is null
         order by level, name collate "C" limit 1) risks on risks.accident_types is not null
       where sites.is_example and sites.retired_at is null and sites.risk_level <= 2 and sites.geom is not null
         and not exists (select from drills where drills.site_id = sites.id)) as graver
     where number % ${EVERY_NTH_SITE} = 0
     order by number`,
  )
  return result.rows
}

async function holdDrill(
  db: Knex,
  site: DrilledSite,
  index: number,
  commander: User,
  now: Date,
): Promise<void> {
  const accident = site.accidentTypes.split('、')[0] ?? site.accidentTypes
  const startsAt = new Date(now.getTime() - Math.round(monthsAgo(index) * DAYS_A_MONTH) * DAY_MILLISECONDS)
  startsAt.setUTCHours(6, 0, 0, 0)
  const form: DrillForm = index % 2 === 0 ? 'live' : 'tabletop'
  const id = await createDrill(
    db,
    {
      title: `${site.name}${accident}应急演练`,
      form,
      content: 'single',
      purpose: 'test',
      sector: site.sector,
      scenario: `${accident}：报警、先期处置、人员撤离与清点`,
      startsAt: startsAt.toISOString(),
      endsAt: new Date(startsAt.getTime() + 3_600_000).toISOString(),
      commanderName: '钱示例',
      state: 'planned',
      siteId: site.id,
      geometry: { type: 'Point', coordinates: [site.lng, site.lat] },
    },
    commander,
    now,
  )
  await editDrill(db, id, { state: 'running', version: 1 }, commander, now)
  await editDrill(db, id, { state: 'done', version: 2 }, commander, now)
}
