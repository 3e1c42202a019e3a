import { comparableText } from '../core/plain-text.ts'
import {
  RISK_LEVEL_TERMS,
  RISK_LEVELS,
  type RiskLevel,
  type RiskMethod,
  SECTOR_TERMS,
  SECTORS,
  SEVERITIES,
  SEVERITY_TERMS,
  type Sector,
  type Severity,
  STATUS_TERMS,
  STATUSES,
  type Status,
} from '../core/vocabulary.ts'

/** The ways in which officials write one word of ours. */
export interface WordTable<T> {
  label: (value: T) => string
  values: readonly T[]
  synonyms: ReadonlyMap<string, T>
}

function makeTable<T extends string | number>(
  values: readonly T[],
  label: (value: T) => string,
  synonyms: Partial<Record<T, readonly string[]>>,
): WordTable<T> {
  const map = new Map<string, T>()
  for (const value of values) {
    for (const word of [label(value), String(value), ...(synonyms[value] ?? [])])
      map.set(comparableText(word), value)
  }
  return { label, values, synonyms: map }
}

export const SECTOR_WORDS = makeTable<Sector>(SECTORS, (sector) => SECTOR_TERMS[sector].zh, {
  chemicals: ['危化', '危化品', '危险品', '化工', '危险化学品（化工）', '化工和危险化学品', '危化行业'],
  fire: ['消防安全', '火灾', '消防领域', '人员密集场所'],
  transport: ['交通', '道路运输', '道路交通', '交通安全', '客货运', '运输'],
  industry: [
    '工贸行业',
    '工贸企业',
    '工业',
    '工业企业',
    '制造业',
    '冶金',
    '机械',
    '轻工',
    '建材',
    '有色',
    '商贸',
  ],
  gas: ['城镇燃气', '燃气安全', '天然气', '液化气'],
  construction: ['建筑', '建设工程', '房屋市政', '房屋市政工程', '房建市政', '建筑工程', '住建', '建设施工'],
  special_equipment: ['特设', '特种设备安全', '电梯', '锅炉'],
  small_place: ['九小场所', '九小', '三小场所', '小微场所', '沿街商铺'],
  self_built_house: ['自建房屋', '经营性自建房', '居民自建房', '农村自建房'],
  agriculture: ['农业机械', '农机安全', '农业', '农业农村'],
})

export const SEVERITY_WORDS = makeTable<Severity>(SEVERITIES, (severity) => SEVERITY_TERMS[severity].zh, {
  general: ['一般隐患', '一般事故隐患', '一般性隐患', '一般问题'],
  suspected_major: ['疑似重大隐患', '疑似重大事故隐患', '拟定重大'],
  major: ['重大隐患', '重大事故隐患', '重大火灾隐患'],
})

export const STATUS_WORDS = makeTable<Status>(STATUSES, (status) => STATUS_TERMS[status].zh, {
  reported: ['上报', '已上报', '待核查'],
  registered: ['登记', '已受理'],
  assigned: ['交办', '未整改', '待整改', '未完成', '未开始', '未动工', '已下达', '已派发'],
  rectifying: ['正在整改', '整改', '治理中', '限期整改', '部分整改', '已签收', '延期整改'],
  submitted: ['待验收', '复查中', '待销号', '整改完成待验', '整改完成待复查', '已提交'],
  closed: [
    '销号',
    '已闭环',
    '闭环',
    '已办结',
    '办结',
    '已验收',
    '验收合格',
    '复查合格',
    '已销案',
    '整改闭环',
  ],
  rejected: ['误报', '不属实', '非隐患', '不成立', '已驳回'],
})
/** Done according to the enterprise; whether it is closed depends on an inspection. */
const DONE_WORDS = [
  '已整改',
  '整改完成',
  '整改完毕',
  '已完成整改',
  '完成整改',
  '已完成',
  '完成',
  '已整改完成',
  '整改到位',
]

export const LEVEL_WORDS = makeTable<RiskLevel>(RISK_LEVELS, (level) => RISK_LEVEL_TERMS[level].zh, {
  1: ['重大风险', '红', '红色', '一级', '1级', 'Ⅰ级', 'Ⅰ', 'A级', '重大(红)'],
  2: ['较大风险', '橙', '橙色', '二级', '2级', 'Ⅱ级', 'Ⅱ', 'B级'],
  3: ['一般风险', '黄', '黄色', '三级', '3级', 'Ⅲ级', 'Ⅲ', 'C级', '中等', '中等风险'],
  4: ['低风险', '蓝', '蓝色', '四级', '4级', 'Ⅳ级', 'Ⅳ', 'D级', '较低', '较低风险', '低级'],
})

const METHODS: readonly RiskMethod[] = ['lec', 'ls', 'gb18218', 'direct']
const METHOD_LABELS: Record<RiskMethod, string> = {
  lec: 'LEC',
  ls: 'LS',
  gb18218: 'GB 18218',
  direct: '直接判定',
}
export const METHOD_WORDS = makeTable<RiskMethod>(METHODS, (method) => METHOD_LABELS[method], {
  lec: ['LEC法', '作业条件危险性分析', '作业条件危险性评价法', '格雷厄姆', 'D=LEC'],
  ls: ['LS法', 'LS矩阵法', 'LS矩阵', '风险矩阵', '风险矩阵法', '矩阵法', 'R=LS', 'LxS'],
  gb18218: ['GB18218-2018', '重大危险源辨识', '重大危险源'],
  direct: ['直判', '直接判定法', '经验判定', '专家判定', '定性'],
})

export const YES_NO_WORDS = makeTable<'yes' | 'no'>(
  ['yes', 'no'],
  (value) => (value === 'yes' ? '是' : '否'),
  {
    yes: ['有', '已挂牌', '√', '✓', 'y', 'true', '挂牌'],
    no: ['无', '未挂牌', '×', 'x', 'n', 'false', '不是', '否定'],
  },
)

export interface WordReading<T> {
  value: T | null
  nearest: T | null
}

/** The word of ours that a cell means; else the nearest one, to be proposed and never taken by itself. */
export function readWord<T extends string | number>(table: WordTable<T>, text: string): WordReading<T> {
  const compared = comparableText(text)
  const value = table.synonyms.get(compared)
  return value === undefined
    ? { value: null, nearest: nearestWord(table, compared) }
    : { value, nearest: null }
}

function nearestWord<T extends string | number>(table: WordTable<T>, compared: string): T | null {
  if (compared === '' || compared.length > 40) return null
  let best: T | null = null
  let bestScore = 0
  for (const [word, value] of table.synonyms) {
    // a word within the text tells most, then characters in common; Latin letters in common tell nothing
    if (word.length < 2 || /^\w+$/.test(word)) continue
    const score = compared.includes(word) ? 1 + word.length / 100 : likeness(word, compared)
    if (score > bestScore) {
      best = value
      bestScore = score
    }
  }
  return bestScore >= 0.5 ? best : null
}

/** Share of characters in common, 0 to 1. */
function likeness(a: string, b: string): number {
  const letters = new Set(a)
  const common = [...new Set(b)].filter((letter) => letters.has(letter)).length
  return (2 * common) / (letters.size + new Set(b).size)
}

/**
 * The status that a ledger's words mean. They often begin a sentence (已整改，更换灭火器 4 具). Done without an inspection
 * waits for re-inspection.
 */
export function readStatus(text: string, isInspected: boolean): Status | null {
  const whole = readWord(STATUS_WORDS, text)
  if (whole.value !== null) return whole.value
  const compared = comparableText(text)
  const startsWith = (word: string) => compared.startsWith(comparableText(word))
  if (DONE_WORDS.some(startsWith)) return isInspected ? 'closed' : 'submitted'
  let best: { word: string; status: Status } | null = null
  for (const [word, status] of STATUS_WORDS.synonyms) {
    if (word.length > 1 && compared.startsWith(word) && word.length > (best?.word.length ?? 0))
      best = { word, status }
  }
  return best?.status ?? null
}
