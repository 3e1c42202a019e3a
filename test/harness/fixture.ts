import type { Knex } from 'knex'
import { v7 as uuid } from 'uuid'
import { ADMINISTRATOR, demonstrationAccounts, ensureAccounts } from '../../server/auth/accounts.ts'
import { allocateNumbers } from '../../server/db/numbers.ts'
import {
  appendHazardEvents,
  type HazardRecord,
  insertHazards,
  recordHazardStates,
} from '../../server/hazards/write.ts'

export const PASSWORD = 'test-password'

/** Two squares side by side, 0.04 degrees wide, within one zone; what lies beyond is outside every area. */
export const EAST = '220171001'
export const WEST = '220171002'
export const ZONE = '220171'
/** Centres of the two squares, and a point outside. */
export const IN_EAST = { lng: 125.42, lat: 43.86 }
export const IN_WEST = { lng: 125.38, lat: 43.86 }
export const OUTSIDE = { lng: 125.6, lat: 43.86 }

const square = (west: number, east: number) =>
  `SRID=4326;MULTIPOLYGON(((${west} 43.84, ${east} 43.84, ${east} 43.88, ${west} 43.88, ${west} 43.84)))`

/** Areas, an account for each role (`officer-220171001`, …) and three clauses. */
export async function seedFixture(db: Knex): Promise<void> {
  const area = (code: string, name: string, kind: string, parent: string | null, outline: string) => ({
    code,
    name,
    kind,
    parent_code: parent,
    stat_code: code,
    is_approximate: true,
    source: 'fixture',
    geom: db.raw('ST_GeomFromEWKT(?)', [outline]),
  })
  await db('areas').insert([area(ZONE, '长春经济技术开发区', 'zone', null, square(125.36, 125.44))])
  await db('areas').insert([
    area(EAST, '临河街道', 'subdistrict', ZONE, square(125.4, 125.44)),
    area(WEST, '东方广场街道', 'subdistrict', ZONE, square(125.36, 125.4)),
  ])
  await db('clauses').insert([
    clause('HC-01', { confirmed: true }),
    clause('XF-01', { confirmed: false, sector: 'fire', sector_label: '消防' }),
    clause('XF-02', { edition: 'superseded', sector: 'fire', sector_label: '消防' }),
  ])
  const units = [
    { code: EAST, name: '临河街道' },
    { code: WEST, name: '东方广场街道' },
  ]
  await ensureAccounts(db, [ADMINISTRATOR, ...demonstrationAccounts(units)], PASSWORD)
}

function clause(id: string, rest: Record<string, unknown>) {
  return {
    id,
    sector_label: '危险化学品',
    sector: 'chemicals',
    kind: 'major',
    source: '测试判定标准',
    document_number: '测试〔2025〕1号',
    article: `第${id}条`,
    text: `条款 ${id} 的概括`,
    confirmed: true,
    edition: 'current',
    ...rest,
  }
}

export interface SiteRecord {
  id: string
  name: string
  sector: string
  risk_level: number | null
  area_code: string | null
  lng: number | null
  lat: number | null
  [column: string]: unknown
}

/** When the fixture's sites came to be known, before all hazards and all days that tests look back to. */
const LONG_AGO = new Date('2025-01-01T00:00:00Z')

/** Writes a site; what is not named is plain. Answers its id. */
export async function addSite(db: Knex, site: Partial<SiteRecord> = {}): Promise<string> {
  const { lng = IN_EAST.lng, lat = IN_EAST.lat, ...columns } = site
  const id = site.id ?? uuid()
  await db('sites').insert({
    name: '恒泰冷链（示例）',
    sector: 'chemicals',
    risk_level: 1,
    area_code: EAST,
    area_basis: 'geometry',
    created_at: LONG_AGO,
    updated_at: LONG_AGO,
    ...columns,
    id,
    geom: lng === null || lat === null ? null : db.raw('ST_SetSRID(ST_MakePoint(?, ?), 4326)', [lng, lat]),
  })
  return id
}

/** Writes a hazard with its event and state, as the product does; what is not named is plain. Answers its id. */
export async function addHazard(
  db: Knex,
  hazard: Partial<HazardRecord> & { id?: string } = {},
  at = new Date('2025-06-01T01:00:00Z'),
): Promise<string> {
  const id = hazard.id ?? uuid()
  await db.transaction(async (transaction) => {
    const [number = ''] = await allocateNumbers(transaction, 'YH', 2025, 1)
    const record: HazardRecord & { id: string } = { ...PLAIN_HAZARD, number, ...hazard, id }
    await insertHazards(transaction, [record], at)
    await appendHazardEvents(transaction, [
      {
        hazardId: id,
        action: 'create',
        fromStatus: null,
        toStatus: record.status,
        actorId: null,
        actorName: '夹具',
        occurredAt: at,
      },
    ])
    await recordHazardStates(transaction, [id], at)
  })
  return id
}

export const PLAIN_HAZARD: HazardRecord = {
  number: '',
  rowKey: null,
  siteId: null,
  areaCode: EAST,
  areaBasis: 'geometry',
  sector: 'fire',
  description: '疏散通道堆放货物',
  locationText: null,
  category: null,
  severity: 'general',
  status: 'registered',
  clauseId: null,
  foundOn: '2025-06-01',
  foundBy: null,
  dueOn: '2025-06-30',
  originalDueOn: '2025-06-30',
  extensionCount: 0,
  closedOn: null,
  acceptedBy: null,
  measures: null,
  responsibleUnit: null,
  responsiblePerson: null,
  fundsWan: null,
  contingencyPlan: null,
  supervisor: null,
  result: null,
  origin: null,
  isListed: false,
  listingDocument: null,
  submittedBy: null,
  ...IN_EAST,
  coordinateText: null,
  coordinateSystem: null,
  isExample: true,
  importId: null,
}
