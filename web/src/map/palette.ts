import type { ProtectedPlaceKind, ResourceKind, RiskLevel, Status } from '@contract'

/**
 * Every colour of the product. Map, tables, charts and exports take theirs from here; styles/tokens.css names the
 * same values for style sheets, and a test holds the two together. Ratios behind the choice are WCAG 2.x on white.
 */
export type Color = `#${string}`

export const UI = {
  text: '#1C2427',
  text2: '#4C575B',
  /** The palest that text may be: 5.48. */
  text3: '#606B70',
  disabled: '#8A9599',
  ink: '#2C363B',
  page: '#F5F6F6',
  card: '#FFFFFF',
  selected: '#EAF4F2',
  flash: '#CFDFDE',
  border: '#8A9599',
  hairline: '#DDE1E2',
  hairlineInner: '#E8EBEC',
  track: '#E8EBEC',
  primary: '#0F5E5A',
  primaryDark: '#0B4A47',
  primaryLight3: '#578E8C',
  primaryLight5: '#87AFAD',
  primaryLight7: '#B7CFCE',
  primaryLight8: '#CFDFDE',
  primaryLight9: '#E7EFEF',
  header: '#0B3F40',
  headerQuiet: '#D5E5E4',
  headerFocus: '#7FD1C7',
  success: '#2B6B3F',
  successTint: '#E5F1E8',
  warning: '#8A5300',
  warningTint: '#FFF3DC',
  warningEdge: '#C79A4E',
  error: '#8F0E17',
  errorTint: '#FBE9EA',
} as const satisfies Record<string, Color>

/** Fill, the text that can be read on it, and the soft tint with its own text. */
export const RISK: Record<RiskLevel, { fill: Color; text: Color; tint: Color; tintText: Color }> = {
  1: { fill: '#B3121D', text: '#FFFFFF', tint: '#FBE9EA', tintText: '#8F0E17' },
  2: { fill: '#E36600', text: '#1D1500', tint: '#FDEBDD', tintText: '#8A3D00' },
  3: { fill: '#FFD02B', text: '#1D1500', tint: '#FFF6D6', tintText: '#5E4800' },
  4: { fill: '#1F5FC4', text: '#FFFFFF', tint: '#E6EEFA', tintText: '#174A9B' },
}
/** Yellow cannot reach 3 : 1 on a light map, so the form of every site symbol is carried by this outline. */
export const SITE_OUTLINE: Color = '#23282D'
export const HALO: Color = '#FFFFFF'

/** What the colour of a hazard says: how far its cure has come. */
export const PROGRESSES = ['waiting', 'rectifying', 'submitted', 'closed', 'rejected'] as const
export type Progress = (typeof PROGRESSES)[number]
export const PROGRESS_OF: Record<Status, Progress> = {
  reported: 'waiting',
  registered: 'waiting',
  assigned: 'waiting',
  rectifying: 'rectifying',
  submitted: 'submitted',
  closed: 'closed',
  rejected: 'rejected',
}
export const PROGRESS: Record<Progress, { fill: Color; edge: Color; glyph: Color }> = {
  waiting: { fill: '#2C363B', edge: '#FFFFFF', glyph: '#FFFFFF' },
  rectifying: { fill: '#5F3DA8', edge: '#FFFFFF', glyph: '#FFFFFF' },
  submitted: { fill: '#0B6E69', edge: '#FFFFFF', glyph: '#FFFFFF' },
  closed: { fill: '#FFFFFF', edge: '#5A6569', glyph: '#5A6569' },
  rejected: { fill: '#FFFFFF', edge: '#5A6569', glyph: '#5A6569' },
}

export const STATUS_TAG: Record<Status, { background: Color; text: Color }> = {
  reported: { background: '#EEF0F0', text: '#5A6468' },
  registered: { background: '#E6EAEC', text: '#2C363B' },
  assigned: { background: '#E6EAEC', text: '#2C363B' },
  rectifying: { background: '#ECE6F7', text: '#5F3DA8' },
  submitted: { background: '#DFF0EE', text: '#0B6E69' },
  closed: { background: '#E5F1E8', text: '#2B6B3F' },
  rejected: { background: '#EEF0F0', text: '#5A6468' },
}

export const OVERDUE = { fill: '#A1134F', tint: '#FBE6EF' } as const satisfies Record<string, Color>

export const CELL = {
  disc: '#FFFFFF',
  ring: '#D5DADC',
  overdue: '#A1134F',
  diamond: '#2C363B',
  text: '#1C2427',
} as const satisfies Record<string, Color>

export const BASE = {
  land: '#F4F2EC',
  zone: '#FBFAF6',
  water: '#C6DAE2',
  green: '#DCE6D2',
  industry: '#EAE6DD',
  building: '#E2DDD3',
  buildingEdge: '#D3CCBF',
  road: '#FFFFFF',
  roadCasing: '#C4BCAC',
  roadMinor: '#DAD4C7',
  rail: '#B4AFA4',
  boundary: '#6E675B',
  label: '#4C473D',
  labelHalo: '#FFFFFF',
  waterLabel: '#41626F',
} as const satisfies Record<string, Color>

/** GB/T 35649 keeps its own colours, apart from the four of risk. */
export const PLOT = {
  source: '#FFFF00',
  protected: '#0000FF',
  protectedText: '#FFFFFF',
  resource: '#00FF00',
  event: '#FF0000',
  edge: '#111111',
  text: '#111111',
  halo: '#FFFFFF',
  rescueRoute: '#FF0000',
  evacuationRoute: '#0A6B2C',
  warningArea: '#E00000',
} as const satisfies Record<string, Color>

/** Ramp of counts in tables, between these two. */
export const RAMP = { pale: '#F0F2F2', dark: '#4C575B' } as const satisfies Record<string, Color>
/** The same ramp in five steps for surfaces on the map, each with the figure that can be read on it. */
export const RAMP_STEPS: readonly { fill: Color; text: Color }[] = [
  { fill: '#F0F2F2', text: '#1C2427' },
  { fill: '#CFD3D4', text: '#1C2427' },
  { fill: '#ADB2B4', text: '#1C2427' },
  { fill: '#8A9294', text: '#1C2427' },
  { fill: '#4C575B', text: '#FFFFFF' },
]

/** The duty room's dark screen. */
export const DARK = {
  page: '#10171C',
  panel: '#18222A',
  raised: '#212D36',
  line: '#2E3B44',
  text: '#E8EEF1',
  text2: '#A9B6BD',
  text3: '#8E9CA4',
  primary: '#5CC8BC',
  primaryText: '#0D1216',
  land: '#151D23',
  zone: '#1B252C',
  water: '#102C39',
  green: '#1A2B26',
  road: '#33424C',
  level1: '#F0443B',
  level2: '#FFA23F',
  level3: '#FFEC85',
  level4: '#5FA8FF',
  waiting: '#D7DEE2',
  rectifying: '#B79CFF',
  submitted: '#4FC3B5',
  overdue: '#FF7FB3',
} as const satisfies Record<string, Color>

/** Which block of plot symbols a place belongs to, for legend and drawing. */
export type PlotClass = 'resource' | 'protected' | 'event'
export const PLOT_CLASS: Record<PlotClass, { fill: Color; text: Color }> = {
  resource: { fill: PLOT.resource, text: PLOT.text },
  protected: { fill: PLOT.protected, text: PLOT.protectedText },
  event: { fill: PLOT.event, text: PLOT.text },
}
/** Captions inside the square: two characters, as the standard's symbols carry them. */
export const RESOURCE_CAPTIONS: Record<ResourceKind, string> = {
  fire_station: '消防',
  hospital: '医院',
  rescue_team: '救援',
  shelter: '避难',
  depot: '物资',
  hydrant: '水源',
}
export const PROTECTED_PLACE_CAPTIONS: Record<ProtectedPlaceKind, string> = {
  school: '学校',
  hospital: '医院',
  elderly_home: '敬老',
  market: '市场',
  residential: '居民',
  kindergarten: '幼儿',
}
