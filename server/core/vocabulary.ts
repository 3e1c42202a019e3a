/**
 * The words of the product, one per thing (see README, "词汇"): used in code, tables, API and screen.
 * Every list is in the order in which people read it. Labels are the officials' own terms.
 */

export interface Term {
  zh: string
  en: string
}

export const AREA_KINDS = ['zone', 'subdistrict', 'town', 'grid'] as const
export type AreaKind = (typeof AREA_KINDS)[number]
export const AREA_KIND_TERMS: Record<AreaKind, Term> = {
  zone: { zh: '开发区', en: 'Development zone' },
  subdistrict: { zh: '街道', en: 'Subdistrict' },
  town: { zh: '镇', en: 'Town' },
  grid: { zh: '网格', en: 'Grid' },
}

export const SECTORS = [
  'chemicals',
  'fire',
  'transport',
  'industry',
  'gas',
  'construction',
  'special_equipment',
  'small_place',
  'self_built_house',
  'agriculture',
] as const
export type Sector = (typeof SECTORS)[number]
export const SECTOR_TERMS: Record<Sector, Term> = {
  chemicals: { zh: '危险化学品', en: 'Hazardous chemicals' },
  fire: { zh: '消防', en: 'Fire' },
  transport: { zh: '交通运输', en: 'Transport' },
  industry: { zh: '工贸', en: 'Industry and trade' },
  gas: { zh: '燃气', en: 'Gas' },
  construction: { zh: '建筑施工', en: 'Construction' },
  special_equipment: { zh: '特种设备', en: 'Special equipment' },
  small_place: { zh: '小场所', en: 'Small places' },
  self_built_house: { zh: '自建房', en: 'Self-built houses' },
  agriculture: { zh: '农机', en: 'Farm machinery' },
}

export const RISK_LEVELS = [1, 2, 3, 4] as const
export type RiskLevel = (typeof RISK_LEVELS)[number]
export const RISK_LEVEL_TERMS: Record<RiskLevel, Term & { colorZh: string; colorEn: string }> = {
  1: { zh: '重大', en: 'Major', colorZh: '红', colorEn: 'red' },
  2: { zh: '较大', en: 'Considerable', colorZh: '橙', colorEn: 'orange' },
  3: { zh: '一般', en: 'Moderate', colorZh: '黄', colorEn: 'yellow' },
  4: { zh: '低', en: 'Low', colorZh: '蓝', colorEn: 'blue' },
}

export const SEVERITIES = ['general', 'suspected_major', 'major'] as const
export type Severity = (typeof SEVERITIES)[number]
export const SEVERITY_TERMS: Record<Severity, Term> = {
  general: { zh: '一般', en: 'General' },
  suspected_major: { zh: '疑似重大', en: 'Suspected major' },
  major: { zh: '重大', en: 'Major' },
}

export const STATUSES = [
  'reported',
  'registered',
  'assigned',
  'rectifying',
  'submitted',
  'closed',
  'rejected',
] as const
export type Status = (typeof STATUSES)[number]
export const STATUS_TERMS: Record<Status, Term> = {
  reported: { zh: '待核实', en: 'To verify' },
  registered: { zh: '已登记', en: 'Registered' },
  assigned: { zh: '已交办', en: 'Assigned' },
  rectifying: { zh: '整改中', en: 'Rectifying' },
  submitted: { zh: '待复查', en: 'To re-inspect' },
  closed: { zh: '已销号', en: 'Closed' },
  rejected: { zh: '不予认定', en: 'Rejected' },
}
/** A hazard in one of these still needs work; what STATUS_FILTERS adds to the statuses is derived, never stored. */
export const OPEN_STATUSES = ['reported', 'registered', 'assigned', 'rectifying', 'submitted'] as const
export const STATUS_FILTERS = [...STATUSES, 'open', 'overdue', 'listed', 'planned', 'provided'] as const
export type StatusFilter = (typeof STATUS_FILTERS)[number]
export const STATUS_FILTER_TERMS: Record<StatusFilter, Term> = {
  ...STATUS_TERMS,
  open: { zh: '未销号', en: 'Open' },
  overdue: { zh: '逾期', en: 'Overdue' },
  listed: { zh: '挂牌督办', en: 'Listed' },
  planned: { zh: '列入治理计划', en: 'Planned for treatment' },
  provided: { zh: '五到位', en: 'Fully provided for' },
}

export const TRANSITION_ACTIONS = [
  'register',
  'assign',
  'accept',
  'submit',
  'return',
  'close',
  'reject',
  'extend',
  'list',
  'delist',
  'judge',
  'lower',
] as const
export type TransitionAction = (typeof TRANSITION_ACTIONS)[number]
export const TRANSITION_ACTION_TERMS: Record<TransitionAction, Term> = {
  register: { zh: '登记', en: 'Register' },
  assign: { zh: '交办', en: 'Assign' },
  accept: { zh: '签收', en: 'Accept' },
  submit: { zh: '提交复查', en: 'Submit for re-inspection' },
  return: { zh: '退回', en: 'Return' },
  close: { zh: '销号', en: 'Close' },
  reject: { zh: '不予认定', en: 'Reject' },
  extend: { zh: '延期', en: 'Extend' },
  list: { zh: '挂牌', en: 'List' },
  delist: { zh: '摘牌', en: 'Delist' },
  judge: { zh: '认定重大', en: 'Judge as major' },
  lower: { zh: '改为一般', en: 'Lower to general' },
}

export const ROLES = ['analyst', 'officer', 'inspector', 'commander', 'admin'] as const
export type Role = (typeof ROLES)[number]
export const ROLE_TERMS: Record<Role, Term> = {
  analyst: { zh: '分析员', en: 'Analyst' },
  officer: { zh: '街镇经办人', en: 'Subdistrict officer' },
  inspector: { zh: '行业检查员', en: 'Sector inspector' },
  commander: { zh: '指挥员', en: 'Commander' },
  admin: { zh: '管理员', en: 'Administrator' },
}

export const COORDINATE_SYSTEMS = [
  'WGS84',
  'CGCS2000',
  'GCJ02',
  'BD09',
  'EPSG:4549',
  'EPSG:4550',
  'EPSG:4551',
  'EPSG:4530',
] as const
export type CoordinateSystem = (typeof COORDINATE_SYSTEMS)[number]
export const COORDINATE_SYSTEM_TERMS: Record<CoordinateSystem, Term> = {
  WGS84: { zh: 'WGS-84 经纬度（GPS）', en: 'WGS-84 longitude/latitude (GPS)' },
  CGCS2000: { zh: 'CGCS2000 经纬度（天地图、国土）', en: 'CGCS2000 longitude/latitude (Tianditu)' },
  GCJ02: { zh: 'GCJ-02（高德、腾讯、微信）', en: 'GCJ-02 (Amap, Tencent, WeChat)' },
  BD09: { zh: 'BD-09（百度）', en: 'BD-09 (Baidu)' },
  'EPSG:4549': { zh: 'CGCS2000 三度带 120°E（EPSG:4549）', en: 'CGCS2000 3-degree GK CM 120E (EPSG:4549)' },
  'EPSG:4550': { zh: 'CGCS2000 三度带 123°E（EPSG:4550）', en: 'CGCS2000 3-degree GK CM 123E (EPSG:4550)' },
  'EPSG:4551': { zh: 'CGCS2000 三度带 126°E（EPSG:4551）', en: 'CGCS2000 3-degree GK CM 126E (EPSG:4551)' },
  'EPSG:4530': { zh: 'CGCS2000 三度带 42 带号（EPSG:4530）', en: 'CGCS2000 3-degree GK zone 42 (EPSG:4530)' },
}

export const IMPORT_KINDS = ['sites', 'risks', 'hazards'] as const
export type ImportKind = (typeof IMPORT_KINDS)[number]
export const IMPORT_KIND_TERMS: Record<ImportKind, Term> = {
  sites: { zh: '场所清单', en: 'Sites' },
  risks: { zh: '安全风险分级管控清单', en: 'Risk control list' },
  hazards: { zh: '隐患排查治理台账', en: 'Hazard ledger' },
}
export const IMPORT_STATES = ['checked', 'committed', 'undone', 'discarded'] as const
export type ImportState = (typeof IMPORT_STATES)[number]

export const DRILL_FORMS = ['tabletop', 'live', 'comprehensive'] as const
export type DrillForm = (typeof DRILL_FORMS)[number]
export const DRILL_FORM_TERMS: Record<DrillForm, Term> = {
  tabletop: { zh: '数字推演', en: 'Tabletop' },
  live: { zh: '实战模拟', en: 'Live' },
  comprehensive: { zh: '综合演练', en: 'Comprehensive' },
}
export const DRILL_STATES = ['draft', 'planned', 'running', 'done', 'cancelled'] as const
export type DrillState = (typeof DRILL_STATES)[number]
export const DRILL_STATE_TERMS: Record<DrillState, Term> = {
  draft: { zh: '草稿', en: 'Draft' },
  planned: { zh: '已计划', en: 'Planned' },
  running: { zh: '进行中', en: 'Running' },
  done: { zh: '已结束', en: 'Done' },
  cancelled: { zh: '已取消', en: 'Cancelled' },
}

export const RESOURCE_KINDS = [
  'fire_station',
  'hospital',
  'rescue_team',
  'shelter',
  'depot',
  'hydrant',
] as const
export type ResourceKind = (typeof RESOURCE_KINDS)[number]
export const RESOURCE_KIND_TERMS: Record<ResourceKind, Term> = {
  fire_station: { zh: '消防站', en: 'Fire station' },
  hospital: { zh: '医院', en: 'Hospital' },
  rescue_team: { zh: '救援队', en: 'Rescue team' },
  shelter: { zh: '避难场所', en: 'Shelter' },
  depot: { zh: '物资库', en: 'Depot' },
  hydrant: { zh: '消火栓', en: 'Hydrant' },
}

export const PROTECTED_PLACE_KINDS = [
  'school',
  'hospital',
  'elderly_home',
  'market',
  'residential',
  'kindergarten',
] as const
export type ProtectedPlaceKind = (typeof PROTECTED_PLACE_KINDS)[number]
export const PROTECTED_PLACE_KIND_TERMS: Record<ProtectedPlaceKind, Term> = {
  school: { zh: '学校', en: 'School' },
  hospital: { zh: '医院', en: 'Hospital' },
  elderly_home: { zh: '养老机构', en: 'Home for the aged' },
  market: { zh: '市场', en: 'Market' },
  residential: { zh: '居民区', en: 'Residential block' },
  kindergarten: { zh: '幼儿园', en: 'Kindergarten' },
}

export const RISK_METHODS = ['lec', 'ls', 'gb18218', 'direct'] as const
export type RiskMethod = (typeof RISK_METHODS)[number]
export const RISK_METHOD_TERMS: Record<RiskMethod, Term> = {
  lec: { zh: 'LEC 法', en: 'LEC' },
  ls: { zh: 'LS 矩阵法', en: 'LS matrix' },
  gb18218: { zh: 'GB 18218 重大危险源', en: 'GB 18218 major hazard source' },
  direct: { zh: '直接判定', en: 'Direct judgement' },
}

/** 单元 of a major hazard source. */
export const UNIT_KINDS = ['production', 'storage'] as const
export type UnitKind = (typeof UNIT_KINDS)[number]
export const UNIT_KIND_TERMS: Record<UnitKind, Term> = {
  production: { zh: '生产单元', en: 'Production unit' },
  storage: { zh: '储存单元', en: 'Storage unit' },
}

export const CHECK_OUTCOMES = ['nothing_found', 'hazards_found'] as const
export type CheckOutcome = (typeof CHECK_OUTCOMES)[number]
export const CHECK_OUTCOME_TERMS: Record<CheckOutcome, Term> = {
  nothing_found: { zh: '未发现隐患', en: 'Nothing found' },
  hazards_found: { zh: '发现隐患', en: 'Hazards found' },
}

/** 责任缺口: what a risk list lacks in an inspection. */
export const GAP_KINDS = ['no_person', 'no_check', 'no_drill', 'no_position', 'no_arithmetic'] as const
export type GapKind = (typeof GAP_KINDS)[number]
export const GAP_KIND_TERMS: Record<GapKind, Term> = {
  no_person: { zh: '未明确责任人', en: 'Nobody named responsible' },
  no_check: { zh: '超期未检查', en: 'Not checked in time' },
  no_drill: { zh: '未按情景演练', en: 'No drill of its scenario' },
  no_position: { zh: '未定位', en: 'No coordinates' },
  no_arithmetic: { zh: '等级无依据', en: 'Level without arithmetic' },
}

export const SUMMARY_DIMENSIONS = [
  'area',
  'sector',
  'severity',
  'status',
  'riskLevel',
  'month',
  'clause',
] as const
export type SummaryDimension = (typeof SUMMARY_DIMENSIONS)[number]

export const TILE_LAYERS = [
  'hazards',
  'sites',
  'drills',
  'areas',
  'base',
  'resources',
  'protected-places',
] as const
export type TileLayer = (typeof TILE_LAYERS)[number]

export const PHOTO_STAGES = ['before', 'after'] as const
export type PhotoStage = (typeof PHOTO_STAGES)[number]
