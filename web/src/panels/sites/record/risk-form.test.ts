import type { Risk } from '@contract'
import { describe, expect, it } from 'vitest'
import { newAssessmentOf, newRiskOf, requestOfRisk, riskPatchOf, startRisk } from './risk-form.ts'

const site = { responsibleUnit: '安全部', responsiblePerson: '王示例' }
const today = '2026-11-24'
const risk = {
  name: '充装作业',
  kind: null,
  method: 'lec',
  inputs: { L: 3, E: 6, C: 15 },
  responsiblePerson: '李示例',
  assessedBy: '赵示例',
  assessedOn: '2025-06-01',
  nextReviewOn: '2026-06-01',
  residualLevel: 3,
  arithmetic: null,
  clause: null,
} as unknown as Risk

describe('the form of a risk', () => {
  it('starts with what the place says, and sends what was left empty as nothing', () => {
    const values = { ...startRisk(site, null, 'new', '分析员', today), name: ' 罐区 ', kind: ' ' }
    expect(newRiskOf(values, { method: 'lec', l: 3, e: 6, c: 15 })).toMatchObject({
      name: '罐区',
      kind: null,
      responsiblePerson: '王示例',
      assessedBy: '分析员',
      assessedOn: today,
      nextReviewOn: null,
      residualLevel: null,
      assessment: { method: 'lec', l: 3 },
    })
  })
  it('of an assessment made again asks anew who judged, when, and when again', () => {
    const values = startRisk(site, risk, 'again', '分析员', today)
    const body = newAssessmentOf(values, requestOfRisk(risk), 4)
    expect(body).toEqual({
      version: 4,
      assessedBy: '分析员',
      assessedOn: today,
      nextReviewOn: null,
      residualLevel: 3,
      assessment: { method: 'lec', l: 3, e: 6, c: 15 },
    })
  })
  it('of an edit keeps the days, and holds no arithmetic', () => {
    const body = riskPatchOf(startRisk(site, risk, 'edit', '分析员', today), 4)
    expect(body).toMatchObject({ version: 4, assessedBy: '赵示例', nextReviewOn: '2026-06-01' })
    expect(body).not.toHaveProperty('assessment')
  })
})

describe('the request of a kept assessment', () => {
  it('is made again from its inputs', () => {
    const ls = { method: 'ls', inputs: { L: 5, S: 3 }, arithmetic: { thresholdSet: { id: 'B' } } }
    expect(requestOfRisk(ls as unknown as Risk)).toEqual({ method: 'ls', l: 5, s: 3, thresholdSet: 'B' })
    const direct = {
      method: 'direct',
      inputs: { clauseId: 'HC-01', level: 1 },
      clause: { id: 'HC-01', title: 'x' },
    }
    expect(requestOfRisk(direct as unknown as Risk)).toEqual({ method: 'direct', clauseId: 'HC-01' })
    expect(requestOfRisk(null)).toEqual({ method: 'lec' })
  })
})
