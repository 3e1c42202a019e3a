import type { Sector, Severity, Status } from '../core/vocabulary.ts'
import { WORK_CALENDAR } from '../rectification/calendar.ts'
import { cellText } from './cells.ts'
import type { CheckContext } from './model.ts'
import { readClause, readListed, readSeverity } from './read-judgement.ts'
import { type RowReader, readCreditCode, requireText } from './row-reader.ts'
import { readStatus, readWord, SECTOR_WORDS, STATUS_WORDS, YES_NO_WORDS } from './words.ts'
import { readDue, readFundsWan, splitResponsible } from './written-texts.ts'

/** A row of 隐患排查治理台账; null is what the row does not tell. */
export interface HazardRow {
  writtenNumber: string | null
  siteName: string | null
  creditCode: string | null
  sector: Sector | null
  description: string
  locationText: string | null
  category: string | null
  severity: Severity
  status: Status | null
  clauseId: string | null
  foundOn: string
  foundBy: string | null
  dueOn: string | null
  closedOn: string | null
  acceptedBy: string | null
  measures: string | null
  responsibleUnit: string | null
  responsiblePerson: string | null
  fundsWan: number | null
  contingencyPlan: string | null
  supervisor: string | null
  result: string | null
  origin: string | null
  isListed: boolean | null
  listingDocument: string | null
  note: string | null
}

export function readHazardRow(reader: RowReader, context: CheckContext): HazardRow {
  const foundOn = readFoundOn(reader, context.today)
  const dueOn = readDueOn(reader, foundOn)
  const writtenClosedOn = reader.day('closedOn')
  const acceptedOn = reader.day('acceptedOn')
  const closedOn = writtenClosedOn ?? acceptedOn
  const result = reader.text('result')
  const status = readStatusOf(reader, result, closedOn)
  const closedField = writtenClosedOn === null ? 'acceptedOn' : 'closedOn'
  checkClosing(reader, closedField, { foundOn, closedOn, status, today: context.today })
  const severity = readSeverity(reader)
  return {
    writtenNumber: reader.text('number'),
    siteName: reader.text('siteName'),
    creditCode: readCreditCode(reader),
    sector: reader.word('sector', SECTOR_WORDS, 'UNKNOWN_SECTOR') ?? context.defaultSector,
    description: requireText(reader, 'hazards', 'description'),
    locationText: reader.text('locationText'),
    category: reader.text('category'),
    severity,
    status,
    clauseId: readClause(reader, { severity, foundOn }, context),
    foundOn,
    foundBy: reader.text('foundBy'),
    dueOn,
    closedOn: status === 'closed' ? closedOn : null,
    acceptedBy: reader.text('acceptedBy'),
    measures: reader.text('measures'),
    ...readResponsible(reader),
    fundsWan: readFunds(reader),
    contingencyPlan: reader.text('contingencyPlan'),
    supervisor: reader.text('supervisor'),
    result,
    origin: reader.text('origin'),
    isListed: readListed(reader, severity),
    listingDocument: reader.text('listingDocument'),
    note: reader.text('note'),
  }
}

function readFoundOn(reader: RowReader, today: string): string {
  const before = reader.issues.length
  const foundOn = reader.day('foundOn')
  if (foundOn === null) {
    if (reader.issues.length === before) requireText(reader, 'hazards', 'foundOn')
    return today
  }
  if (foundOn > today) {
    reader.fault({
      code: 'DATE_IN_FUTURE',
      field: 'foundOn',
      reason: `排查时间 ${foundOn} 晚于今天`,
      remedy: '请核对年份和月份',
    })
  }
  return foundOn
}

function readDueOn(reader: RowReader, foundOn: string): string | null {
  const reading = readDue(reader.raw('dueOn'), foundOn, WORK_CALENDAR)
  if ('fault' in reading) {
    reader.fault({
      code: 'BAD_DATE',
      field: 'dueOn',
      reason: reading.fault,
      remedy: '请核对原表，写成 2025-06-01 或「15日内」',
    })
    return null
  }
  if (reading.note !== null) {
    reader.fault({
      level: 'warning',
      code: 'DUE_NOT_CERTAIN',
      field: 'dueOn',
      reason: reading.note,
      remedy: '可入库；有确切日期时请补上',
    })
  }
  if (reading.day !== null && reading.day < foundOn) {
    reader.fault({
      code: 'DUE_BEFORE_FOUND',
      field: 'dueOn',
      reason: `时限 ${reading.day} 早于排查时间 ${foundOn}`,
      remedy: '请核对两个日期',
    })
  }
  return reading.day
}

/** The status column if there is one, else what the result says; a date of closing counts as an inspection. */
function readStatusOf(reader: RowReader, result: string | null, closedOn: string | null): Status | null {
  const written = cellText(reader.raw('status'))
  if (written !== '') {
    const status = readStatus(written, closedOn !== null)
    if (status === null) reader.word('status', STATUS_WORDS, 'UNKNOWN_STATUS')
    return status
  }
  if (result === null) return closedOn === null ? null : 'closed'
  const answer = readWord(YES_NO_WORDS, result).value
  if (answer !== null) return readStatus(answer === 'yes' ? '已整改' : '未整改', closedOn !== null)
  return readStatus(result, closedOn !== null) ?? (closedOn === null ? null : 'closed')
}

function checkClosing(
  reader: RowReader,
  field: 'closedOn' | 'acceptedOn',
  days: { foundOn: string; closedOn: string | null; status: Status | null; today: string },
): void {
  const { foundOn, closedOn, status, today } = days
  if (status === 'closed' && closedOn === null) {
    reader.fault({
      code: 'CLOSED_WITHOUT_DATE',
      field: reader.has('closedOn') ? 'closedOn' : 'acceptedOn',
      reason: '已销号，但没有销号日期或验收时间',
      remedy: '请补上日期，或把状态改为「待复查」',
    })
  }
  if (closedOn === null) return
  if (closedOn < foundOn) {
    reader.fault({
      code: 'CLOSED_BEFORE_FOUND',
      field,
      reason: `销号或验收日期 ${closedOn} 早于排查时间 ${foundOn}`,
      remedy: '请核对两个日期',
    })
  } else if (closedOn > today) {
    reader.fault({
      code: 'DATE_IN_FUTURE',
      field,
      reason: `日期 ${closedOn} 晚于今天`,
      remedy: '请核对年份和月份',
    })
  } else if (status !== null && status !== 'closed') {
    reader.fault({
      level: 'warning',
      code: 'STATUS_CONFLICT',
      field,
      reason: '有销号或验收日期，但状态不是已销号',
      remedy: '以状态为准，日期不入库；如已销号请改状态',
    })
  }
}

function readResponsible(reader: RowReader): Pick<HazardRow, 'responsibleUnit' | 'responsiblePerson'> {
  const unit = reader.text('responsibleUnit')
  const person = reader.text('responsiblePerson')
  const both = reader.text('responsible')
  // where unit and person have columns of their own, nothing need be guessed from the one that joins them
  const standApart = reader.has('responsibleUnit') && reader.has('responsiblePerson')
  const isTold = standApart && (unit !== null || person !== null)
  const split = both === null || isTold ? { unit: null, person: null } : splitResponsible(both)
  return { responsibleUnit: unit ?? split.unit, responsiblePerson: person ?? split.person }
}

const MAX_FUNDS_WAN = 10_000_000
const DOUBTFUL_FUNDS_WAN = 1_000

function readFunds(reader: RowReader): number | null {
  const text = cellText(reader.raw('fundsWan'))
  if (text === '' || /^(无|不需要|自筹|[-—/]+|0)$/.test(text)) return text === '0' ? 0 : null
  const funds = readFundsWan(reader.raw('fundsWan'), reader.header('fundsWan'))
  if (funds === null) {
    reader.fault({
      level: 'warning',
      code: 'FUNDS_NOT_READ',
      field: 'fundsWan',
      reason: '不是金额，这一格不入库',
      remedy: '请写数字，单位万元',
    })
    return null
  }
  if (funds < 0 || funds > MAX_FUNDS_WAN) {
    reader.fault({
      code: 'BAD_FUNDS',
      field: 'fundsWan',
      reason: funds < 0 ? '资金是负数' : '资金大得不合常理',
      remedy: '请核对金额和单位',
    })
    return null
  }
  if (funds > DOUBTFUL_FUNDS_WAN) {
    reader.fault({
      level: 'warning',
      code: 'DOUBTFUL_FUNDS',
      field: 'fundsWan',
      reason: `按万元读为 ${funds.toLocaleString('en')} 万元，像是以元为单位`,
      remedy: '请核对单位；也可先入库',
    })
  }
  return funds
}
