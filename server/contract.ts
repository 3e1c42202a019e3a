/** The only door from the viewer into the server: shapes and words, no code that needs Node. */
export * from './areas/schema.ts'
export * from './assessments/schema.ts'
export * from './auth/schema.ts'
export * from './base-map/schema.ts'
export * from './checks/schema.ts'
export * from './clauses/schema.ts'
export * from './core/calendar.ts'
// the filter's own readDay takes days as programs write them; this one as people do
export { readDay as readWrittenDay } from './core/date-text.ts'
export * from './core/filters.ts'
export type { PointGeometry, Problem } from './core/schema-parts.ts'
export * from './core/vocabulary.ts'
export { DRILL_MOVES } from './drills/rules.ts'
export * from './drills/schema.ts'
export {
  CHECK_LEVELS,
  type CheckLevel,
  DRILL_SUBJECTS,
  type DrillSubject,
  type GapRules,
} from './gaps/rules.ts'
export * from './gaps/schema.ts'
export * from './hazards/schema.ts'
export * from './imports/schema.ts'
export * from './live/schema.ts'
export * from './print/schema.ts'
export * from './rectification/model.ts'
export * from './resources/schema.ts'
export * from './risk/assess-schema.ts'
export * from './risk/method-schema.ts'
export { LEC, LS } from './risk/model.ts'
export * from './risk/pressure-schema.ts'
export * from './risk/schema.ts'
export { AREA_RULE_TERMS, explainArea, LEVEL_WEIGHTS } from './risk-map/model.ts'
export * from './risk-map/schema.ts'
export * from './sites/schema.ts'
export * from './statistics/monthly-schema.ts'
export * from './statistics/schema.ts'
export * from './units/schema.ts'
