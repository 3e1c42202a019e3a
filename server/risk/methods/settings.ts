import { END_SIDES, type EndSide, type ThresholdSet } from './bands.ts'
import { LS_HIGHEST, LS_SETS } from './ls.ts'

/** A set of LS thresholds as an administrator keeps it: `source` says where the numbers stand. */
export interface LsSet {
  id: string
  name: string
  levelsFrom: number[]
  confirmed: boolean
  source: string
}

/** What of the methods differs from place to place. */
export interface MethodSettings {
  /** Where D exactly on 320, 160 or 70 goes. */
  lecEndsGoTo: EndSide
  lsSets: LsSet[]
  defaultLsSet: string
}

/** The word under which the settings and their history are kept. */
export const METHOD_SETTINGS_KEY = 'risk-methods'

export const DEFAULT_METHOD_SETTINGS: MethodSettings = {
  lecEndsGoTo: 'higher',
  lsSets: LS_SETS.map(({ id, name, levelsFrom, confirmed, source }) => ({
    id,
    name,
    levelsFrom: [...levelsFrom],
    confirmed,
    source,
  })),
  defaultLsSet: 'A',
}

export interface SettingsFault {
  parameter: string
  message: string
}

/** What is wrong with settings whose shape is right, or null. */
export function faultOfSettings(settings: MethodSettings): SettingsFault | null {
  const { lsSets, defaultLsSet, lecEndsGoTo } = settings
  if (!END_SIDES.includes(lecEndsGoTo)) {
    return { parameter: 'lecEndsGoTo', message: `端点归属「${lecEndsGoTo}」应为 ${END_SIDES.join('、')}` }
  }
  if (lsSets.length === 0) return { parameter: 'lsSets', message: '至少要有一套 LS 阈值方案' }
  for (const [index, set] of lsSets.entries()) {
    const fault = faultOfSet(set)
    if (fault) return { parameter: `lsSets[${index}].${fault.parameter}`, message: fault.message }
    const isRepeated = (other: LsSet) => other.id === set.id || other.name.trim() === set.name.trim()
    if (lsSets.slice(0, index).some(isRepeated)) {
      return {
        parameter: `lsSets[${index}].name`,
        message: `方案「${set.name}」（${set.id}）重复，编号和名称都不能相同`,
      }
    }
  }
  if (!lsSets.some(({ id }) => id === defaultLsSet)) {
    const known = lsSets.map(({ id }) => id).join('、')
    return { parameter: 'defaultLsSet', message: `默认方案「${defaultLsSet}」不在各套方案里，可用：${known}` }
  }
  return null
}

function faultOfSet({ name, levelsFrom, confirmed, source }: LsSet): SettingsFault | null {
  if (name.trim() === '') return { parameter: 'name', message: '方案要有名称' }
  const [first = 0, second = 0, third = 0] = levelsFrom
  const isInRange = levelsFrom.every((value) => Number.isInteger(value) && value >= 1 && value <= LS_HIGHEST)
  if (levelsFrom.length !== 3 || !isInRange || !(first > second && second > third)) {
    return {
      parameter: 'levelsFrom',
      message: `「${name}」的三个阈值「${levelsFrom.join('、')}」应是 1～${LS_HIGHEST} 的整数，从大到小且互不相同，例如 20、15、9`,
    }
  }
  if (confirmed && source.trim() === '') {
    return { parameter: 'source', message: `「${name}」写明来源后才能标为已核；没有来源的请标为待核` }
  }
  return null
}

/** The set that was asked for, or the one in force where none was; undefined for an unknown one. */
export function lsThresholds(settings: MethodSettings, id?: string): ThresholdSet | undefined {
  const set = settings.lsSets.find((entry) => entry.id === (id ?? settings.defaultLsSet))
  return set && { id: set.id, name: set.name, levelsFrom: set.levelsFrom, confirmed: set.confirmed }
}
