import { type Static, Type } from 'typebox'
import { FilterQuery, Instant, Nullable } from '../core/schema-parts.ts'
import { RISK_LIST_SORTS, type RiskListSort } from '../risk/schema.ts'

/** Width and height in millimetres, always landscape. */
export const PAPERS = ['A3', 'A4'] as const
export type Paper = (typeof PAPERS)[number]
export const PAPER_MILLIMETERS: Record<Paper, { width: number; height: number }> = {
  A3: { width: 420, height: 297 },
  A4: { width: 297, height: 210 },
}

/** Languages that a sheet can be printed in. */
export const SHEET_LANGUAGES = ['zh-CN', 'en'] as const
export type SheetLanguage = (typeof SHEET_LANGUAGES)[number]

export const DOTS_PER_INCH = { least: 96, most: 300, usual: 200 } as const
export const MAX_TITLE = 60
/** A longer list is no paper that anybody reads; the workbook holds it. */
export const MAX_PRINTED_ROWS = 2_000
export const PRINT_SECONDS = 60

const text = (description: string) => Type.Optional(Type.String({ maxLength: 500, description }))

const SheetQuery = Type.Object({
  paper: text(`纸张 ${PAPERS.join('、')}，横向；缺省 A3`),
  title: text(`标题，最多 ${MAX_TITLE} 字；缺省用打印设置里的`),
  lang: text(`语言 ${SHEET_LANGUAGES.join('、')}；缺省 zh-CN`),
})

const MapWords = Type.Object({
  extent: text('要印全的范围 west,south,east,north；缺省为您的辖区全图'),
  at: text('中心和级别 zoom/lat/lng；有 extent 时不用'),
  layers: text('图层，多个用逗号分开，同网页地址；缺省为常用图层'),
  rule: text('辖区四色（图层 risk-areas）的规则，同 /api/risk-map/areas'),
  size: text('六边形网格（图层 hexagons）的边长，同 /api/risk-map/hexagons'),
  measure: text('六边形网格看什么，同 /api/risk-map/hexagons'),
  base: text('底图编号，见 /api/base-maps；缺省为本系统底图'),
})

export const MapPrintQuery = Type.Intersect([FilterQuery, SheetQuery, MapWords])
export type MapPrintQuery = Static<typeof MapPrintQuery>

export const MapPictureQuery = Type.Intersect([
  FilterQuery,
  SheetQuery,
  MapWords,
  Type.Object({
    dpi: text(`每英寸点数 ${DOTS_PER_INCH.least}–${DOTS_PER_INCH.most} 的整数；缺省 ${DOTS_PER_INCH.usual}`),
  }),
])
export type MapPictureQuery = Static<typeof MapPictureQuery>

export const RiskListPrintQuery = Type.Intersect([
  FilterQuery,
  SheetQuery,
  Type.Object({
    sort: Type.Optional(
      Type.Unsafe<RiskListSort>({ type: 'string', enum: [...RISK_LIST_SORTS], default: 'rank' }),
    ),
  }),
])
export type RiskListPrintQuery = Static<typeof RiskListPrintQuery>

/** What a page of the viewer tells the server that prints it, as `window.__printReady`. */
export type PrintReady = { isReady: true } | { isReady: false; code: 'NO_FONT' | 'FAILED'; reason: string }

const Line = (most: number, description: string) =>
  Nullable(Type.String({ minLength: 1, maxLength: most, pattern: '\\S', description }))

/** What stands on every sheet; null is the default. */
export const PrintSettingsInput = Type.Object(
  {
    unitName: Line(60, '制图单位；缺省为单位名称'),
    title: Line(MAX_TITLE, '地图标题；缺省为辖区名加「隐患一张图」'),
    source: Line(200, '数据来源'),
    approvalOwn: Line(60, '本系统底图的审图号；没有则印「内部工作用图」'),
    approvalTianditu: Line(60, '天地图的审图号；缺省为服务器设置'),
    footer: Line(200, '页脚'),
  },
  { additionalProperties: false },
)
export type PrintSettingsInput = Static<typeof PrintSettingsInput>

export const PrintSettings = Type.Object({
  /** As they were set. */
  chosen: PrintSettingsInput,
  /** What stands where nothing is set. */
  defaults: Type.Object({ unitName: Type.String(), approvalTianditu: Nullable(Type.String()) }),
  updatedAt: Nullable(Instant),
  updatedByName: Nullable(Type.String()),
})
export type PrintSettings = Static<typeof PrintSettings>
