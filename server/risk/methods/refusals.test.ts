import { describe, expect, it } from 'vitest'
import type { AssessRequest, SubstanceInput } from '../assess-schema.ts'
import { assess } from './assess.ts'
import type { CitedClause } from './direct.ts'
import { RiskInputError } from './error.ts'
import { DEFAULT_METHOD_SETTINGS } from './settings.ts'

const context = { settings: DEFAULT_METHOD_SETTINGS, on: '2025-06-18', clause: null }

function refusalOf(request: AssessRequest): RiskInputError {
  try {
    assess(request, context)
  } catch (error) {
    if (error instanceof RiskInputError) return error
    throw error
  }
  throw new Error('was not refused')
}
const substance = (input: SubstanceInput) =>
  refusalOf({ method: 'gb18218', exposedPeople: 60, units: [{ name: '储罐区', substances: [input] }] })

describe('values of LEC and LS', () => {
  it.each([
    [
      { method: 'lec', l: 4, e: 6, c: 15 },
      'l',
      'BAD_SCALE_VALUE',
      'L 「4」不在表内，可用：10、6、3、1、0.5、0.2、0.1',
    ],
    [
      { method: 'lec', l: 6, e: 6, c: 20 },
      'c',
      'BAD_SCALE_VALUE',
      'C 「20」不在表内，可用：100、40、15、7、3、1',
    ],
    [{ method: 'lec', l: 6, c: 15 }, 'e', 'MISSING_SCALE_VALUE', 'E 没有填，可用：10、6、3、2、1、0.5'],
    [{ method: 'lec', l: -6, e: 6, c: 15 }, 'l', 'BAD_SCALE_VALUE', 'L 「-6」不在表内'],
    [{ method: 'ls', l: 6, s: 1 }, 'l', 'BAD_SCALE_VALUE', 'L 「6」不在表内，可用：1、2、3、4、5'],
    [{ method: 'ls', l: 1, s: 2.5 }, 's', 'BAD_SCALE_VALUE', 'S 「2.5」不在表内，可用：1、2、3、4、5'],
    [
      { method: 'ls', l: 1, s: 1, thresholdSet: 'C' },
      'thresholdSet',
      'UNKNOWN_THRESHOLD_SET',
      '没有阈值方案「C」，可用：A（A（20/15/9））、B（B（17/13/8））',
    ],
  ] as const)('%j', (request, parameter, code, message) => {
    const refusal = refusalOf(request)
    expect([refusal.parameter, refusal.code]).toEqual([parameter, code])
    expect(refusal.message).toContain(message)
    expect(refusal.allowed.length).toBeGreaterThan(1)
  })
})

describe('amounts', () => {
  const ammonia = { name: '液氨' }
  it.each([
    [{ ...ammonia, tonnes: -1 }, 'tonnes', 'BAD_QUANTITY', '数量「-1」应是大于 0 的数'],
    [{ ...ammonia, tonnes: 0 }, 'tonnes', 'BAD_QUANTITY', '数量「0」应是大于 0 的数'],
    [{ ...ammonia, tonnes: Number.NaN }, 'tonnes', 'BAD_QUANTITY', '数量「NaN」应是大于 0 的数'],
    [{ ...ammonia, tonnes: Number.POSITIVE_INFINITY }, 'tonnes', 'BAD_QUANTITY', '应是大于 0 的数'],
    [
      { ...ammonia, tonnes: 10_000_001 },
      'tonnes',
      'ABSURD_QUANTITY',
      '数量 10000001 t 超过 10,000,000 t，请核对单位',
    ],
    [
      { ...ammonia, amount: 1e11, unit: 'kg' },
      'amount',
      'ABSURD_QUANTITY',
      '100000000000 kg（100000000 t） 超过',
    ],
    [{ ...ammonia, amount: -5, unit: 'kg' }, 'amount', 'BAD_QUANTITY', '数量「-5 kg」应是大于 0 的数'],
    [ammonia, 'tonnes', 'NO_QUANTITY', '没有填数量'],
    [{ ...ammonia, tonnes: 1, amount: 1000, unit: 'kg' }, 'tonnes', 'MIXED_UNITS', '请只写一个'],
    [{ ...ammonia, tonnes: 1, unit: 'kg' }, 'unit', 'MIXED_UNITS', '吨数旁写了单位「kg」'],
    [{ ...ammonia, amount: 5 }, 'unit', 'UNKNOWN_UNIT', '数量没有写单位，可用：t、kg、g、m³、L'],
    [
      { ...ammonia, amount: 5, unit: '桶' },
      'unit',
      'UNKNOWN_UNIT',
      '单位「桶」不认识，可用：t、kg、g、m³、L',
    ],
    [{ ...ammonia, amount: 5, unit: 't/kg' }, 'unit', 'UNKNOWN_UNIT', '单位「t/kg」不认识'],
    [{ ...ammonia, amount: 30, unit: 'm³' }, 'densityKgPerM3', 'NO_DENSITY', '以 m³ 计的数量要有密度'],
    [
      { ...ammonia, amount: 30, unit: '升', densityKgPerM3: 0 },
      'densityKgPerM3',
      'BAD_DENSITY',
      '密度「0」应在',
    ],
    [
      { ...ammonia, amount: 30, unit: 'm3', densityKgPerM3: -600 },
      'densityKgPerM3',
      'BAD_DENSITY',
      '密度「-600」',
    ],
  ])('%j', (input, field, code, message) => {
    const refusal = substance(input)
    expect([refusal.parameter, refusal.code]).toEqual([`units[0].substances[0].${field}`, code])
    expect(refusal.message).toContain('单元「储罐区」第 1 行：')
    expect(refusal.message).toContain(message)
  })
})

describe('substances', () => {
  it('that are not known are answered with near names and the way out', () => {
    const refusal = substance({ name: '液按', tonnes: 1 })
    expect(refusal).toMatchObject({ parameter: 'units[0].substances[0].name', code: 'UNKNOWN_SUBSTANCE' })
    expect(refusal.nearest[0]).toBe('液氨')
    expect(refusal.message).toContain('表1 没有「液按」，名称相近的有：液氨（氨，7664-41-7）')
    expect(refusal.message).toContain('请按 SDS 选表2 类别')
    expect(substance({ name: '甲醇溶', tonnes: 1 }).nearest[0]).toBe('甲醇')
    expect(substance({ name: 'qqq', tonnes: 1 }).nearest).toEqual([])
  })

  it('under a CAS number with a wrong check digit are told the right one', () => {
    const refusal = substance({ cas: '7664-41-8', tonnes: 1 })
    expect([refusal.parameter, refusal.code]).toEqual(['units[0].substances[0].cas', 'BAD_CAS_CHECK_DIGIT'])
    expect(refusal.message).toContain('CAS 校验位不对：7664-41-8 的末位按前面各位应为 7')
    expect(substance({ cas: '7664/41', tonnes: 1 }).code).toBe('BAD_CAS')
    // water is a right number, but not in the table
    expect(substance({ cas: '7732-18-5', tonnes: 1 }).code).toBe('UNKNOWN_SUBSTANCE')
  })

  it('with several conditions under one number or short name are to be chosen by name', () => {
    const nitrate = substance({ cas: '6484-52-2', tonnes: 1 })
    expect([nitrate.code, nitrate.allowed]).toEqual([
      'AMBIGUOUS_SUBSTANCE',
      ['硝酸铵（可燃物>0.2%）', '硝酸铵（可燃物≤0.2%）'],
    ])
    expect(substance({ name: '硝酸铵', tonnes: 1 }).allowed).toHaveLength(2)
    expect(substance({ name: '硝化棉', tonnes: 1 }).allowed).toHaveLength(5)
    expect(substance({ cas: '9004-70-0', tonnes: 1 }).allowed).toHaveLength(6)
    // the number with the name is enough
    const chosen = { cas: '6484-52-2', name: '硝酸铵（可燃物≤0.2%）', tonnes: 50 }
    const reply = assess(
      { method: 'gb18218', exposedPeople: 0, units: [{ name: '库', substances: [chosen] }] },
      context,
    )
    expect(reply.units[0]).toMatchObject({ s: 1, substances: [{ criticalTonnes: 50 }] })
  })

  it('whose β hangs on the class are answered with the classes by name, not with a guess', () => {
    const refusal = substance({ name: '发烟硝酸', tonnes: 20 })
    expect([refusal.parameter, refusal.code]).toEqual(['units[0].substances[0].className', 'CLASS_NEEDED'])
    expect(refusal.allowed).toHaveLength(24)
    expect(refusal.message).toContain('请按 SDS 从表2 的 24 个类别（J1～W11）里选一个')
    expect(refusal.allowed[0]).toBe('J1 急性毒性：类别1，所有途径，气体')
    expect(substance({ name: '过氧乙酸', tonnes: 10 }).allowed).toEqual([
      'W7.1 有机过氧化物：A型、B型',
      'W7.2 有机过氧化物：C/D/E/F型',
    ])
    expect(substance({ name: '柴油', className: 'W99', tonnes: 1 }).code).toBe('UNKNOWN_CLASS')
  })

  it('without a name, or named otherwise than numbered, are refused', () => {
    expect(substance({ tonnes: 1 }).code).toBe('NO_SUBSTANCE_NAME')
    expect(substance({ name: ' ', cas: null, tonnes: 1 }).code).toBe('NO_SUBSTANCE_NAME')
    const refusal = substance({ name: '液氯', cas: '7664-41-7', tonnes: 1 })
    expect(refusal.code).toBe('NAME_AND_CAS_DISAGREE')
    expect(refusal.message).toContain('CAS 7664-41-7 在表1 是「氨」，名称却写「液氯」')
  })
})

describe('units and people', () => {
  const units = [{ name: '储罐区', substances: [{ name: '氨', tonnes: 18 }] }]
  it.each([
    [{ method: 'gb18218', exposedPeople: 60 }, 'units', 'NO_UNIT'],
    [{ method: 'gb18218', exposedPeople: 60, units: [] }, 'units', 'NO_UNIT'],
    [{ method: 'gb18218', units }, 'exposedPeople', 'NO_EXPOSED_PEOPLE'],
    [{ method: 'gb18218', exposedPeople: -1, units }, 'exposedPeople', 'BAD_EXPOSED_PEOPLE'],
    [{ method: 'gb18218', exposedPeople: 0.5, units }, 'exposedPeople', 'BAD_EXPOSED_PEOPLE'],
    [{ method: 'gb18218', exposedPeople: 1e7, units }, 'exposedPeople', 'BAD_EXPOSED_PEOPLE'],
    [
      { method: 'gb18218', exposedPeople: 1, units: [...units, { name: '空罐', substances: [] }] },
      'units[1].substances',
      'NO_SUBSTANCE',
    ],
    [
      { method: 'gb18218', exposedPeople: 1, units: [{ ...units[0], name: ' ' }] },
      'units[0].name',
      'NO_UNIT_NAME',
    ],
  ] as [AssessRequest, string, string][])('%j', (request, parameter, code) => {
    const refusal = refusalOf(request)
    expect([refusal.parameter, refusal.code]).toEqual([parameter, code])
  })
})

describe('direct judgements', () => {
  it.each([
    [{ method: 'direct' }, 'level', 'NO_LEVEL'],
    [{ method: 'direct', level: 2 }, 'reason', 'NO_REASON'],
    [{ method: 'direct', level: 1, reason: '严重' }, 'rule', 'MAJOR_NEEDS_CLAUSE'],
    [{ method: 'direct', level: 1, reason: '严重', rule: 'whim' }, 'rule', 'UNKNOWN_RULE'],
    [{ method: 'direct', level: 2, reason: '严重', rule: 'past-casualties' }, 'rule', 'RULE_ONLY_FOR_MAJOR'],
  ] as [AssessRequest, string, string][])('%j', (request, parameter, code) => {
    const refusal = refusalOf(request)
    expect([refusal.parameter, refusal.code]).toEqual([parameter, code])
  })

  it('by a clause that is not in force, or of another level, are refused', () => {
    const clause = {
      id: 'XF-02',
      title: '旧标准 第1条',
      source: '旧标准',
      text: '',
      confirmed: true,
    }
    const judge = (request: AssessRequest, refusal: CitedClause['refusal']) => () =>
      assess(request, { ...context, clause: { ...clause, refusal } })
    const refusal = { text: '条款 XF-02 不在施行期内', allowed: ['XF-03'] }
    expect(judge({ method: 'direct', clauseId: 'XF-02' }, refusal)).toThrow(
      expect.objectContaining({ code: 'CLAUSE_NOT_IN_FORCE', allowed: ['XF-03'] }),
    )
    expect(judge({ method: 'direct', clauseId: 'XF-02', level: 3 }, null)).toThrow(
      '等级只能是 1 重大，写的是 3',
    )
  })
})
