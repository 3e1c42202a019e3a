import type { CoordinateSystem, RiskLevel, Role, Sector, Severity, Status } from '../core/vocabulary.ts'
import { OPEN_STATUSES } from '../core/vocabulary.ts'
import { overdueWorkingDays, remainingWorkingDays, type WorkCalendar } from '../core/working-days.ts'
import { availableMoves, fieldsOf, type HazardFacts } from '../rectification/model.ts'
import type { Hazard, HazardDetail } from './schema.ts'

/** A hazard as the database answers it in a list. */
export interface HazardRow {
  id: string
  number: string
  description: string
  sector: Sector
  severity: Severity
  status: Status
  overdue: boolean
  foundOn: string
  dueOn: string | null
  closedOn: string | null
  areaCode: string | null
  areaName: string | null
  siteId: string | null
  siteName: string | null
  siteRiskLevel: RiskLevel | null
  clauseId: string | null
  clauseDocument: string | null
  clauseArticle: string | null
  clauseConfirmed: boolean | null
  responsibleUnit: string | null
  responsiblePerson: string | null
  lng: number | null
  lat: number | null
  isExample: boolean
  version: number
  updatedAt: Date
}

export interface HazardDetailRow extends HazardRow {
  locationText: string | null
  category: string | null
  foundBy: string | null
  originalDueOn: string | null
  extensionCount: number
  acceptedBy: string | null
  measures: string | null
  fundsWan: number | null
  contingencyPlan: string | null
  supervisor: string | null
  result: string | null
  origin: string | null
  isListed: boolean
  listingDocument: string | null
  submittedBy: string | null
  coordinateText: string | null
  coordinateSystem: CoordinateSystem | null
  createdAt: Date
}

const DECIMALS = 1e6
const round = (degrees: number): number => Math.round(degrees * DECIMALS) / DECIMALS

/** Unit and person as one text, as lists show it. */
export function responsibleText(unit: string | null, person: string | null): string | null {
  return [unit, person].filter(Boolean).join(' · ') || null
}

export function isOpen(status: Status): boolean {
  return (OPEN_STATUSES as readonly Status[]).includes(status)
}

/** What the contract calls a hazard. Lateness is counted in working days against the day given. */
export function asHazard(row: HazardRow, today: string, calendar: WorkCalendar): Hazard {
  const isPending = isOpen(row.status) && row.dueOn !== null
  return {
    id: row.id,
    number: row.number,
    description: row.description,
    sector: row.sector,
    severity: row.severity,
    status: row.status,
    overdue: row.overdue,
    overdueWorkingDays: row.overdue && row.dueOn ? overdueWorkingDays(calendar, row.dueOn, today).days : 0,
    remainingWorkingDays:
      isPending && !row.overdue && row.dueOn ? remainingWorkingDays(calendar, row.dueOn, today).days : null,
    foundOn: row.foundOn,
    dueOn: row.dueOn,
    closedOn: row.closedOn,
    area: row.areaCode === null ? null : { code: row.areaCode, name: row.areaName ?? row.areaCode },
    site: row.siteId === null ? null : { id: row.siteId, name: row.siteName ?? '' },
    siteRiskLevel: row.siteRiskLevel,
    clause:
      row.clauseId === null
        ? null
        : {
            id: row.clauseId,
            title: [row.clauseDocument, row.clauseArticle].filter(Boolean).join(' '),
            confirmed: row.clauseConfirmed ?? false,
          },
    responsible: responsibleText(row.responsibleUnit, row.responsiblePerson),
    geometry:
      row.lng === null || row.lat === null
        ? null
        : { type: 'Point', coordinates: [round(row.lng), round(row.lat)] },
    isExample: row.isExample,
    version: row.version,
    updatedAt: row.updatedAt.toISOString(),
  }
}

export function factsOf(row: HazardDetailRow): HazardFacts {
  return {
    status: row.status,
    severity: row.severity,
    isListed: row.isListed,
    dueOn: row.dueOn,
    foundOn: row.foundOn,
    responsibleUnit: row.responsibleUnit,
    submittedBy: row.submittedBy,
  }
}

/** A hazard opened by a person; in the past (`asOf`) nothing may be done. */
export function asHazardDetail(
  row: HazardDetailRow,
  today: string,
  calendar: WorkCalendar,
  person: { id: string; role: Role; mayEdit: boolean; isPast: boolean },
): HazardDetail {
  const facts = factsOf(row)
  const moves = person.isPast ? [] : availableMoves(facts, person)
  return {
    ...asHazard(row, today, calendar),
    locationText: row.locationText,
    category: row.category,
    foundBy: row.foundBy,
    originalDueOn: row.originalDueOn,
    extensionCount: row.extensionCount,
    acceptedBy: row.acceptedBy,
    measures: row.measures,
    responsibleUnit: row.responsibleUnit,
    responsiblePerson: row.responsiblePerson,
    fundsWan: row.fundsWan,
    contingencyPlan: row.contingencyPlan,
    supervisor: row.supervisor,
    result: row.result,
    origin: row.origin,
    isListed: row.isListed,
    listingDocument: row.listingDocument,
    coordinateText: row.coordinateText,
    coordinateSystem: row.coordinateSystem,
    createdAt: row.createdAt.toISOString(),
    actions: moves.map((move) => ({ action: move.action, fields: fieldsOf(move, facts) })),
    mayEdit: person.mayEdit && !person.isPast && isOpen(row.status),
  }
}
