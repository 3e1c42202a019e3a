import { type WorkbookCell, writeWorkbook } from '../../server/exports/write-workbook.ts'
import type { ImportReport } from '../../server/imports/schema.ts'
import type { TestApp } from './app.ts'

/** The officials' own columns, with those that offices add. */
export const HAZARD_HEADERS = [
  '序号',
  '排查地点',
  '排查时间',
  '排查人员',
  '存在的隐患及问题',
  '类别',
  '等级',
  '整改措施',
  '责任单位/责任人',
  '资金',
  '时限',
  '预案',
  '督办部门/人员',
  '验收时间',
  '验收部门/人员',
  '整改结果',
  '所属街镇',
  '企业名称',
  '统一社会信用代码',
  '行业领域',
  '判定依据条款',
  '经度',
  '纬度',
] as const
export type HazardCells = Partial<Record<(typeof HAZARD_HEADERS)[number] | string, WorkbookCell>>

/** A ledger with a title and small print above its header, which is row 3; the first hazard is row 4. */
export async function hazardLedger(
  rows: HazardCells[],
  headers: readonly string[] = HAZARD_HEADERS,
): Promise<Buffer> {
  return writeWorkbook({
    sheetName: '台账',
    title: '隐患排查治理台账',
    subtitle: '填报单位：测试',
    columns: headers.map((header) => ({ header, kind: 'mixed' as const })),
    rows: rows.map((row) => headers.map((header) => row[header] ?? null)),
  })
}

/** A plain row that nothing speaks against; what is not named is plain. */
export function hazardRow(number: number, cells: HazardCells = {}): HazardCells {
  return {
    序号: number,
    排查地点: `${number} 号库房`,
    排查时间: '2025-06-01',
    存在的隐患及问题: `第 ${number} 处疏散通道堆放货物`,
    等级: '一般',
    '责任单位/责任人': '恒泰冷链（示例）/王示例',
    时限: '2025-06-30',
    所属街镇: '临河街道',
    行业领域: '消防',
    经度: 125.42,
    纬度: 43.86,
    ...cells,
  }
}

export interface UploadOptions {
  kind?: string
  coordinateSystem?: string
  fileName?: string
  username?: string
  options?: object
}

export function upload(test: TestApp, bytes: Buffer, options: UploadOptions = {}) {
  const {
    kind = 'hazards',
    coordinateSystem = 'WGS84',
    fileName = '台账.xlsx',
    username = 'analyst',
  } = options
  const boundary = 'form-boundary-7f3a'
  const fields = {
    kind,
    coordinateSystem,
    ...(options.options ? { options: JSON.stringify(options.options) } : {}),
  }
  const head = Object.entries(fields)
    .filter(([, value]) => value !== '')
    .map(
      ([name, value]) =>
        `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    )
    .join('')
  const fileHead = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${fileName}"\r\ncontent-type: application/octet-stream\r\n\r\n`
  const payload = Buffer.concat([Buffer.from(head + fileHead), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)])
  return test.as(username, {
    method: 'POST',
    url: '/api/imports',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload,
  })
}

/** The report of a file that can be read. */
export async function check(
  test: TestApp,
  bytes: Buffer,
  options: UploadOptions = {},
): Promise<ImportReport> {
  const reply = await upload(test, bytes, options)
  if (reply.statusCode !== 201) throw new Error(`${reply.statusCode} ${reply.body}`)
  return reply.json()
}

export async function commit(
  test: TestApp,
  report: ImportReport,
  username = 'analyst',
): Promise<ImportReport> {
  const reply = await test.post(username, `/api/imports/${report.id}/commit`)
  if (reply.statusCode !== 200) throw new Error(`${reply.statusCode} ${reply.body}`)
  return reply.json()
}

/** What the report says of each row, short enough to compare: `4 error BAD_DATE 时限`. */
export const faultsOf = (report: ImportReport): string[] =>
  report.issues.map((issue) => [issue.rows, issue.level, issue.code, issue.column].join(' '))
