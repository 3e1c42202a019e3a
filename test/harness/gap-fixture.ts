import { expect } from 'vitest'
import type { TestApp } from './app.ts'
import { addSite, IN_WEST, WEST } from './fixture.ts'

const LONG_AGO = new Date('2025-01-01T00:00:00Z')

/** Writes a risk that lacks nothing but what is named. */
export async function addRisk(test: TestApp, siteId: string, change: object = {}): Promise<string> {
  const id = crypto.randomUUID()
  await test.database.knex('risks').insert({
    id,
    site_id: siteId,
    name: '液氨储罐区',
    method: 'lec',
    inputs: { L: 6, E: 6, C: 15 },
    score: 540,
    level: 1,
    accident_types: '中毒和窒息',
    responsible_person: '王示例',
    assessed_on: '2025-01-02',
    created_at: LONG_AGO,
    updated_at: LONG_AGO,
    ...change,
  })
  return id
}
/** Writes a check, entered on its day if nothing else is said. */
export async function addCheck(
  test: TestApp,
  siteId: string,
  checkedOn: string,
  createdAt = new Date(`${checkedOn}T08:00:00Z`),
): Promise<void> {
  await test.database.knex('site_checks').insert({
    id: crypto.randomUUID(),
    site_id: siteId,
    checked_on: checkedOn,
    checked_by: '李示例',
    outcome: 'nothing_found',
    created_at: createdAt,
  })
}

/** A drill that was planned and done as the product does it. */
export async function addDrill(test: TestApp, input: object, on: string): Promise<string> {
  const made = await test.post('commander', '/api/drills', {
    title: '液氨卸车泄漏推演',
    form: 'tabletop',
    sector: 'chemicals',
    startsAt: `${on}T01:00:00Z`,
    endsAt: `${on}T02:00:00Z`,
    ...input,
  })
  expect(made.statusCode, made.body).toBe(201)
  let { id, version } = made.json()
  for (const state of ['planned', 'running', 'done']) {
    const moved = await test.patch('commander', `/api/drills/${id}`, { state, version })
    expect(moved.statusCode, moved.body).toBe(200)
    id = moved.json().id
    version = moved.json().version
  }
  return id
}

/** A site that lacks nothing on the tests' present day. */
export async function addWholeSite(test: TestApp, change: object = {}, risk: object = {}): Promise<string> {
  const id = await addSite(test.database.knex, {
    responsible_unit: '安全部',
    responsible_person: '王示例',
    ...change,
  })
  await addRisk(test, id, risk)
  await addCheck(test, id, '2025-06-10')
  await addDrill(test, { siteId: id }, '2025-05-12')
  return id
}

/** Sites of two areas, three sectors and all kinds of gaps. */
export async function addMany(test: TestApp): Promise<void> {
  const sectors = ['fire', 'gas', 'chemicals']
  const levels = [1, 2, 3, null]
  for (let index = 0; index < 12; index++) {
    const place = index % 3 === 0 ? { area_code: WEST, ...IN_WEST } : index === 7 ? { area_code: null } : {}
    const id = await addSite(test.database.knex, {
      name: `场所${String(index).padStart(2, '0')}`,
      sector: sectors[index % 3] ?? 'fire',
      risk_level: levels[index % 4] ?? null,
      responsible_unit: index % 2 ? '安全部' : null,
      ...place,
      ...(index % 5 === 0 ? { lng: null, lat: null } : {}),
    })
    if (index % 4 !== 1) await addRisk(test, id, { responsible_person: index % 3 ? '王示例' : null })
    if (index % 2) await addCheck(test, id, index === 5 ? '2025-01-01' : '2025-06-01')
  }
}
