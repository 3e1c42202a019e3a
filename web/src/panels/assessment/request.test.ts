import { describe, expect, it } from 'vitest'
import { emptyRequest, isComplete, ofMethod, readRequest, writeRequest } from './request.ts'

const units = [
  {
    name: '液氨储罐区',
    kind: 'storage' as const,
    substances: [
      { name: '氨', tonnes: 18 },
      { name: '柴油', amount: 20, unit: 'm³', densityKgPerM3: 840, className: 'W5.4' },
    ],
  },
]

describe('the address of a calculation', () => {
  it.each([
    { method: 'lec' as const, l: 0.5, e: 6, c: 15 },
    { method: 'ls' as const, l: 3, s: 5, thresholdSet: 'B' },
    { method: 'gb18218' as const, exposedPeople: 0, units },
    { method: 'direct' as const, clauseId: 'HC-01' },
    { method: 'direct' as const, level: 3 as const, reason: '专家会审' },
  ])('brings back %j', (request) => {
    expect(readRequest(writeRequest(request))).toEqual(request)
  })

  it('that cannot be read opens an empty calculator', () => {
    expect(readRequest({ method: 'fmea', l: 'abc' })).toEqual({ method: 'lec' })
    expect(readRequest({ method: 'gb18218', units: '{broken' })).toEqual(emptyRequest('gb18218'))
    expect(readRequest({ method: 'gb18218', units: '[1]' })).toEqual(emptyRequest('gb18218'))
  })

  it('holds only what the method takes', () => {
    expect(ofMethod({ method: 'ls', l: 3, s: 2, e: 6, units })).toEqual({ method: 'ls', l: 3, s: 2 })
  })
})

describe('a request is asked', () => {
  it('once everything is filled in, and not before', () => {
    expect(isComplete({ method: 'lec', l: 6, e: 6 })).toBe(false)
    expect(isComplete({ method: 'lec', l: 6, e: 6, c: 15 })).toBe(true)
    expect(isComplete({ method: 'ls', l: 6, s: 1 })).toBe(true)
    expect(isComplete({ method: 'gb18218', units })).toBe(false)
    expect(isComplete({ method: 'gb18218', units, exposedPeople: 0 })).toBe(true)
    expect(isComplete({ ...emptyRequest('gb18218'), exposedPeople: 0 })).toBe(false)
    expect(isComplete({ method: 'direct', level: 2, reason: ' ' })).toBe(false)
    expect(isComplete({ method: 'direct', clauseId: 'HC-01' })).toBe(true)
  })
})
