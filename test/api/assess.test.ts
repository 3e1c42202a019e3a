import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../harness/app.ts'

let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
})
afterAll(() => test.close())

const assess = (payload: object, username: string | null = 'analyst') =>
  test.post(username, '/api/risk/assess', payload)
const ammonia = { name: '液氨储罐区', kind: 'storage', substances: [{ name: '液氨', tonnes: 18 }] }

describe('the calculator', () => {
  it('works out the examples of the standard to the last digit, for every role', async () => {
    const examples: [object, object][] = [
      [
        { exposedPeople: 60, units: [ammonia] },
        { score: 5.4, grade: 4, level: 1, formula: 'R=1.5×2×1.8=5.4', confirmed: true },
      ],
      [
        {
          exposedPeople: 120,
          units: [
            {
              name: '罐区',
              substances: [
                { cas: '86290-81-5', tonnes: 300 },
                { name: '木醇', amount: 250_000, unit: 'kg' },
              ],
            },
          ],
        },
        { score: 4, grade: 4, level: 1, formula: 'R=2×(1×1.5+1×0.5)=4', confirmed: false },
      ],
      [
        { exposedPeople: 200, units: [{ name: '氯库', substances: [{ name: '液氯', tonnes: 30 }] }] },
        { score: 48, grade: 3, level: 1, formula: 'R=2×4×6=48', confirmed: true },
      ],
    ]
    for (const username of ['analyst', 'officer-220171001', 'fire-inspector', 'commander', 'admin']) {
      for (const [request, answer] of examples) {
        const reply = await assess({ method: 'gb18218', ...request }, username)
        expect(reply.statusCode, reply.body).toBe(200)
        expect(reply.json()).toMatchObject(answer)
      }
    }
    const first = (await assess({ method: 'gb18218', exposedPeople: 60, units: [ammonia] })).json()
    expect(first.units[0]).toMatchObject({ s: 1.8, r: 5.4, grade: 4, alpha: 1.5, isMajorHazardSource: true })
  })

  it('answers LEC and LS with the set that graded them', async () => {
    expect((await assess({ method: 'lec', l: 6, e: 6, c: 15 })).json()).toMatchObject({
      score: 540,
      level: 1,
      grade: null,
      formula: 'D=6×6×15=540',
      thresholdSet: { levelsFrom: [320, 160, 70], endsGoTo: 'higher' },
    })
    expect((await assess({ method: 'ls', l: 5, s: 3 })).json()).toMatchObject({
      score: 15,
      level: 2,
      thresholdSet: { id: 'A' },
      confirmed: true,
    })
  })

  it('judges major by a clause that is confirmed and in force, and by no other', async () => {
    const reply = (await assess({ method: 'direct', clauseId: 'HC-01' })).json()
    expect(reply).toMatchObject({
      level: 1,
      score: null,
      confirmed: true,
      clause: { id: 'HC-01', title: '测试〔2025〕1号 第HC-01条' },
    })
    expect(reply.steps[0]).toContain(
      '「测试判定标准」测试〔2025〕1号 第HC-01条（HC-01，已核，2025-06-18 现行）',
    )
    for (const clauseId of ['XF-01', 'XF-02']) {
      const refusal = await assess({ method: 'direct', clauseId })
      expect([refusal.statusCode, refusal.json().code]).toEqual([422, 'CLAUSE_NOT_IN_FORCE'])
      expect(refusal.json()).toMatchObject({ parameter: 'clauseId' })
    }
  })
})

describe('bad input', () => {
  const inUnit = (substance: object, change: object = {}) => ({
    method: 'gb18218',
    exposedPeople: 60,
    units: [{ name: '罐区', substances: [substance] }],
    ...change,
  })
  const row = 'units[0].substances[0]'
  const refused: [string, object, number, string, string | undefined][] = [
    ['L off the scale', { method: 'lec', l: 4, e: 6, c: 15 }, 422, 'BAD_SCALE_VALUE', 'l'],
    ['E missing', { method: 'lec', l: 6, c: 15 }, 422, 'MISSING_SCALE_VALUE', 'e'],
    ['S of 6', { method: 'ls', l: 1, s: 6 }, 422, 'BAD_SCALE_VALUE', 's'],
    ['L as text', { method: 'lec', l: '6', e: 6, c: 15 }, 400, 'BAD_INPUT', undefined],
    ['unknown method', { method: 'fmea' }, 400, 'BAD_INPUT', undefined],
    ['no method', {}, 400, 'BAD_INPUT', undefined],
    ['unknown word', { method: 'lec', l: 6, e: 6, c: 15, d: 1 }, 400, 'BAD_INPUT', undefined],
    [
      'unknown set',
      { method: 'ls', l: 1, s: 1, thresholdSet: 'Z' },
      422,
      'UNKNOWN_THRESHOLD_SET',
      'thresholdSet',
    ],
    ['negative', inUnit({ name: '氨', tonnes: -1 }), 422, 'BAD_QUANTITY', `${row}.tonnes`],
    ['nothing', inUnit({ name: '氨', tonnes: 0 }), 422, 'BAD_QUANTITY', `${row}.tonnes`],
    ['absurd', inUnit({ name: '氨', tonnes: 1e9 }), 422, 'ABSURD_QUANTITY', `${row}.tonnes`],
    ['as text', inUnit({ name: '氨', tonnes: '18 t' }), 400, 'BAD_INPUT', undefined],
    ['null', inUnit({ name: '氨', tonnes: null }), 400, 'BAD_INPUT', undefined],
    ['unknown unit', inUnit({ name: '氨', amount: 18, unit: '车' }), 422, 'UNKNOWN_UNIT', `${row}.unit`],
    [
      'no density',
      inUnit({ name: '氨', amount: 18, unit: 'm³' }),
      422,
      'NO_DENSITY',
      `${row}.densityKgPerM3`,
    ],
    ['both', inUnit({ name: '氨', tonnes: 1, amount: 1, unit: 'kg' }), 422, 'MIXED_UNITS', `${row}.tonnes`],
    ['no quantity', inUnit({ name: '氨' }), 422, 'NO_QUANTITY', `${row}.tonnes`],
    ['unknown substance', inUnit({ name: '液按', tonnes: 1 }), 422, 'UNKNOWN_SUBSTANCE', `${row}.name`],
    ['wrong check digit', inUnit({ cas: '7664-41-8', tonnes: 1 }), 422, 'BAD_CAS_CHECK_DIGIT', `${row}.cas`],
    ['ambiguous', inUnit({ cas: '6484-52-2', tonnes: 1 }), 422, 'AMBIGUOUS_SUBSTANCE', `${row}.cas`],
    ['class needed', inUnit({ name: '溴', tonnes: 1 }), 422, 'CLASS_NEEDED', `${row}.className`],
    [
      'unknown class',
      inUnit({ name: '柴油', className: 'Q1', tonnes: 1 }),
      422,
      'UNKNOWN_CLASS',
      `${row}.className`,
    ],
    ['no units', inUnit({}, { units: [] }), 422, 'NO_UNIT', 'units'],
    [
      'empty unit',
      inUnit({}, { units: [{ name: '罐区', substances: [] }] }),
      422,
      'NO_SUBSTANCE',
      'units[0].substances',
    ],
    [
      'unnamed unit',
      inUnit({}, { units: [{ name: '', substances: [] }] }),
      422,
      'NO_UNIT_NAME',
      'units[0].name',
    ],
    [
      'half a person',
      inUnit({ name: '氨', tonnes: 1 }, { exposedPeople: 0.5 }),
      422,
      'BAD_EXPOSED_PEOPLE',
      'exposedPeople',
    ],
    [
      'minus people',
      inUnit({ name: '氨', tonnes: 1 }, { exposedPeople: -1 }),
      422,
      'BAD_EXPOSED_PEOPLE',
      'exposedPeople',
    ],
    ['unknown people', { method: 'gb18218', units: [ammonia] }, 422, 'NO_EXPOSED_PEOPLE', 'exposedPeople'],
    [
      'before 2019',
      inUnit({ name: '氨', tonnes: 1 }, { on: '2018-01-01' }),
      422,
      'STANDARD_NOT_IN_FORCE',
      'on',
    ],
    ['no such day', inUnit({ name: '氨', tonnes: 1 }, { on: '2025-02-30' }), 400, 'BAD_FILTER', 'on'],
    ['unknown clause', { method: 'direct', clauseId: 'NO-99' }, 422, 'UNKNOWN_CLAUSE', undefined],
    [
      'major without clause',
      { method: 'direct', level: 1, reason: '严重' },
      422,
      'MAJOR_NEEDS_CLAUSE',
      'rule',
    ],
    ['no reason', { method: 'direct', level: 2 }, 422, 'NO_REASON', 'reason'],
    ['level 5', { method: 'direct', level: 5, reason: '严重' }, 400, 'BAD_INPUT', undefined],
  ]
  it.each(refused)('%s', async (_title, payload, status, code, parameter) => {
    const reply = await assess(payload)
    const problem = reply.json()
    expect([reply.statusCode, problem.code, problem.parameter], reply.body).toEqual([status, code, parameter])
    expect(reply.headers['content-type']).toContain('application/problem+json')
    expect(problem.detail).toMatch(/[一-鿿]/)
  })

  it('names near substances, allowed classes and allowed values', async () => {
    const near = (await assess(inUnit({ name: '液按', tonnes: 1 }))).json()
    expect(near.nearest[0]).toBe('液氨')
    expect(near.detail).toContain(
      '单元「罐区」第 1 行：表1 没有「液按」，名称相近的有：液氨（氨，7664-41-7）',
    )
    expect((await assess(inUnit({ name: '溴', tonnes: 1 }))).json().allowed).toHaveLength(24)
    expect((await assess({ method: 'lec', l: 4, e: 6, c: 15 })).json().allowed).toEqual([
      10, 6, 3, 1, 0.5, 0.2, 0.1,
    ])
  })

  it('is asked only of who is signed in', async () => {
    for (const reply of [
      await assess({ method: 'lec', l: 6, e: 6, c: 15 }, null),
      await test.get(null, '/api/risk/substances'),
      await test.get(null, '/api/risk/methods'),
      await test.get(null, '/api/settings/risk-methods'),
    ]) {
      expect([reply.statusCode, reply.json().code]).toEqual([401, 'NOT_SIGNED_IN'])
    }
  })
})
