import { describe, expect, it } from 'vitest'
import { type ClauseStanding, EVER, explainRefusal, isInForce, mayMakeMajor, STILL } from './model.ts'

const clause = (rest: Partial<ClauseStanding> = {}): ClauseStanding => ({
  id: 'FD-6.5',
  kind: 'major_direct',
  documentNumber: 'GB 35181-2017',
  confirmed: true,
  makesMajor: true,
  inForceFrom: '2017-01-01',
  inForceTo: '2025-11-01',
  effectiveFrom: null,
  effectiveTo: '2025-11-01',
  successor: 'GB 35181-2025',
  ...rest,
})

describe('a clause is in force', () => {
  it.each([
    ['2016-12-31', false],
    ['2017-01-01', true],
    ['2025-10-31', true],
    ['2025-11-01', false],
  ])('on %s: %s, from its first day to the day before the next edition', (day, expected) => {
    expect(isInForce(clause(), day)).toBe(expected)
    expect(mayMakeMajor(clause(), day)).toBe(expected)
    expect(mayMakeMajor(clause({ makesMajor: false }), day)).toBe(false)
  })

  it('on no day if nobody knows when it ended, on every day if nothing speaks against it', () => {
    expect(isInForce(clause({ inForceFrom: EVER, inForceTo: EVER }), '2020-01-01')).toBe(false)
    expect(isInForce(clause({ inForceFrom: EVER, inForceTo: STILL }), '1990-01-01')).toBe(true)
  })
})

describe('a refusal says', () => {
  it.each<[string, Partial<ClauseStanding>, string, string]>([
    [
      'when it ended and what came after',
      {},
      '2026-01-05',
      '条款 FD-6.5（GB 35181-2017：施行日待核，2025-11-01 起停止施行，由 GB 35181-2025 代替）在发现日期 2026-01-05 不在施行期内，不能据此认定「重大」',
    ],
    [
      'when it begins',
      {
        documentNumber: 'AQ 3067-2026',
        inForceFrom: '2026-09-30',
        inForceTo: STILL,
        effectiveFrom: '2026-09-30',
        effectiveTo: null,
        successor: null,
      },
      '2026-09-29',
      '条款 FD-6.5（AQ 3067-2026：2026-09-30 起施行）在发现日期 2026-09-29 不在施行期内，不能据此认定「重大」',
    ],
    [
      'that it is to be confirmed',
      { confirmed: false, makesMajor: false },
      '2024-06-01',
      '条款 FD-6.5（GB 35181-2017：施行日待核，2025-11-01 起停止施行，由 GB 35181-2025 代替）待核：管理员对照原文核对并注明出处以后，才能据此认定「重大」',
    ],
    [
      'that it counts only together with others',
      { kind: 'major_composite_element', makesMajor: false },
      '2024-06-01',
      '条款 FD-6.5（GB 35181-2017：施行日待核，2025-11-01 起停止施行，由 GB 35181-2025 代替）是综合判定要素，按条数综合判定，单条不能认定「重大」',
    ],
  ])('%s', (_what, rest, day, sentence) => {
    expect(explainRefusal(clause(rest), day, true)).toBe(sentence)
  })
})
