/**
 * Which drills are of the scenario of a risk. A risk names accident types (可能导致的事故类型); a drill counts for a type
 * if its title or scenario holds one of the type's words. In a word `a+b` both parts must be there. The table is our
 * proposal (待核): the types are those of GB 6441-1986 and GB 6441-2025, no standard links them to drills.
 */
const FIRE = ['火灾', '起火', '着火', '失火', '灭火']
const POISON = ['中毒', '有限空间', '有毒', '硫化氢', '一氧化碳', '氨+泄漏', '氯+泄漏']
const SUFFOCATION = ['窒息', '有限空间']
const GAS_EXPLOSION = ['爆炸', '爆燃', '闪爆', '燃气+泄漏', '天然气+泄漏', '液化气+泄漏', '油气+泄漏']
const VEHICLE = ['车辆', '交通事故', '追尾', '翻车']

export const SCENARIO_WORDS: Readonly<Record<string, readonly string[]>> = {
  火灾: FIRE,
  中毒和窒息: [...POISON, '窒息'],
  中毒: POISON,
  窒息: SUFFOCATION,
  爆炸: GAS_EXPLOSION,
  其他爆炸: GAS_EXPLOSION,
  可燃气体爆炸: GAS_EXPLOSION,
  可燃液体蒸气爆炸: ['爆炸', '爆燃', '闪爆', '油气+泄漏'],
  粉尘爆炸: ['粉尘+爆'],
  瓦斯爆炸: ['瓦斯'],
  火药爆炸: ['火药+爆'],
  锅炉爆炸: ['锅炉+爆'],
  容器爆炸: ['容器+爆', '气瓶+爆', '储罐+爆'],
  管道爆炸: ['管道+爆'],
  泄漏: ['泄漏'],
  坍塌: ['坍塌', '垮塌', '塌方', '倒塌', '边坡'],
  滑坡: ['滑坡', '边坡'],
  车辆伤害: VEHICLE,
  道路车辆致害: VEHICLE,
  '道路（轨道）车辆致害': VEHICLE,
  '厂（场）内车辆致害': ['厂内+车', '叉车', '场内+车'],
  机械伤害: ['机械'],
  机械致害: ['机械'],
  起重伤害: ['起重', '吊装', '塔吊', '塔式'],
  起重致害: ['起重', '吊装', '塔吊', '塔式'],
  触电: ['触电', '漏电'],
  高处坠落: ['坠落'],
  跌落: ['跌落', '坠落'],
  淹溺: ['淹溺', '溺水', '落水'],
  物体打击: ['物体打击', '坠物', '落物'],
  灼烫: ['灼烫', '烫伤', '灼伤', '烧伤'],
}
/** These name no scenario: any drill of the place counts. */
const ANY_SCENARIO = ['其他', '其他伤害', '其它', '其它伤害']

/** The accident types in the text of a risk, each once, in its order. */
export function accidentTypesOf(text: string | null): string[] {
  const types = (text ?? '').split(/[、，,；;/／|\s]+/).map((type) => type.trim())
  return [...new Set(types.filter((type) => type !== ''))]
}

/**
 * The words by which a drill is one of an accident type, or null if it is of another scenario. Empty: the type asks
 * for no scenario of its own.
 */
export function matchScenario(type: string, drill: { title: string; scenario: string }): string[] | null {
  if (ANY_SCENARIO.includes(type)) return []
  const text = `${drill.title}\n${drill.scenario}`
  // a type that is not in the table is looked for as it is written
  const words = SCENARIO_WORDS[type] ?? [type]
  const found = words.find((word) => word.split('+').every((part) => text.includes(part)))
  return found === undefined ? null : found.split('+')
}
