import type { Knex } from 'knex'
import { STATE_COLUMNS } from '../../server/hazards/write.ts'

/** Five units side by side, together the size of the zone: 26 km by 26 km around 125.46° E, 43.83° N. */
const WEST = 125.3
const SOUTH = 43.72
const NORTH = 43.95
const UNIT_WIDTH = 0.064
const UNITS = 5
export const CENTRE = { lng: 125.4, lat: 43.86 }
/** A box of 2 km around the centre, about a hundredth of the zone. */
export const SMALL_BOX = '125.387,43.851,125.413,43.869'
export const PAST_DAY = '2024-06-30'

/** The accounts' areas, as rectangles: what is measured does not depend on how an outline winds. */
export async function insertAreas(db: Knex): Promise<{ code: string; name: string }[]> {
  await db.raw(
    `insert into areas (code, name, kind, is_approximate, source, geom)
     values ('220171', '测速区', 'zone', true, 'bench', ST_Multi(ST_MakeEnvelope(?, ?, ?, ?, 4326)))`,
    [WEST, SOUTH, WEST + UNITS * UNIT_WIDTH, NORTH],
  )
  await db.raw(
    `insert into areas (code, name, kind, parent_code, is_approximate, source, geom)
     select '22017100' || unit, '测速街道 ' || unit, 'subdistrict', '220171', true, 'bench',
       ST_Multi(ST_MakeEnvelope(:west::float8 + :width::float8 * (unit - 1), :south::float8, :west::float8 + :width::float8 * unit, :north::float8, 4326))
     from generate_series(1, :units::int) as unit`,
    { west: WEST, south: SOUTH, north: NORTH, width: UNIT_WIDTH, units: UNITS },
  )
  return db('areas').select('code', 'name').where({ kind: 'subdistrict' }).orderBy('code')
}

/** A number from 0 to 1 for a row and a purpose, the same in each run and on each engine. */
const chance = (row: string, purpose: number): string =>
  `((hashint8extended(${row}, ${purpose}) & 4503599627370495)::float8 / 4503599627370496.0)`

/** A site for every eighth hazard, with one risk; the past of the bench begins with them. */
const HAZARDS_PER_SITE = 8
const siteId = (hazard: string) => `md5('site' || (${hazard} / ${HAZARDS_PER_SITE}))::uuid`

async function insertSites(db: Knex, first: number, last: number): Promise<void> {
  await db.raw(
    `insert into sites (id, name, sector, risk_level, area_code, area_basis, responsible_person, exposed_people, geom,
       is_example, created_at, updated_at)
     select ${siteId('i')}, '测速场所 ' || i, 'fire', level,
       '22017100' || (1 + floor(x * :units::int))::int, 'geometry', '测速', floor(${chance('i', 35)} * 200)::int,
       ST_SetSRID(ST_MakePoint(:west::float8 + (:east::float8 - :west::float8) * x,
         :south::float8 + (:north::float8 - :south::float8) * ${chance('i', 32)}), 4326),
       true, '2024-01-01', '2024-01-01'
     from (select i, ${chance('i', 31)} as x, 1 + floor(${chance('i', 33)} * 4)::int as level
       from generate_series(:first::bigint, :last::bigint) as i where i % ${HAZARDS_PER_SITE} = 0) as numbered
     on conflict do nothing`,
    {
      west: WEST,
      east: WEST + UNITS * UNIT_WIDTH,
      south: SOUTH,
      north: NORTH,
      units: UNITS,
      first: first - (first % HAZARDS_PER_SITE),
      last,
    },
  )
  await db.raw(
    `insert into risks (id, site_id, name, accident_types, method, inputs, score, level, assessed_on, is_example, created_at,
       updated_at)
     select md5('risk' || id::text)::uuid, id, '测速风险', '火灾', 'lec', '{"L": 3, "E": 6, "C": 15}', 270, risk_level,
       '2024-01-01', true, '2024-01-01', '2024-01-01'
     from sites where not exists (select from risks where risks.site_id = sites.id)`,
  )
  for (const table of ['sites', 'site_states', 'risks', 'risk_states']) await db.raw(`analyze ${table}`)
}

/**
 * Inserts hazards with the numbers from the first to the last: seven in ten crowd around 500 places, as in a town, the
 * others are spread; in all sectors and states over two years, each at a site.
 */
export async function insertHazards(db: Knex, first: number, last: number): Promise<void> {
  await insertSites(db, first, last)
  const spread = (seed: number) =>
    `(${chance('i', seed)} + ${chance('i', seed + 1)} + ${chance('i', seed + 2)} - 1.5)`
  await db.raw(
    `insert into hazards (id, number, site_id, area_code, area_basis, sector, description, location_text, severity, status,
       found_on, due_on, closed_on, geom, is_example)
     select gen_random_uuid(), 'YH-BENCH-' || i, ${siteId('i')}, '22017100' || (1 + floor((x - :west::float8) / :width::float8))::int, 'geometry',
       (array['chemicals', 'fire', 'transport', 'industry', 'gas', 'construction', 'special_equipment', 'small_place',
         'self_built_house', 'agriculture'])[1 + floor(${chance('i', 3)} * 10)],
       '疏散通道堆放货物，影响人员疏散；配电箱前有可燃物。第 ' || i || ' 处', '示意一路 ' || i || ' 号',
       case when ${chance('i', 4)} < 0.93 then 'general' else 'suspected_major' end,
       status, found_on, found_on + (5 + floor(${chance('i', 7)} * 60))::int,
       case when status = 'closed' then found_on + 30 end,
       ST_SetSRID(ST_MakePoint(x, y), 4326), true
     from (
       select i, date '2024-01-01' + floor(${chance('i', 6)} * 690)::int as found_on,
         (array['reported', 'registered', 'assigned', 'rectifying', 'submitted', 'closed', 'closed', 'closed',
           'closed', 'rejected'])[1 + floor(${chance('i', 5)} * 10)] as status,
         least(:east::float8 - 1e-6, greatest(:west::float8, case when ${chance('i', 1)} < 0.3
           then :west::float8 + (:east::float8 - :west::float8) * ${chance('i', 2)}
           else :west::float8 + (:east::float8 - :west::float8) * ${chance('crowd', 11)} + 0.006 * ${spread(12)} end)) as x,
         least(:north::float8 - 1e-6, greatest(:south::float8, case when ${chance('i', 1)} < 0.3
           then :south::float8 + (:north::float8 - :south::float8) * ${chance('i', 22)}
           else :south::float8 + (:north::float8 - :south::float8) * ${chance('crowd', 21)} + 0.004 * ${spread(15)} end)) as y
       from (select i, floor(${chance('i', 9)} * 500)::bigint as crowd
             from generate_series(:first::bigint, :last::bigint) as i) as numbered) as placed`,
    {
      west: WEST,
      east: WEST + UNITS * UNIT_WIDTH,
      south: SOUTH,
      north: NORTH,
      width: UNIT_WIDTH,
      first,
      last,
    },
  )
  await db.raw(
    `insert into hazard_states (${STATE_COLUMNS}, valid_from, recorded_from)
     select ${STATE_COLUMNS}, found_on::timestamptz, found_on::timestamptz from hazards
     where id not in (select id from hazard_states)`,
  )
  await db.raw('analyze hazards')
  await db.raw('analyze hazard_states')
}
