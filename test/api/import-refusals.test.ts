import { strToU8, zipSync } from 'fflate'
import { writeXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../harness/app.ts'
import {
  check,
  faultsOf,
  type HazardCells,
  hazardLedger,
  hazardRow,
  upload,
} from '../harness/import-files.ts'

let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
})
afterAll(() => test.close())
beforeEach(async () => {
  await test.database.knex.raw('truncate hazards, sites, imports, number_series cascade')
})

/** The fault of one row, and what the report says of it. */
async function faultOf(cells: HazardCells) {
  const report = await check(test, await hazardLedger([hazardRow(1, cells)]))
  return { faults: faultsOf(report), issue: report.issues[0], counts: report.counts }
}

async function expectNothingWritten() {
  for (const table of ['imports', 'import_rows', 'hazards', 'hazard_events', 'sites']) {
    expect(await test.database.knex(table).count('* as n').first(), table).toEqual({ n: 0 })
  }
  expect((await test.get(null, '/healthz')).statusCode).toBe(200)
}

describe('a file that cannot be an import is refused whole, and the server lives on', () => {
  const plain = async () => hazardLedger([hazardRow(1)])

  it.each<[string, () => Promise<Buffer>, string, number, string]>([
    ['over 20 MB', async () => Buffer.alloc(21 * 1024 * 1024, 'a'), 'a.csv', 413, 'BODY_TOO_LARGE'],
    [
      'of another type',
      async () => Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]),
      'photo.jpg',
      415,
      'UNSUPPORTED_FILE',
    ],
    [
      'a picture named .xlsx',
      async () => Buffer.from([0x89, 0x50, 0x4e, 0x47]),
      'a.xlsx',
      415,
      'UNSUPPORTED_FILE',
    ],
    [
      'a Word file',
      async () => Buffer.from(zipSync({ 'word/document.xml': strToU8('<w/>') })),
      'a.xlsx',
      415,
      'UNSUPPORTED_FILE',
    ],
    [
      'a zip bomb',
      async () => Buffer.from(zipSync({ 'xl/workbook.xml': new Uint8Array(220 * 1024 * 1024) })),
      'a.xlsx',
      413,
      'ARCHIVE_TOO_LARGE',
    ],
    ['empty', async () => Buffer.alloc(0), 'a.xlsx', 422, 'EMPTY_FILE'],
    ['a header without rows', async () => hazardLedger([]), 'a.xlsx', 422, 'EMPTY_FILE'],
    ['cut off', async () => (await plain()).subarray(0, 2_000), 'a.xlsx', 422, 'FILE_DAMAGED'],
    [
      'locked with a password',
      async () =>
        Buffer.from(
          await writeXlsx({
            sheets: [{ name: 'S', rows: [['a']] }],
            encryption: { password: 'x', spinCount: 1000 },
          }),
        ),
      'a.xlsx',
      422,
      'FILE_HAS_PASSWORD',
    ],
    [
      'too many rows',
      async () => Buffer.from(`存在的隐患及问题,排查时间\n${'灭火器过期,2025-06-01\n'.repeat(50_001)}`),
      'a.csv',
      413,
      'TOO_MANY_ROWS',
    ],
    ['without a known header', async () => Buffer.from('甲,乙\n1,2\n'), 'a.csv', 422, 'NO_HEADER'],
  ])('%s', async (_name, makeBytes, fileName, status, code) => {
    const reply = await upload(test, await makeBytes(), { fileName })
    expect(reply.json()).toMatchObject({ status, code })
    expect(reply.headers['content-type']).toMatch('application/problem+json')
    await expectNothingWritten()
  })

  it('without a coordinate system, a kind or known options', async () => {
    const bytes = await plain()
    expect((await upload(test, bytes, { coordinateSystem: '' })).json()).toMatchObject({
      status: 400,
      code: 'BAD_FORM',
      parameter: 'coordinateSystem',
    })
    expect((await upload(test, bytes, { coordinateSystem: 'WGS-84' })).json().known).toContain('WGS84')
    expect((await upload(test, bytes, { kind: 'drills' })).json()).toMatchObject({
      code: 'BAD_FORM',
      parameter: 'kind',
    })
    expect((await upload(test, bytes, { options: { defaultSector: 'water' } })).json()).toMatchObject({
      code: 'BAD_FORM',
      parameter: 'options',
    })
    const plainPost = await test.post('analyst', '/api/imports', {})
    expect(plainPost.json()).toMatchObject({ status: 400, code: 'NOT_MULTIPART' })
    await expectNothingWritten()
  })

  it('from somebody who may not import', async () => {
    const bytes = await plain()
    expect((await upload(test, bytes, { username: 'commander' })).json()).toMatchObject({
      status: 403,
      code: 'ROLE_NOT_ALLOWED',
    })
    expect(
      (await upload(test, bytes, { username: 'officer-220171001', kind: 'risks' })).json(),
    ).toMatchObject({ status: 403, code: 'ROLE_NOT_ALLOWED' })
    const anonymous = await test.as(null, { method: 'GET', url: '/api/imports' })
    expect(anonymous.json()).toMatchObject({ status: 401 })
    await expectNothingWritten()
  })
})

describe('a row that cannot be true is kept out, with reason and remedy', () => {
  it.each<[string, HazardCells, string, string]>([
    [
      'a day that does not exist',
      { 时限: '2025-02-30' },
      '4 error BAD_DATE 时限',
      '「2025-02-30」没有这一天',
    ],
    ['a day in words', { 排查时间: '45 日前' }, '4 error BAD_DATE 排查时间', '「45 日前」不是日期'],
    [
      'a day to come',
      { 排查时间: '2025-06-19', 时限: null },
      '4 error DATE_IN_FUTURE 排查时间',
      '排查时间 2025-06-19 晚于今天',
    ],
    [
      'due before it was found',
      { 时限: '2025-05-30' },
      '4 error DUE_BEFORE_FOUND 时限',
      '时限 2025-05-30 早于排查时间 2025-06-01',
    ],
    [
      'closed before it was found',
      { 整改结果: '已销号', 验收时间: '2025-05-30' },
      '4 error CLOSED_BEFORE_FOUND 验收时间',
      '销号或验收日期 2025-05-30 早于排查时间 2025-06-01',
    ],
    [
      'closed without a day',
      { 整改结果: '已销号' },
      '4 error CLOSED_WITHOUT_DATE 验收时间',
      '已销号，但没有销号日期或验收时间',
    ],
    [
      'no description',
      { 存在的隐患及问题: ' ' },
      '4 error REQUIRED_EMPTY 存在的隐患及问题',
      '「存在的隐患及问题」没有填写',
    ],
    [
      '10,000 characters',
      { 存在的隐患及问题: '长'.repeat(10_000) },
      '4 error TEXT_TOO_LONG 存在的隐患及问题',
      '文字太长（超过 3,900 字），上限 2,000 字',
    ],
    ['an unknown sector', { 行业领域: '危化/仓储' }, '4 error UNKNOWN_SECTOR 行业领域', '不在词表内'],
    ['no sector', { 行业领域: null }, '4 error NO_SECTOR 行业领域', '没有行业领域，也没有可以参照的场所'],
    ['major without a clause', { 等级: '重大' }, '4 error MAJOR_NEEDS_CLAUSE 等级', '重大隐患必须填判定条款'],
    [
      'major by an unknown clause',
      { 等级: '重大', 判定依据条款: '某某标准第九条' },
      '4 error UNKNOWN_CLAUSE 判定依据条款',
      '判定条款库里没有这一条',
    ],
    [
      'major by a clause that is not confirmed',
      { 等级: '重大', 判定依据条款: 'XF-01' },
      '4 error CLAUSE_NOT_IN_FORCE 判定依据条款',
      '条款 XF-01（测试〔2025〕1号：施行日待核）待核：管理员对照原文核对并注明出处以后，才能据此认定「重大」',
    ],
    [
      'major by a clause out of force',
      { 等级: '重大', 判定依据条款: 'XF-02 ' },
      '4 error CLAUSE_NOT_IN_FORCE 判定依据条款',
      '条款 XF-02（测试〔2025〕1号：施行日待核，已被代替或已停用，停止施行日待核）在发现日期 2025-06-01 不在施行期内，不能据此认定「重大」',
    ],
    ['negative money', { 资金: -1 }, '4 error BAD_FUNDS 资金', '资金是负数'],
    [
      'a code that lost its digits',
      { 统一社会信用代码: 9.122017100000001e17 },
      '4 error ROUNDED_CODE 统一社会信用代码',
      '信用代码被当成数字，后几位已丢失',
    ],
    [
      'a position of zeros',
      { 经度: 0, 纬度: 0 },
      '4 error ZERO_COORDINATES 经度',
      '经纬度都是 0，不是真实位置',
    ],
    ['NaN', { 经度: 'NaN' }, '4 error BAD_COORDINATES 经度', '「NaN」不是坐标'],
    ['half a position', { 纬度: null }, '4 error COORDINATES_INCOMPLETE 纬度', '经度、纬度只填了一个'],
    [
      'longitude and latitude swapped',
      { 经度: 43.86, 纬度: 125.42 },
      '4 error SWAPPED_COORDINATES 经度',
      '经纬度颠倒：经度应在 125 附近',
    ],
    [
      'metres for degrees',
      { 经度: 450884.2, 纬度: 4855903.7 },
      '4 error COORDINATES_OUT_OF_RANGE 经度',
      '像是以米为单位的平面坐标，不是经纬度',
    ],
    [
      'a place in another city',
      { 经度: 121.47, 纬度: 31.23 },
      '4 error OUT_OF_AREA 经度',
      '离开发区 1,441 km',
    ],
    [
      'an attempt on the database',
      { 行业领域: "'; drop table hazards; --" },
      '4 error UNKNOWN_SECTOR 行业领域',
      '不在词表内',
    ],
  ])('%s', async (_name, cells, fault, reason) => {
    const { faults, issue, counts } = await faultOf(cells)
    expect(faults).toEqual([fault])
    expect(issue?.reason).toBe(reason)
    expect(issue?.remedy).not.toBe('')
    expect(counts).toMatchObject({ total: 1, rejected: 1, accepted: 0 })
  })

  it('the second of two rows that mean the same', async () => {
    const report = await check(
      test,
      await hazardLedger([hazardRow(1), hazardRow(2), hazardRow(1, { 等级: '疑似重大' })]),
    )
    expect(report.counts).toMatchObject({ new: 2, rejected: 1 })
    expect(report.issues).toMatchObject([{ rows: '6', code: 'DUPLICATE_ROW', reason: '与第 4 行是同一条' }])
  })

  it('takes texts that look like attacks for what they are: texts', async () => {
    const description = `'; drop table hazards; -- =HYPERLINK("x") <script>\u0000\u0007\u202e`
    const report = await check(
      test,
      await hazardLedger([hazardRow(1, { 存在的隐患及问题: description, 排查地点: '=1+1' })]),
    )
    await test.post('analyst', `/api/imports/${report.id}/commit`)
    const { items } = (await test.get('analyst', '/api/hazards')).json()
    expect(items[0].description).toBe(`'; drop table hazards; -- =HYPERLINK("x") <script>`)
  })
})

describe('a row that may be true is taken, with a warning', () => {
  it.each<[string, HazardCells, string[]]>([
    ['outside the zone', { 所属街镇: null, 经度: 125.47 }, ['4 warning OUTSIDE_ZONE 经度']],
    [
      'in another subdistrict than it names',
      { 所属街镇: '东方广场街道' },
      ['4 warning AREA_MISMATCH 所属街镇'],
    ],
    ['an area that is not ours', { 所属街镇: '南湖街道' }, ['4 warning UNKNOWN_AREA 所属街镇']],
    ['money in yuan', { 资金: 8000 }, ['4 warning DOUBTFUL_FUNDS 资金']],
    ['money in words', { 资金: '另行申请' }, ['4 warning FUNDS_NOT_READ 资金']],
    ['no end', { 时限: '长期坚持' }, ['4 warning DUE_NOT_CERTAIN 时限']],
    [
      'a code with a wrong check',
      { 统一社会信用代码: '91220171EX0000015A' },
      ['4 warning DOUBTFUL_CREDIT_CODE 统一社会信用代码'],
    ],
    [
      'accepted but still being done',
      { 整改结果: '整改中', 验收时间: '2025-06-10' },
      ['4 warning STATUS_CONFLICT 验收时间'],
    ],
    ['without a position', { 经度: null, 纬度: null }, []],
  ])('%s', async (_name, cells, faults) => {
    const found = await faultOf(cells)
    expect(found.faults).toEqual(faults)
    expect(found.counts).toMatchObject({ accepted: 1, rejected: 0, warned: faults.length })
  })
})
