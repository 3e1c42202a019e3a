import fc from 'fast-check'
import type { Knex } from 'knex'
import { v7 as uuid } from 'uuid'
import { addDays } from '../../server/core/calendar.ts'
import { cleanText } from '../../server/core/plain-text.ts'
import { type RiskLevel, SECTORS, STATUSES } from '../../server/core/vocabulary.ts'
import type { HazardRecord } from '../../server/hazards/write.ts'
import { assessProduct } from '../../server/risk/methods/product.ts'
import { DEFAULT_METHOD_SETTINGS } from '../../server/risk/methods/settings.ts'
import { LEC, LS } from '../../server/risk/model.ts'
import { addHazard, addSite, EAST, IN_EAST, IN_WEST, OUTSIDE, WEST } from './fixture.ts'

/** Pieces that texts of ledgers are made of, and those that have broken spreadsheets before. */
const PIECES = [
  '疏散通道',
  '堆放',
  '𠮷野',
  '䶮',
  '㙓',
  '（示例）',
  '“引号”',
  '"',
  "'",
  ',',
  '，',
  '\n',
  ' ',
  '=1+1',
  '+86',
  '-3',
  '@sum',
  '＝',
  '007',
  '1e5',
  '_x0041_',
  '<b>&amp;',
  'true',
  '2025-06-01',
  '/',
  '；',
  'é',
  '👩‍🚒',
  '\u00a0',
  '\u200b',
  '\t',
  '…',
]

/** A text as a database may hold it: of the given length at most, and something when harmless characters are left. */
const textOf = (limit: number, maxPieces = 8): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: maxPieces })
    .map((pieces) => [...pieces.join('')].slice(0, limit).join(''))
    .filter((text) => cleanText(text) !== '')
const long = (limit: number): fc.Arbitrary<string> =>
  fc.constantFrom('长', '𠮷', 'x').map((letter) => letter.repeat(limit))
const text = (limit: number) =>
  fc.oneof({ weight: 9, arbitrary: textOf(limit) }, { weight: 1, arbitrary: long(limit) })
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 3 })
const day = fc.integer({ min: 0, max: 500 }).map((days) => addDays('2024-01-01', days))
const sector = fc.constantFrom(...SECTORS)
/** East, west, outside, and nowhere with or without an area by name. */
const place = fc.constantFrom(
  { ...IN_EAST, areaCode: EAST, areaBasis: 'geometry' as const },
  { lng: IN_WEST.lng + 0.00012345678, lat: IN_WEST.lat, areaCode: WEST, areaBasis: 'geometry' as const },
  { ...OUTSIDE, areaCode: null, areaBasis: 'geometry' as const },
  { lng: null, lat: null, areaCode: WEST, areaBasis: 'named' as const },
  { lng: null, lat: null, areaCode: null, areaBasis: null },
)

const site = fc.record({
  name: text(200),
  credit_code: maybe(fc.constantFrom('91220171EX0000015L', '000123', '无', '912201ABC')),
  kind: maybe(text(100)),
  sector,
  address: maybe(text(300)),
  responsible_unit: maybe(text(200)),
  responsible_person: maybe(text(100)),
  risk_level: fc.constantFrom(null, 1, 2, 3, 4),
  place,
})

const value = (scale: readonly { value: number }[]) => fc.constantFrom(...scale.map((entry) => entry.value))
const product = (method: 'lec' | 'ls') => (inputs: Record<string, number>) =>
  assessProduct(method, inputs, DEFAULT_METHOD_SETTINGS)
const assessment = fc.oneof(
  fc.record({ L: value(LEC.L), E: value(LEC.E), C: value(LEC.C) }).map(product('lec')),
  fc.record({ L: value(LS.L), S: value(LS.S) }).map(product('ls')),
  fc
    .record({ level: fc.constantFrom<RiskLevel[]>(1, 2, 3, 4), reason: maybe(text(50)) })
    .map(({ level, reason }) => ({
      method: 'direct' as const,
      inputs: { level, ...(reason === null ? {} : { reason }) },
      score: null,
      level,
    })),
  fc.constantFrom(
    { method: 'gb18218' as const, inputs: {}, score: 86.5, level: 2 as const },
    // values that are off the scale by now, or that were never told
    { method: 'lec' as const, inputs: { L: 4 }, score: 77.7, level: 3 as const },
    { method: 'ls' as const, inputs: {}, score: null, level: 1 as const },
  ),
)
const risk = fc.record({
  of: fc.nat(),
  assessment,
  name: text(200),
  kind: maybe(text(100)),
  hazard_factors: maybe(text(1000)),
  accident_types: maybe(text(300)),
  engineering_controls: maybe(text(2000)),
  management_controls: maybe(text(2000)),
  training_controls: maybe(text(2000)),
  protection_controls: maybe(text(2000)),
  emergency_controls: maybe(text(2000)),
  control_level: maybe(text(100)),
  responsible_unit: maybe(text(200)),
  responsible_person: maybe(text(100)),
  check_frequency: maybe(text(100)),
  assessed_on: maybe(day),
  assessed_by: maybe(text(100)),
  next_review_on: maybe(day),
  residual_level: fc.constantFrom(null, 1, 2, 3, 4),
  clause_id: maybe(fc.constantFrom('HC-01', 'XF-01')),
})

const hazard = fc
  .record({
    of: maybe(fc.nat()),
    place,
    sector,
    severity: fc.constantFrom('general', 'suspected_major', 'major') as fc.Arbitrary<
      HazardRecord['severity']
    >,
    // 待核 and superseded clauses stand in old rows too
    clauseId: maybe(fc.constantFrom('HC-01', 'XF-01', 'XF-02')),
    status: fc.constantFrom(...STATUSES),
    description: text(2000),
    locationText: maybe(text(300)),
    category: maybe(text(100)),
    foundOn: day,
    dueAfter: maybe(fc.nat({ max: 90 })),
    closedAfter: fc.nat({ max: 60 }),
    foundBy: maybe(text(100)),
    acceptedBy: maybe(text(100)),
    measures: maybe(text(2000)),
    responsibleUnit: maybe(text(200)),
    responsiblePerson: maybe(text(100)),
    fundsWan: maybe(fc.integer({ min: 0, max: 20_000_000 }).map((tenThousandths) => tenThousandths / 10_000)),
    contingencyPlan: maybe(text(2000)),
    supervisor: maybe(text(200)),
    result: maybe(text(2000)),
    origin: maybe(text(100)),
    listingDocument: maybe(text(200)),
    isListed: fc.boolean(),
  })
  .map(({ place: { lng, lat, areaCode, areaBasis }, dueAfter, closedAfter, foundOn, severity, ...rest }) => ({
    ...rest,
    lng,
    lat,
    areaCode,
    areaBasis,
    foundOn,
    dueOn: dueAfter === null ? null : addDays(foundOn, dueAfter),
    closedOn: rest.status === 'closed' ? addDays(foundOn, closedAfter) : null,
    severity: rest.clauseId === null && severity === 'major' ? ('general' as const) : severity,
  }))

export const plans = fc.record({
  sites: fc.array(site, { maxLength: 3 }),
  risks: fc.array(risk, { maxLength: 4 }),
  hazards: fc.array(hazard, { maxLength: 4 }),
  /** Which cells are edited and to what: indexes that are taken modulo what there is. */
  choices: fc.array(fc.record({ row: fc.nat(), column: fc.nat(), text: maybe(textOf(90)), pick: fc.nat() }), {
    maxLength: 6,
  }),
})
export type Plan = typeof plans extends fc.Arbitrary<infer T> ? T : never

/** Writes a plan; risks without any place to hang on are left out of it. */
export async function fillDatabase(db: Knex, plan: Plan): Promise<void> {
  const siteIds: string[] = []
  for (const { place: where, ...columns } of plan.sites) {
    const { lng, lat, areaCode, areaBasis } = where
    siteIds.push(await addSite(db, { ...columns, lng, lat, area_code: areaCode, area_basis: areaBasis }))
  }
  if (siteIds.length === 0) plan.risks.splice(0)
  for (const { of, assessment: judged, ...columns } of plan.risks) {
    await db('risks').insert({
      id: uuid(),
      ...columns,
      site_id: siteIds[of % siteIds.length],
      method: judged.method,
      inputs: JSON.stringify(judged.inputs),
      score: judged.score,
      level: judged.level,
    })
  }
  for (const { of, ...fields } of plan.hazards) {
    const siteId = of === null || siteIds.length === 0 ? null : (siteIds[of % siteIds.length] ?? null)
    await addHazard(db, { ...fields, originalDueOn: fields.dueOn, siteId })
  }
}
