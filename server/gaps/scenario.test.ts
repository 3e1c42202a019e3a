import { describe, expect, it } from 'vitest'
import { accidentTypesOf, matchScenario } from './scenario.ts'

const drill = (title: string, scenario = '') => ({ title, scenario })

describe('the accident types of a risk', () => {
  it('are read one by one, whatever parts them', () => {
    expect(accidentTypesOf('中毒和窒息、其他爆炸')).toEqual(['中毒和窒息', '其他爆炸'])
    expect(accidentTypesOf('火灾，触电;火灾 / 坍塌')).toEqual(['火灾', '触电', '坍塌'])
    expect(accidentTypesOf(null)).toEqual([])
    expect(accidentTypesOf(' ')).toEqual([])
  })
})

describe('a drill is of a scenario', () => {
  it.each([
    ['火灾', drill('商业综合体火灾疏散实战演练'), ['火灾']],
    ['火灾', drill('夜间疏散推演', '夜间二层起火，行动不便老人 19 名'), ['起火']],
    ['中毒和窒息', drill('液氨卸车泄漏数字推演'), ['氨', '泄漏']],
    ['中毒和窒息', drill('污水池救援演练', '有限空间作业人员昏倒'), ['有限空间']],
    ['其他爆炸', drill('燃气门站泄漏处置演练', '调压撬法兰泄漏'), ['燃气', '泄漏']],
    ['其他爆炸', drill('涉粉作业粉尘爆炸桌面推演'), ['爆炸']],
    ['容器爆炸', drill('储罐超压爆炸推演'), ['储罐', '爆']],
    ['坍塌', drill('深基坑应急演练', '暴雨后基坑边坡滑移'), ['边坡']],
    ['道路（轨道）车辆致害', drill('危货车辆道路事故综合演练'), ['车辆']],
  ])('%s: %o by %o', (type, done, words) => {
    expect(matchScenario(type, done)).toEqual(words)
  })

  it.each([
    ['火灾', drill('液氨卸车泄漏数字推演', '软管脱落')],
    ['中毒和窒息', drill('商业综合体火灾疏散实战演练')],
    ['其他爆炸', drill('食堂疏散演练', '燃气报警器误报')],
    ['容器爆炸', drill('涉粉作业粉尘爆炸桌面推演')],
  ])('but not %s: %o', (type, done) => {
    expect(matchScenario(type, done)).toBeNull()
  })

  it('of any kind where the type names none', () => {
    expect(matchScenario('其他伤害', drill('电梯困人救援演练'))).toEqual([])
  })

  it('by the type as written where the table does not know it', () => {
    expect(matchScenario('冒顶片帮', drill('冒顶片帮救援演练'))).toEqual(['冒顶片帮'])
    expect(matchScenario('冒顶片帮', drill('火灾演练'))).toBeNull()
  })
})
