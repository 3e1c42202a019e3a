import { addDays } from '../../server/core/calendar.ts'
import { fromWgs84 } from '../../server/core/lnglat.ts'
import { RISK_LEVEL_TERMS, SECTOR_TERMS, SEVERITY_TERMS, STATUS_TERMS } from '../../server/core/vocabulary.ts'
import { type WorkbookCell, type WorkbookColumn, writeWorkbook } from '../../server/exports/write-workbook.ts'
import { type CitedClause, type InventedHazard, inventHazards } from './invent-hazards.ts'
import { type InventedRisk, type InventedSite, inventSites } from './invent-sites.ts'
import { makeRandom } from './random.ts'
import { drawSchematicNetwork, samplePlacesAlongNetwork, type UnitOutline } from './schematic-network.ts'

const SEED = 20_250_601
export const SITE_COUNT = 400
export const HAZARD_COUNT = 3000

export interface DemonstrationWorkbook {
  fileName: string
  kind: 'risks' | 'hazards'
  coordinateSystem: 'GCJ02' | 'WGS84'
  bytes: Buffer
}

export interface DemonstrationInput {
  outlines: (UnitOutline & { name: string })[]
  clauses: CitedClause[]
  /** The day of loading: everything lies in the two years before it. */
  today: string
}

type Column<T> = WorkbookColumn & { of: (item: T, index: number) => WorkbookCell }

/**
 * Makes the two workbooks that an office would bring, from a fixed seed: the same day gives the same rows. The risk list
 * is in GCJ-02 as phones give it, the ledger in WGS-84.
 */
export async function makeDemonstrationWorkbooks(
  input: DemonstrationInput,
): Promise<DemonstrationWorkbook[]> {
  const random = makeRandom(SEED)
  const places = samplePlacesAlongNetwork(drawSchematicNetwork(input.outlines), SITE_COUNT, random)
  const sites = inventSites(places, random)
  const hazards = inventHazards(sites, input.clauses, HAZARD_COUNT, input.today, random)
  const areaNames = new Map(input.outlines.map((unit) => [unit.code, unit.name]))
  const risks = sites.flatMap((site) => site.risks.map((risk) => ({ site, risk })))
  return [
    {
      fileName: '安全风险分级管控清单（示例）.xlsx',
      kind: 'risks',
      coordinateSystem: 'GCJ02',
      bytes: await write('安全风险分级管控清单', riskColumns(areaNames, input.today), risks),
    },
    {
      fileName: '隐患排查治理台账（示例）.xlsx',
      kind: 'hazards',
      coordinateSystem: 'WGS84',
      bytes: await write('隐患排查治理台账', hazardColumns(areaNames), hazards),
    },
  ]
}

function write<T>(title: string, columns: Column<T>[], items: T[]): Promise<Buffer> {
  return writeWorkbook({
    sheetName: title,
    title: `${title}（示例数据，场所与人员均为虚构）`,
    columns,
    rows: items.map((item, index) => columns.map((column) => column.of(item, index))),
  })
}

const DECIMALS = 1e6
const round = (degrees: number) => Math.round(degrees * DECIMALS) / DECIMALS

function gcj02(site: InventedSite): [number, number] | null {
  if (!site.position) return null
  const [lng, lat] = fromWgs84('GCJ02', site.position.lng, site.position.lat)
  return [round(lng), round(lat)]
}

type SiteRisk = { site: InventedSite; risk: InventedRisk }

const CONTROLS = {
  engineering: '按规范设置防护、报警与联锁，定期检测',
  management: '制定操作规程，落实巡查与作业审批',
  training: '上岗前培训，每季复训',
  protection: '按岗位配发并检查佩戴',
  emergency: '编制现场处置方案，配齐器材并演练',
}
const FREQUENCIES = { 1: '每日', 2: '每周', 3: '每月', 4: '每季' } as const
const CONTROL_LEVELS = { 1: '区级', 2: '街镇级', 3: '企业级', 4: '班组级' } as const

function riskColumns(areaNames: Map<string, string>, today: string): Column<SiteRisk>[] {
  return [
    { header: '序号', kind: 'number', width: 6, of: (_item, index) => index + 1 },
    { header: '企业名称', width: 28, of: ({ site }) => site.name },
    { header: '统一社会信用代码', width: 22, of: ({ site }) => site.creditCode },
    { header: '行业领域', of: ({ site }) => SECTOR_TERMS[site.sector].zh },
    { header: '所属街镇', of: ({ site }) => areaNames.get(site.areaCode) ?? null },
    { header: '风险点（单元）名称', width: 22, of: ({ risk }) => risk.name },
    { header: '类型（设备设施/作业活动/场所）', of: ({ risk }) => risk.kind },
    { header: '所在位置', width: 24, of: ({ site }) => site.address },
    { header: '危险源/危险有害因素', width: 34, of: ({ risk }) => risk.factors },
    { header: '可能导致的事故类型', width: 22, of: ({ risk }) => risk.accidents },
    { header: '评价方法', width: 10, of: ({ risk }) => risk.method },
    { header: 'L', kind: 'number', width: 6, of: ({ risk }) => risk.l },
    { header: 'E', kind: 'number', width: 6, of: ({ risk }) => risk.e },
    { header: 'C', kind: 'number', width: 6, of: ({ risk }) => risk.c },
    { header: 'S', kind: 'number', width: 6, of: ({ risk }) => risk.s },
    { header: 'D', kind: 'number', width: 8, of: ({ risk }) => risk.score },
    { header: '风险等级', width: 10, of: ({ risk }) => RISK_LEVEL_TERMS[risk.level].zh },
    { header: '颜色', width: 6, of: ({ risk }) => RISK_LEVEL_TERMS[risk.level].colorZh },
    { header: '工程技术措施', width: 30, of: () => CONTROLS.engineering },
    { header: '管理措施', width: 30, of: () => CONTROLS.management },
    { header: '培训教育', width: 20, of: () => CONTROLS.training },
    { header: '个体防护', width: 20, of: () => CONTROLS.protection },
    { header: '应急处置措施', width: 30, of: () => CONTROLS.emergency },
    { header: '管控层级', width: 10, of: ({ risk }) => CONTROL_LEVELS[risk.level] },
    { header: '责任部门', of: ({ site }) => site.unit },
    { header: '责任人', of: ({ site }) => site.person },
    { header: '排查频次', width: 10, of: ({ risk }) => FREQUENCIES[risk.level] },
    { header: '评估日期', kind: 'day', width: 12, of: ({ risk }) => addDays(today, -risk.assessedDaysAgo) },
    { header: '经度', kind: 'number', width: 12, of: ({ site }) => gcj02(site)?.[0] ?? null },
    { header: '纬度', kind: 'number', width: 12, of: ({ site }) => gcj02(site)?.[1] ?? null },
  ]
}

function hazardColumns(areaNames: Map<string, string>): Column<InventedHazard>[] {
  const responsible = ({ site }: InventedHazard) =>
    site.unit === null ? site.name : `${site.name}${site.unit}/${site.person ?? ''}`
  return [
    { header: '序号', kind: 'number', width: 6, of: (_item, index) => index + 1 },
    { header: '排查地点', width: 26, of: ({ site, part }) => `${site.address}${part}` },
    { header: '排查时间', kind: 'day', width: 12, of: (item) => item.foundOn },
    { header: '排查人员', of: (item) => item.foundBy },
    { header: '存在的隐患及问题', width: 44, of: (item) => item.description },
    { header: '类别', of: (item) => item.category },
    { header: '等级', width: 10, of: (item) => SEVERITY_TERMS[item.severity].zh },
    { header: '整改措施', width: 36, of: (item) => item.measures },
    { header: '责任单位/责任人', width: 30, of: responsible },
    { header: '资金', kind: 'number', width: 8, of: (item) => item.fundsWan },
    { header: '时限', kind: 'day', width: 12, of: (item) => item.dueOn },
    { header: '预案', width: 20, of: (item) => item.contingencyPlan },
    { header: '督办部门/人员', width: 16, of: (item) => item.supervisor },
    { header: '验收时间', kind: 'day', width: 12, of: (item) => item.closedOn },
    { header: '验收部门/人员', of: (item) => item.acceptedBy },
    { header: '整改结果', of: (item) => (item.closedOn === null ? null : '已整改，复查合格') },
    { header: '所属街镇', of: ({ site }) => areaNames.get(site.areaCode) ?? null },
    { header: '企业名称', width: 28, of: ({ site }) => site.name },
    { header: '统一社会信用代码', width: 22, of: ({ site }) => site.creditCode },
    { header: '行业领域', of: ({ site }) => SECTOR_TERMS[site.sector].zh },
    { header: '隐患来源', width: 12, of: (item) => item.origin },
    {
      header: '判定依据条款',
      width: 30,
      of: ({ clause }) => (clause ? `${clause.id} ${clause.title}` : null),
    },
    { header: '是否挂牌', width: 9, of: (item) => (item.isListed ? '是' : null) },
    { header: '整改状态', width: 10, of: (item) => STATUS_TERMS[item.status].zh },
    { header: '销号日期', kind: 'day', width: 12, of: (item) => item.closedOn },
    { header: '编号', width: 16, of: (item) => item.number },
    {
      header: '经度',
      kind: 'number',
      width: 12,
      of: ({ position }) => (position ? round(position.lng) : null),
    },
    {
      header: '纬度',
      kind: 'number',
      width: 12,
      of: ({ position }) => (position ? round(position.lat) : null),
    },
  ]
}
