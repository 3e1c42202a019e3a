import type { Geometry } from 'geojson'
import { type Static, type TSchema, Type } from 'typebox'
import { DEFAULT_LIMIT, MAX_LIMIT } from './paging.ts'

/** A union of literals, which is how a list of words is written in a schema. */
export const Words = <const T extends readonly (string | number)[]>(words: T) =>
  Type.Unsafe<T[number]>({ type: typeof words[0] === 'number' ? 'integer' : 'string', enum: [...words] })

export const Nullable = <T extends TSchema>(schema: T) =>
  Type.Unsafe<Static<T> | null>({ anyOf: [schema, { type: 'null' }] })

export const Id = Type.String({ format: 'uuid' })
export const Day = Type.String({ format: 'date', description: 'YYYY-MM-DD, Asia/Shanghai' })
export const Instant = Type.String({ format: 'date-time', description: 'UTC' })

export const PointGeometry = Type.Object({
  type: Type.Literal('Point'),
  // a tuple of TypeBox would be written with additionalItems, which readers of OpenAPI do not know
  coordinates: Type.Unsafe<[number, number]>(
    Type.Array(Type.Number(), { minItems: 2, maxItems: 2, description: 'lng, lat; WGS-84' }),
  ),
})
export type PointGeometry = { type: 'Point'; coordinates: [number, number] }

export const AnyGeometry = Type.Unsafe<Geometry>({
  type: 'object',
  required: ['type'],
  properties: { type: { type: 'string' } },
  additionalProperties: true,
})

export const AreaReference = Type.Object({ code: Type.String(), name: Type.String() })
export const NamedReference = Type.Object({ id: Id, name: Type.String() })

/** The filter words, as texts: core/filters.ts reads them and lists the known words when one is unknown. */
export const FilterQuery = Type.Object({
  sector: Type.Optional(Type.String({ description: '行业领域，多个用逗号分开' })),
  severity: Type.Optional(Type.String({ description: '隐患级别 general, suspected_major, major' })),
  riskLevel: Type.Optional(Type.String({ description: '场所风险等级 1,2,3,4' })),
  status: Type.Optional(
    Type.String({
      description:
        '整改状态，另有 open 未销号、overdue 逾期、listed 挂牌督办、planned 列入治理计划、provided 五到位',
    }),
  ),
  area: Type.Optional(Type.String({ description: '辖区代码（含下级）；none＝区外或未定位' })),
  siteId: Type.Optional(Type.String()),
  clauseId: Type.Optional(Type.String()),
  q: Type.Optional(Type.String({ description: '文字，中文子串可查' })),
  foundFrom: Type.Optional(Type.String()),
  foundTo: Type.Optional(Type.String()),
  dueFrom: Type.Optional(Type.String()),
  dueTo: Type.Optional(Type.String()),
  bbox: Type.Optional(Type.String({ description: 'west,south,east,north' })),
  asOf: Type.Optional(Type.String({ description: '某日终了或某时刻的状况' })),
})

export const PageQuery = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_LIMIT, default: DEFAULT_LIMIT })),
  cursor: Type.Optional(Type.String({ maxLength: 1000 })),
})

export const Page = <T extends TSchema>(item: T) =>
  Type.Object({
    items: Type.Array(item),
    total: Type.Integer(),
    nextCursor: Nullable(Type.String()),
  })

export const Problem = Type.Object(
  {
    status: Type.Integer(),
    code: Type.String(),
    title: Type.String(),
    detail: Type.Optional(Type.String()),
  },
  { additionalProperties: true },
)
export type Problem = Static<typeof Problem>
