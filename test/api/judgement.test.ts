import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { TestApp } from '../harness/app.ts'
import { openWithClauseLibrary } from '../harness/clause-library.ts'
import { addHazard, EAST, IN_EAST } from '../harness/fixture.ts'

/** Judgements by the library as it ships, made on 24 November 2026. */
let test: TestApp
beforeAll(async () => {
  test = await openWithClauseLibrary(new Date('2026-11-24T02:00:00Z'))
})
afterAll(() => test.close())
beforeEach(async () => {
  await test.database.knex.raw('truncate hazards, sites, imports, clause_confirmations cascade')
})

const OFFICER = `officer-${EAST}`
const INSPECTOR = 'fire-inspector'
const create = (username: string, fields: object) =>
  test.post(username, '/api/hazards', {
    description: '地下室存放甲类化学品',
    sector: 'fire',
    severity: 'major',
    foundOn: '2026-01-05',
    geometry: { type: 'Point', coordinates: [IN_EAST.lng, IN_EAST.lat] },
    ...fields,
  })
const confirm = (id: string, isConfirmed = true) =>
  test.post('admin', `/api/clauses/${id}/confirmations`, { isConfirmed, source: 'GB 35181-2017 第 5 页' })
const move = (username: string, id: string, body: object) =>
  test.post(username, `/api/hazards/${id}/transitions`, { version: 1, ...body })
const codeOf = (reply: { statusCode: number; json: () => { code?: string } }) => [
  reply.statusCode,
  reply.json().code,
]

describe('a clause makes a hazard major', () => {
  it('only on the days between which its document was in force', async () => {
    const found = async (clauseId: string, foundOn: string, sector: string) =>
      (await create('admin', { clauseId, foundOn, sector, severity: 'major' })).statusCode
    expect(await found('GM-03-02', '2023-05-14', 'industry')).toBe(422)
    expect(await found('GM-03-02', '2023-05-15', 'industry')).toBe(201)
    expect(await found('SE-4.2a', '2024-11-30', 'special_equipment')).toBe(422)
    expect(await found('SE-4.2a', '2024-12-01', 'special_equipment')).toBe(201)
    // its first day is not known, and the library holds it for current
    expect(await found('HC-01', '2026-11-24', 'chemicals')).toBe(201)
  })

  it('of a superseded edition only once confirmed, and only a hazard of its time', async () => {
    const old = { clauseId: 'FD-6.5', foundOn: '2024-06-01' }
    const refused = await create(INSPECTOR, old)
    expect(codeOf(refused)).toEqual([422, 'CLAUSE_NOT_IN_FORCE'])
    expect(refused.json().detail).toContain('待核')
    await confirm('FD-6.5')
    const accepted = await create(INSPECTOR, old)
    expect(accepted.json()).toMatchObject({
      severity: 'major',
      clause: { id: 'FD-6.5', confirmed: true },
    })
    const lastDay = await create(INSPECTOR, { ...old, foundOn: '2025-10-31' })
    expect(lastDay.statusCode).toBe(201)
    const late = await create(INSPECTOR, { ...old, foundOn: '2025-11-01' })
    expect(codeOf(late)).toEqual([422, 'CLAUSE_NOT_IN_FORCE'])
    expect(late.json()).toMatchObject({
      parameter: 'clauseId',
      clause: { id: 'FD-6.5', effectiveFrom: null, effectiveTo: '2025-11-01', successor: 'GB 35181-2025' },
      // of the new edition no clause is in the library yet
      allowed: [],
    })
    expect(late.json().detail).toContain('2025-11-01 起停止施行，由 GB 35181-2025 代替')
  })

  it('no longer once the confirmation is taken back; what was judged stays and carries the mark', async () => {
    const old = { clauseId: 'FD-6.5', foundOn: '2024-06-01' }
    await confirm('FD-6.5')
    const { id } = (await create(INSPECTOR, old)).json()
    await confirm('FD-6.5', false)
    expect(codeOf(await create(INSPECTOR, old))).toEqual([422, 'CLAUSE_NOT_IN_FORCE'])
    const judged = (await test.get(INSPECTOR, `/api/hazards/${id}`)).json()
    expect(judged).toMatchObject({ severity: 'major', clause: { id: 'FD-6.5', confirmed: false } })
    // its wording may be mended, its judgement is not asked again
    const mended = await test.patch(OFFICER, `/api/hazards/${id}`, {
      version: 1,
      description: '甲类库在地下',
    })
    expect(mended.statusCode, mended.body).toBe(200)
    // but it cannot be listed on such ground
    await move(INSPECTOR, id, { version: 2, action: 'register' })
    expect(
      codeOf(await move('admin', id, { version: 3, action: 'list', documentNumber: '督〔2026〕1号' })),
    ).toEqual([422, 'CLAUSE_NOT_IN_FORCE'])
  })

  it('and tells which of the sector would, at most ten', async () => {
    const reply = await create('admin', { clauseId: 'HA-5.1.1', sector: 'chemicals' })
    expect(codeOf(reply)).toEqual([422, 'CLAUSE_NOT_IN_FORCE'])
    const { allowed, detail } = reply.json()
    expect(allowed.length).toBe(10)
    expect(allowed[0]).toMatchObject({ id: 'HC-01', title: '安监总管三〔2017〕121号 第1条' })
    expect(detail).toContain('这一行业当日可引用 20 条，如 HC-01、HC-02、HC-03')
    const without = await create('admin', { sector: 'chemicals' })
    expect(codeOf(without)).toEqual([422, 'MAJOR_NEEDS_CLAUSE'])
    expect(without.json().allowed.length).toBe(10)
  })

  it('never if it counts only together with others, or is a common fault', async () => {
    for (const [clauseId, foundOn] of [
      ['FC-7.1.1', '2024-06-01'],
      ['SP-07', '2026-01-05'],
    ]) {
      await confirm(clauseId ?? '')
      expect([clauseId, ...codeOf(await create('admin', { clauseId, foundOn }))]).toEqual([
        clauseId,
        422,
        'CLAUSE_NOT_IN_FORCE',
      ])
    }
  })

  it('is not even cited for a lesser hazard of another time, but may be while 待核', async () => {
    const suspected = { severity: 'suspected_major', clauseId: 'FD-6.5' }
    expect(codeOf(await create(OFFICER, suspected))).toEqual([422, 'CLAUSE_NOT_IN_FORCE'])
    const old = await create(OFFICER, { ...suspected, foundOn: '2024-06-01' })
    expect(old.json()).toMatchObject({ severity: 'suspected_major', clause: { confirmed: false } })
  })
})

describe('who judges', () => {
  it('is the inspector or the administrator; others suspect', async () => {
    const industry = { clauseId: 'GM-03-02', sector: 'industry' }
    expect(codeOf(await create(OFFICER, industry))).toEqual([403, 'ONLY_SUSPECT'])
    expect(codeOf(await create('analyst', industry))).toEqual([403, 'ONLY_SUSPECT'])
    expect((await create('admin', industry)).statusCode).toBe(201)
    const { severity } = (await create('analyst', { ...industry, severity: 'suspected_major' })).json()
    expect(severity).toBe('suspected_major')
  })

  it('also when the clause, the severity or the day found changes', async () => {
    const id = await addHazard(test.database.knex, {
      sector: 'industry',
      severity: 'major',
      clauseId: 'GM-03-02',
      foundOn: '2026-01-05',
      dueOn: null,
      originalDueOn: null,
    })
    const patch = (username: string, body: object) =>
      test.patch(username, `/api/hazards/${id}`, { version: 1, ...body })
    for (const username of [OFFICER, 'analyst']) {
      expect(codeOf(await patch(username, { severity: 'general' }))).toEqual([403, 'ONLY_SUSPECT'])
      expect(codeOf(await patch(username, { clauseId: 'GM-03-01' }))).toEqual([403, 'ONLY_SUSPECT'])
    }
    expect(codeOf(await patch('admin', { foundOn: '2023-05-14' }))).toEqual([422, 'CLAUSE_NOT_IN_FORCE'])
    expect(codeOf(await patch('admin', { clauseId: 'FD-6.5' }))).toEqual([422, 'CLAUSE_NOT_IN_FORCE'])
    expect(codeOf(await patch('admin', { clauseId: null }))).toEqual([422, 'MAJOR_NEEDS_CLAUSE'])
    const moved = await patch(OFFICER, { foundOn: '2025-12-30' })
    expect(moved.json()).toMatchObject({ foundOn: '2025-12-30', severity: 'major' })
  })
})

describe('judging what was suspected', () => {
  const suspect = () =>
    addHazard(test.database.knex, { severity: 'suspected_major', foundOn: '2024-06-01', sector: 'fire' })
  const actionsOf = async (username: string, id: string) =>
    (await test.get(username, `/api/hazards/${id}`))
      .json()
      .actions.map((one: { action: string }) => one.action)

  it('is offered to inspector and administrator, and makes it major with a clause and an event', async () => {
    const id = await suspect()
    expect(await actionsOf(INSPECTOR, id)).toEqual(expect.arrayContaining(['judge', 'lower']))
    expect(await actionsOf('admin', id)).toEqual(expect.arrayContaining(['judge', 'lower']))
    for (const username of [OFFICER, 'analyst', 'commander']) {
      expect(await actionsOf(username, id)).not.toContain('judge')
      expect(codeOf(await move(username, id, { action: 'judge', clauseId: 'FD-6.5' }))).toEqual([
        403,
        'ROLE_NOT_ALLOWED',
      ])
    }
    expect(codeOf(await move(INSPECTOR, id, { action: 'judge' }))).toEqual([422, 'FIELDS_MISSING'])
    expect(codeOf(await move(INSPECTOR, id, { action: 'judge', clauseId: 'FD-6.5' }))).toEqual([
      422,
      'CLAUSE_NOT_IN_FORCE',
    ])
    expect(codeOf(await move(INSPECTOR, id, { action: 'judge', clauseId: 'nope' }))).toEqual([
      422,
      'UNKNOWN_CLAUSE',
    ])
    await confirm('FD-6.5')
    const judged = await move(INSPECTOR, id, { action: 'judge', clauseId: 'FD-6.5', note: '现场核实' })
    expect(judged.json()).toMatchObject({
      severity: 'major',
      status: 'registered',
      version: 2,
      clause: { id: 'FD-6.5', confirmed: true },
    })
    const { items } = (await test.get(OFFICER, `/api/hazards/${id}/history`)).json()
    expect(items.at(-1)).toMatchObject({
      action: 'judge',
      note: '现场核实',
      changes: {
        severity: { from: 'suspected_major', to: 'major' },
        clauseId: { from: null, to: 'FD-6.5' },
      },
    })
    expect(codeOf(await move(INSPECTOR, id, { version: 2, action: 'judge', clauseId: 'FD-6.5' }))).toEqual([
      409,
      'ONLY_SUSPECTED_IS_JUDGED',
    ])
  })

  it('may end as general, with a reason; a listed one is delisted first', async () => {
    const id = await suspect()
    expect(codeOf(await move(INSPECTOR, id, { action: 'lower' }))).toEqual([422, 'FIELDS_MISSING'])
    const lowered = await move(INSPECTOR, id, { action: 'lower', note: '存放量不足' })
    expect(lowered.json()).toMatchObject({ severity: 'general', clause: null })
    expect(codeOf(await move(INSPECTOR, id, { version: 2, action: 'lower', note: '再' }))).toEqual([
      409,
      'ALREADY_GENERAL',
    ])
    const listed = await addHazard(test.database.knex, {
      sector: 'industry',
      severity: 'major',
      clauseId: 'GM-03-02',
      isListed: true,
    })
    expect(codeOf(await move('admin', listed, { action: 'lower', note: '误判' }))).toEqual([
      409,
      'LISTED_STAYS_MAJOR',
    ])
  })

  it('is out of sight for an inspector of another sector', async () => {
    const id = await addHazard(test.database.knex, { severity: 'suspected_major', sector: 'industry' })
    expect(codeOf(await move(INSPECTOR, id, { action: 'judge', clauseId: 'GM-03-02' }))).toEqual([
      404,
      'NOT_FOUND',
    ])
  })
})
