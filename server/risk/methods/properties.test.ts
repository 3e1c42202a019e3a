import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AssessReply, SubstanceInput } from '../assess-schema.ts'
import { assess } from './assess.ts'
import { asNumber, asText, exact, ZERO } from './exact.ts'
import { LEC } from './lec.ts'
import { LS } from './ls.ts'
import { DEFAULT_METHOD_SETTINGS } from './settings.ts'
import { SUBSTANCES } from './substances.ts'

const context = { settings: DEFAULT_METHOD_SETTINGS, on: '2025-06-18', clause: null }
const assessTank = (exposedPeople: number, substances: SubstanceInput[]): AssessReply =>
  assess({ method: 'gb18218', exposedPeople, units: [{ name: '储罐区', substances }] }, context)
const unitOf = (people: number, substances: SubstanceInput[]) => {
  const [unit] = assessTank(people, substances).units
  if (!unit) throw new Error('no unit')
  return unit
}

/** Any line of table 1; where its β is open, with a class. */
const line = fc.constantFrom(...SUBSTANCES).map(
  ({ name, beta }): SubstanceInput => ({
    name,
    ...(beta === null ? { className: 'J2' } : {}),
  }),
)
const tonnes = fc.integer({ min: 1, max: 9_000_000_000 }).map((grams) => grams / 1000)
const stock = fc.tuple(line, tonnes).map(([substance, amount]) => ({ ...substance, tonnes: amount }))
const stocks = fc.array(stock, { minLength: 1, maxLength: 6 })
const people = fc.integer({ min: 0, max: 500 })

describe('a major hazard source', () => {
  it('never gets a lower S, R or graver-to-milder grade by more stock', () => {
    fc.assert(
      fc.property(stocks, people, fc.nat(), tonnes, (substances, exposed, pick, more) => {
        const index = pick % substances.length
        const grown = substances.map((entry, at) =>
          at === index ? { ...entry, tonnes: Math.min(entry.tonnes + more, 10_000_000) } : entry,
        )
        const before = unitOf(exposed, substances)
        const after = unitOf(exposed, grown)
        expect(after.s).toBeGreaterThanOrEqual(before.s)
        expect(after.r).toBeGreaterThanOrEqual(before.r)
        expect(after.grade ?? 5).toBeLessThanOrEqual(before.grade ?? 5)
      }),
    )
  })

  it('is the same in whatever order its substances are written', () => {
    const shuffled = stocks.chain((substances) =>
      fc.tuple(
        fc.constant(substances),
        fc.shuffledSubarray(substances, { minLength: substances.length, maxLength: substances.length }),
      ),
    )
    fc.assert(
      fc.property(shuffled, people, ([substances, other], exposed) => {
        const [a, b] = [unitOf(exposed, substances), unitOf(exposed, other)]
        expect([b.s, b.r, b.grade]).toEqual([a.s, a.r, a.grade])
      }),
    )
  })

  it('begins exactly where the stock reaches the critical amount, for every line of the table', () => {
    for (const { name, beta, criticalTonnes } of SUBSTANCES) {
      const input = { name, ...(beta === null ? { className: 'J2' } : {}) }
      const isSource = (amount: number) => unitOf(0, [{ ...input, tonnes: amount }]).isMajorHazardSource
      expect([name, isSource(criticalTonnes)]).toEqual([name, true])
      // a gram less
      expect([name, isSource(asNumber(exact(criticalTonnes).sub(exact(0.000_001))))]).toEqual([name, false])
    }
  })

  it('has an S that shows as one or more exactly where it is one', () => {
    fc.assert(
      fc.property(stocks, people, (substances, exposed) => {
        const unit = unitOf(exposed, substances)
        expect(unit.s >= 1).toBe(unit.isMajorHazardSource)
        const grade = [100, 50, 10].findIndex((from) => unit.r >= from)
        expect(unit.grade).toBe(unit.isMajorHazardSource ? (grade === -1 ? 4 : grade + 1) : null)
      }),
    )
  })

  it('is not milder where more people live', () => {
    fc.assert(
      fc.property(stocks, people, people, (substances, a, b) => {
        const [few, many] = a < b ? [a, b] : [b, a]
        expect(unitOf(many, substances).r).toBeGreaterThanOrEqual(unitOf(few, substances).r)
      }),
    )
  })
})

describe('LEC and LS', () => {
  it('never get milder by a greater value', () => {
    const values = (entries: readonly { value: number }[]) =>
      fc.constantFrom(...entries.map(({ value }) => value))
    fc.assert(
      fc.property(values(LEC.L), values(LEC.E), values(LEC.C), values(LEC.L), (l, e, c, other) => {
        const low = assess({ method: 'lec', l: Math.min(l, other), e, c }, context)
        const high = assess({ method: 'lec', l: Math.max(l, other), e, c }, context)
        expect(high.score).toBeGreaterThanOrEqual(low.score ?? Number.NaN)
        expect(high.level).toBeLessThanOrEqual(low.level ?? Number.NaN)
      }),
    )
    fc.assert(
      fc.property(values(LS.L), values(LS.S), values(LS.S), (l, s, other) => {
        const low = assess({ method: 'ls', l, s: Math.min(s, other) }, context)
        const high = assess({ method: 'ls', l, s: Math.max(s, other) }, context)
        expect(high.level).toBeLessThanOrEqual(low.level ?? Number.NaN)
      }),
    )
  })
})

describe('exact numbers', () => {
  it('are what was written, also very small and very large ones', () => {
    expect([0.1, 1e-7, 1e21, 12.5e-9].map((value) => exact(value).toFraction())).toEqual([
      '1/10',
      '1/10000000',
      '1000000000000000000000',
      '1/80000000',
    ])
    expect(exact(0.1).add(exact(0.2)).add(exact(0.7)).equals(1)).toBe(true)
  })

  it('are cut where they are shown, never rounded up', () => {
    expect([asNumber(exact(0.999_999_9)), asText(exact(0.999_999_9))]).toEqual([0.999_999, '0.999999…'])
    expect([asNumber(exact(1).div(3)), asText(exact(2).div(3)), asText(exact(5.4))]).toEqual([
      0.333_333,
      '0.666666…',
      '5.4',
    ])
    expect(asText(ZERO)).toBe('0')
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e7, noNaN: true }), (value) => {
        expect(asNumber(exact(value))).toBeLessThanOrEqual(value)
      }),
    )
  })
})
