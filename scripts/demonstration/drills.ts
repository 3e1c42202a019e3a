import type { Knex } from 'knex'
import type { User } from '../../server/access/model.ts'
import type { DrillForm, DrillState, Sector } from '../../server/core/vocabulary.ts'
import { createDrill, editDrill } from '../../server/drills/change.ts'
import { holdPastDrills } from './past-drills.ts'

interface DrillPlan {
  title: string
  form: DrillForm
  content: 'single' | 'comprehensive'
  purpose: 'test' | 'demonstration' | 'research'
  sector: Sector
  /** In the name of the place, so that the scenario fits it. */
  placeWord: string
  scenario: string
  objectives: string
  /** From the day of loading; negative is past. */
  inDays: number
  hours: number
  state: DrillState
  radiusMeters?: number
}

const PLANS: readonly DrillPlan[] = [
  {
    ...{
      placeWord: '冷链',
      title: '液氨卸车泄漏数字推演',
      form: 'tabletop',
      content: 'single',
      purpose: 'test',
      sector: 'chemicals',
    },
    scenario: '液氨罐车卸车软管脱落，西南风三级，白天',
    objectives: '报警与启动预案；上风侧警戒；下风侧学校与养老院疏散',
    ...{ inDays: 6, hours: 1, state: 'planned', radiusMeters: 150 },
  },
  {
    ...{
      placeWord: '商业',
      title: '商业综合体火灾疏散实战演练',
      form: 'live',
      content: 'single',
      purpose: 'demonstration',
      sector: 'fire',
    },
    scenario: '营业时间三层餐饮后厨起火，烟气蔓延至中庭',
    objectives: '三分钟到场；五分钟全员疏散；防火卷帘联动',
    ...{ inDays: 12, hours: 2, state: 'planned', radiusMeters: 100 },
  },
  {
    ...{
      placeWord: '危货',
      title: '危货车辆道路事故综合演练',
      form: 'comprehensive',
      content: 'comprehensive',
      purpose: 'test',
    },
    sector: 'transport',
    scenario: '危货运输车与货车追尾，油品泄漏并影响两侧居民区',
    objectives: '多部门联动；交通管制；泄漏围堵与洗消',
    ...{ inDays: 20, hours: 3, state: 'planned', radiusMeters: 300 },
  },
  {
    ...{
      placeWord: '打磨',
      title: '涉粉作业粉尘爆炸桌面推演',
      form: 'tabletop',
      content: 'single',
      purpose: 'research',
      sector: 'industry',
    },
    scenario: '打磨除尘系统二次爆炸，有人员受伤',
    objectives: '检验停机断电与伤员救治程序',
    ...{ inDays: -14, hours: 1, state: 'done' },
  },
  {
    ...{
      placeWord: '厂',
      title: '有限空间中毒窒息救援演练',
      form: 'live',
      content: 'single',
      purpose: 'test',
      sector: 'industry',
    },
    scenario: '污水池清淤人员昏倒，严禁盲目施救',
    objectives: '气体检测、机械通风、三脚架提升',
    ...{ inDays: -45, hours: 2, state: 'done' },
  },
  {
    ...{
      placeWord: '门站',
      title: '燃气门站泄漏处置演练',
      form: 'live',
      content: 'single',
      purpose: 'test',
      sector: 'gas',
    },
    scenario: '调压撬法兰泄漏，周边 100 米内有沿街商铺',
    objectives: '切断气源、警戒与商铺疏散',
    ...{ inDays: -90, hours: 2, state: 'done', radiusMeters: 100 },
  },
  {
    ...{
      placeWord: '公寓',
      title: '老年公寓夜间火灾疏散推演',
      form: 'tabletop',
      content: 'single',
      purpose: 'test',
      sector: 'fire',
    },
    scenario: '夜间二层起火，行动不便老人 19 名',
    objectives: '夜间值班力量；担架转移次序；集结点清点',
    ...{ inDays: 33, hours: 1, state: 'draft' },
  },
  {
    ...{
      placeWord: '工地',
      title: '深基坑坍塌应急演练',
      form: 'live',
      content: 'single',
      purpose: 'test',
      sector: 'construction',
    },
    scenario: '暴雨后基坑边坡滑移，两名工人被困',
    objectives: '监测预警与人员撤离',
    ...{ inDays: -7, hours: 2, state: 'cancelled' },
  },
]

/** The moves from a plan as it is made to the state that the demonstration shows. */
const STATES_TO: Record<DrillState, readonly DrillState[]> = {
  draft: [],
  planned: [],
  running: ['running'],
  done: ['running', 'done'],
  cancelled: ['cancelled'],
}

/** Plans drills at the places of real demonstration hazards; where there are some already, nothing is added. */
export async function planDemonstrationDrills(db: Knex, commander: User, now: Date): Promise<void> {
  if (await db('drills').where({ is_example: true }).first('id')) return
  const taken: string[] = []
  for (const plan of PLANS) {
    const site = await findSite(db, plan, taken)
    if (site) taken.push(site.id)
    await planDrill(db, plan, site, commander, now)
  }
  await holdPastDrills(db, commander, now)
}

interface DrillSite {
  id: string
  lng: number
  lat: number
  hazardIds: string[]
}

/** The fitting place with the highest level and most open hazards that no drill has yet. */
async function findSite(
  db: Knex,
  { sector, placeWord }: DrillPlan,
  taken: string[],
): Promise<DrillSite | undefined> {
  const result = await db.raw(
    `select sites.id, ST_X(sites.geom) as lng, ST_Y(sites.geom) as lat,
       array(select hazards.id from hazards
         where hazards.site_id = sites.id and hazards.status not in ('closed', 'rejected')
           and hazards.withdrawn_at is null
         order by hazards.number limit 5) as "hazardIds"
     from sites
     where sites.sector = :sector and sites.name like :pattern and sites.geom is not null and sites.retired_at is null
       and not sites.id = any(:taken::uuid[])
     order by sites.risk_level, (select count(*) from hazards where hazards.site_id = sites.id) desc, sites.id
     limit 1`,
    { sector, pattern: `%${placeWord}%`, taken },
  )
  return result.rows[0]
}

async function planDrill(
  db: Knex,
  plan: DrillPlan,
  site: DrillSite | undefined,
  user: User,
  now: Date,
): Promise<void> {
  const startsAt = new Date(now.getTime() + plan.inDays * 86_400_000)
  startsAt.setUTCHours(6, 0, 0, 0)
  const endsAt = new Date(startsAt.getTime() + plan.hours * 3_600_000)
  const { inDays: _inDays, hours: _hours, placeWord: _placeWord, state, radiusMeters, ...facts } = plan
  const zones = radiusMeters
    ? [{ id: 'isolation', name: '初始隔离圈', kind: 'isolation' as const, radiusMeters }]
    : []
  const id = await createDrill(
    db,
    {
      ...facts,
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
      commanderName: '钱示例',
      zones,
      state: state === 'draft' ? 'draft' : 'planned',
      ...(site
        ? {
            siteId: site.id,
            hazardIds: site.hazardIds,
            geometry: { type: 'Point', coordinates: [site.lng, site.lat] },
          }
        : {}),
    },
    user,
    now,
  )
  let version = 1
  for (const next of STATES_TO[state]) {
    await editDrill(db, id, { state: next, version }, user, now)
    version += 1
  }
}
