import { type Static, Type } from 'typebox'
import { FilterQuery, Nullable } from '../core/schema-parts.ts'

export const MonthlyFiguresQuery = Type.Intersect([
  FilterQuery,
  Type.Object({
    from: Type.Optional(Type.String({ description: '起始月份 2025-01；不写为本年一月' })),
    to: Type.Optional(Type.String({ description: '截止月份 2025-12；不写为本月，本月以后的不列' })),
  }),
])
export const MonthlyExportQuery = Type.Intersect([
  FilterQuery,
  Type.Object({ month: Type.Optional(Type.String({ description: '月份 2025-06；不写为本月' })) }),
])

/** A count with the filter words that list exactly the hazards it counts; null where no words tell them apart. */
export const MonthlyFigure = Type.Object({
  value: Type.Number(),
  filters: Nullable(Type.Record(Type.String(), Type.String())),
})
export type MonthlyFigure = Static<typeof MonthlyFigure>

/** The figures of 隐患排查治理月报 for what was found in a month, as it stands at the moment asked. */
export const MonthlyLine = Type.Object({
  generalFound: MonthlyFigure,
  generalClosed: MonthlyFigure,
  generalRate: Nullable(Type.Number({ description: '0 to 1' })),
  majorFound: MonthlyFigure,
  majorClosed: MonthlyFigure,
  majorRate: Nullable(Type.Number({ description: '0 to 1' })),
  planned: { ...MonthlyFigure, description: '未销号的重大隐患中，措施和时限已落实' },
  provided: { ...MonthlyFigure, description: '其中责任、措施、资金、时限、预案五项都已落实' },
  listed: { ...MonthlyFigure, description: '未销号的重大隐患中，正在挂牌督办' },
  fundsWan: { ...MonthlyFigure, description: '万元' },
  suspectedFound: { ...MonthlyFigure, description: '疑似重大，还没有认定，不计入一般和重大' },
})
export type MonthlyLine = Static<typeof MonthlyLine>

export const MonthlyFigures = Type.Object({
  from: Type.String(),
  to: Type.String(),
  today: Type.String({ description: 'the day that the figures stand for' }),
  months: Type.Array(
    Type.Object({
      month: Type.String({ description: 'YYYY-MM of the day found' }),
      total: MonthlyLine,
      areas: Type.Array(
        Type.Object({
          area: Nullable(Type.String({ description: 'null: outside every area or not located' })),
          areaName: Nullable(Type.String()),
          figures: MonthlyLine,
        }),
      ),
    }),
  ),
})
export type MonthlyFigures = Static<typeof MonthlyFigures>
