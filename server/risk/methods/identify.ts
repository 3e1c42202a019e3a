import type { SubstanceInput } from '../assess-schema.ts'
import { type Place, refusal } from './amount.ts'
import { casCheckDigit, hasRightCheckDigit, isCasShaped, tidyCas } from './cas.ts'
import {
  type KnownSubstance,
  nearestNames,
  substanceKey,
  substancesNamed,
  substancesOfCas,
} from './substances.ts'
import { type HazardClass, isConfirmedStatus, MAJOR_HAZARD_TABLE } from './table.ts'

/** What table 1 or 2 says about a stock: its Q and β, where they stand, and what of them is not confirmed. */
export interface Identified {
  name: string
  cas: string | null
  criticalTonnes: number
  criticalConfirmed: boolean
  beta: number
  betaConfirmed: boolean
  basis: string
  notes: string[]
  /** Which figures are 待核 and why. */
  doubts: string[]
}

const { classes: CLASSES } = MAJOR_HAZARD_TABLE
export const classText = ({ symbol, name, description }: HazardClass): string =>
  `${symbol} ${name}：${description}`

/** Finds the line of table 1, or the class of table 2 that the asker named. Throws RiskInputError. */
export function identify(input: SubstanceInput, place: Place): Identified {
  const name = input.name?.trim() ?? ''
  const cas = tidyCas(input.cas ?? '')
  if (name === '' && cas === '') {
    throw refusal(place, 'name', 'NO_SUBSTANCE_NAME', '没有写物质，请填名称或 CAS 号')
  }
  checkCas(cas, place)
  const chosen = readClass(input.className, place)
  const { substance, notes } = findLine(name, cas, chosen, place)
  if (substance) {
    const line = ofLine(substance, chosen, place)
    return { ...line, notes: [...notes, ...line.notes, ...notesOf(substance)] }
  }
  if (chosen) return ofClass(name, cas, chosen, notes)
  throw unknownSubstance(name, cas, place)
}

function checkCas(cas: string, place: Place): void {
  if (cas === '') return
  if (!isCasShaped(cas)) {
    throw refusal(place, 'cas', 'BAD_CAS', `CAS 号「${cas}」写法不对，应像 7664-41-7`)
  }
  if (!hasRightCheckDigit(cas)) {
    throw refusal(
      place,
      'cas',
      'BAD_CAS_CHECK_DIGIT',
      `CAS 校验位不对：${cas} 的末位按前面各位应为 ${casCheckDigit(cas)}，请核对是否抄错`,
    )
  }
}

function readClass(text: string | null | undefined, place: Place): HazardClass | null {
  const symbol = text?.normalize('NFKC').trim().toUpperCase() ?? ''
  if (symbol === '') return null
  const found = CLASSES.find((entry) => entry.symbol === symbol)
  if (found) return found
  throw refusal(
    place,
    'className',
    'UNKNOWN_CLASS',
    `表2 没有类别「${text}」，可用：${CLASSES.map((entry) => entry.symbol).join('、')}`,
    CLASSES.map(classText),
  )
}

interface Found {
  substance: KnownSubstance | null
  notes: string[]
}

function findLine(name: string, cas: string, chosen: HazardClass | null, place: Place): Found {
  const named = name === '' ? [] : substancesNamed(name)
  const numbered = cas === '' ? [] : substancesOfCas(cas)
  if (numbered.length > 0 && named.length > 0) {
    const both = numbered.filter((substance) => named.includes(substance))
    if (both.length > 0) return one(both, name, place, 'name')
    throw refusal(
      place,
      'name',
      'NAME_AND_CAS_DISAGREE',
      `CAS ${cas} 在表1 是「${numbered[0]?.name}」，名称却写「${name}」（表1 第${named[0]?.no}项），请改正其中一个`,
      numbered.map((substance) => substance.name),
    )
  }
  if (numbered.length > 0) {
    const found = one(numbered, cas, place, 'cas')
    const isOther = name !== '' && found.substance !== null
    return isOther
      ? { ...found, notes: [`名称「${name}」不在表1，按 CAS ${cas} 取「${found.substance?.name}」`] }
      : found
  }
  if (named.length > 0) {
    const found = one(named, name, place, 'name')
    return cas === ''
      ? found
      : { ...found, notes: [...found.notes, `CAS ${cas} 不在表1 该项内，按名称取，请核对`] }
  }
  const near = chosen && name !== '' ? nearestNames(name, 1)[0] : undefined
  return {
    substance: null,
    notes: near ? [`表1 有名称相近的「${near.name}」，请确认不是同一物质`] : [],
  }
}

/** The one line that is meant; several conditions under one number or short name have to be chosen by name. */
function one(lines: KnownSubstance[], asked: string, place: Place, parameter: 'name' | 'cas'): Found {
  const [substance] = lines
  if (lines.length > 1 || !substance) {
    const names = lines.map((line) => line.name)
    throw refusal(
      place,
      parameter,
      'AMBIGUOUS_SUBSTANCE',
      `「${asked}」在表1 有 ${lines.length} 项，临界量不同，请按名称选一项：${names.join('；')}`,
      names,
    )
  }
  const condition = /（.*([%≤≥<>]|无水|除外|压缩).*）/.test(substance.name)
  const isWhole = parameter === 'name' && substanceKey(asked) === substanceKey(substance.name)
  const notes =
    condition && !isWhole ? [`表1 第${substance.no}项限于「${substance.name}」，请核对是否符合`] : []
  return { substance, notes }
}

const notesOf = ({ note }: KnownSubstance): string[] => (note ? [note] : [])

function ofLine(substance: KnownSubstance, chosen: HazardClass | null, place: Place): Identified {
  const { no, name, criticalTonnes } = substance
  const criticalConfirmed = isConfirmedStatus(substance.criticalStatus)
  const doubts = criticalConfirmed
    ? []
    : [`「${name}」临界量 Q=${criticalTonnes} t：${substance.note ?? '来源冲突'}`]
  const base = { name, cas: substance.cas[0] ?? null, criticalTonnes, criticalConfirmed, notes: [], doubts }
  const { beta, betaBasis } = substance
  if (beta !== null && isConfirmedStatus(substance.betaStatus)) {
    const ignored = chosen ? [`β 按${betaBasis}取，所选类别 ${chosen.symbol} 不用`] : []
    return { ...base, beta, betaConfirmed: true, basis: `Q 表1 第${no}项；β ${betaBasis}`, notes: ignored }
  }
  if (chosen) {
    const isOther = betaBasis !== null && !chosen.symbol.startsWith(betaBasis)
    return {
      ...base,
      beta: chosen.beta,
      betaConfirmed: false,
      basis: `Q 表1 第${no}项；β 按所选类别 ${chosen.symbol}（表2）`,
      notes: isOther ? [`所选类别 ${chosen.symbol} 与由物质推得的 ${betaBasis} 不同，请核对 SDS`] : [],
      doubts: [...doubts, `「${name}」β=${chosen.beta}：类别 ${chosen.symbol} 由填报人选定，须核 SDS`],
    }
  }
  if (beta !== null) {
    return {
      ...base,
      beta,
      betaConfirmed: false,
      basis: `Q 表1 第${no}项；β 由类别 ${betaBasis} 推得`,
      doubts: [...doubts, `「${name}」β=${beta}：由类别 ${betaBasis} 推得，须核 SDS`],
    }
  }
  const offered = classesFor(substance)
  throw refusal(
    place,
    'className',
    'CLASS_NEEDED',
    `「${name}」的 β 取决于它的 GHS 类别，标准没有直接给出；请按 SDS 从表2 ${offerText(offered)}`,
    offered.map(classText),
  )
}

const offerText = (offered: readonly HazardClass[]): string =>
  offered.length < CLASSES.length
    ? `选类别：${offered.map(({ symbol }) => symbol).join('、')}`
    : `的 ${offered.length} 个类别（${offered[0]?.symbol}～${offered.at(-1)?.symbol}）里选一个`

/** The classes that can be meant: those of the family if it is known, else all. */
export function classesFor({ beta, betaBasis }: Pick<KnownSubstance, 'beta' | 'betaBasis'>): HazardClass[] {
  if (beta !== null || betaBasis === null) return [...CLASSES]
  return CLASSES.filter(({ symbol }) => symbol === betaBasis || symbol.startsWith(`${betaBasis}.`))
}

function ofClass(name: string, cas: string, chosen: HazardClass, notes: string[]): Identified {
  const label = name === '' ? `CAS ${cas}` : name
  const { symbol, criticalTonnes, beta, confirmed, note } = chosen
  return {
    name: label,
    cas: cas === '' ? null : cas,
    criticalTonnes,
    criticalConfirmed: confirmed,
    beta,
    betaConfirmed: false,
    basis: `表1 未列，按表2 ${classText(chosen)}`,
    notes: [...notes, ...(note ? [`${symbol}：${note}`] : []), '有多种危险性的物质，应选临界量最低的一类'],
    doubts: [
      ...(confirmed ? [] : [`类别 ${symbol} 的范围：${note ?? '来源冲突'}`]),
      `「${label}」按 ${symbol} 取 Q=${criticalTonnes} t、β=${beta}：类别由填报人选定，须核 SDS`,
    ],
  }
}

function unknownSubstance(name: string, cas: string, place: Place) {
  const near = nearestNames(name)
  const remedy = '如确不在表1，请按 SDS 选表2 类别'
  if (name === '') {
    return refusal(place, 'cas', 'UNKNOWN_SUBSTANCE', `表1 没有 CAS ${cas} 的物质，请核对；${remedy}`)
  }
  const words = near.map((entry) => {
    const { name: standard, cas: numbers } = entry.substance
    const more = [entry.name === standard ? '' : standard, numbers[0] ?? ''].filter(Boolean).join('，')
    return more ? `${entry.name}（${more}）` : entry.name
  })
  const offer = words.length > 0 ? `，名称相近的有：${words.join('、')}` : ''
  return refusal(
    place,
    'name',
    'UNKNOWN_SUBSTANCE',
    `表1 没有「${name}」${offer}；${remedy}`,
    [],
    near.map((entry) => entry.name),
  )
}
