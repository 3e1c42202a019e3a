import { strToU8, zipSync } from 'fflate'
import { writeXlsx } from 'hucre/xlsx'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { readTableFile } from './read-file.ts'

type Sheets = Parameters<typeof writeXlsx>[0]['sheets']
const workbook = async (sheets: Sheets) => Buffer.from(await writeXlsx({ sheets }))
const refusalOf = (name: string, bytes: Buffer) =>
  readTableFile(name, bytes).then(
    () => 'read',
    (error: Error & { code?: string }) => error.code,
  )

describe('reading an .xlsx', () => {
  it('fills merged cells down, keeps row numbers, dates and the value of formulas, and passes over hidden sheets', async () => {
    const bytes = await workbook([
      {
        name: '台账 & 其他',
        rows: [
          ['标题', null, null],
          [],
          ['单位', '日期', '数'],
          ['甲厂', new Date('2025-06-01'), 1],
          [null, 45809.5, '=1+1'],
          ['乙厂', '2025年6月1日', 3],
        ],
        merges: [
          { startRow: 0, startCol: 0, endRow: 0, endCol: 2 },
          { startRow: 3, startCol: 0, endRow: 4, endCol: 0 },
        ],
        cells: new Map([['5,2', { value: 3, type: 'formula', formula: 'SUM(C4:C4)+2', formulaResult: 3 }]]),
      },
      { name: '隐藏', rows: [['x']], hidden: true },
    ])
    expect(await readTableFile('a.xlsx', bytes)).toEqual({
      format: 'xlsx',
      notes: [],
      sheets: [
        {
          name: '台账 & 其他',
          isHidden: false,
          rows: [
            { number: 1, cells: ['标题'] },
            { number: 3, cells: ['单位', '日期', '数'] },
            { number: 4, cells: ['甲厂', new Date('2025-06-01'), 1] },
            { number: 5, cells: ['甲厂', 45809.5, '=1+1'] },
            { number: 6, cells: ['乙厂', '2025年6月1日', 3] },
          ],
        },
        { name: '隐藏', isHidden: true, rows: [] },
      ],
    })
  })

  it('survives a single cell in the farthest corner', async () => {
    const bytes = zipSync({
      '[Content_Types].xml': strToU8(
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
      ),
      '_rels/.rels': strToU8(
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
      ),
      'xl/workbook.xml': strToU8(
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
      ),
      'xl/_rels/workbook.xml.rels': strToU8(
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
      ),
      'xl/worksheets/sheet1.xml': strToU8(
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData></worksheet>',
      ),
    })
    const file = await readTableFile('far.xlsx', Buffer.from(bytes))
    expect(file.sheets[0]?.rows).toEqual([{ number: 1, cells: [1] }])
  })

  it('refuses a bomb by what its table of contents claims, before anything is unpacked', async () => {
    const bytes = zipSync({
      'xl/workbook.xml': strToU8('<workbook/>'),
      'xl/sharedStrings.xml': new Uint8Array(260 * 1024 * 1024),
    })
    expect(bytes.length).toBeLessThan(500_000)
    expect(await refusalOf('bomb.xlsx', Buffer.from(bytes))).toBe('ARCHIVE_TOO_LARGE')
  })

  it('refuses a zip that is no workbook, a damaged one, one with a password, and an empty one', async () => {
    expect(await refusalOf('a.xlsx', Buffer.from(zipSync({ 'word/document.xml': strToU8('<w/>') })))).toBe(
      'UNSUPPORTED_FILE',
    )
    const whole = await workbook([{ name: 'S', rows: [['a']] }])
    expect(await refusalOf('a.xlsx', whole.subarray(0, whole.length - 40))).toBe('FILE_DAMAGED')
    const locked = Buffer.from(
      await writeXlsx({
        sheets: [{ name: 'S', rows: [['a']] }],
        encryption: { password: 'secret', spinCount: 1000 },
      }),
    )
    expect(await refusalOf('a.xlsx', locked)).toBe('FILE_HAS_PASSWORD')
    expect(await refusalOf('a.xlsx', await workbook([{ name: 'S', rows: [] }]))).toBe('EMPTY_FILE')
    expect(await refusalOf('a.xlsx', Buffer.alloc(0))).toBe('EMPTY_FILE')
  })

  it('reads a large file, and refuses more rows than the stated limit', async () => {
    const rows = (count: number) =>
      Array.from({ length: count }, (_, index) => [index, '疏散通道堆放货物', '恒泰冷链'])
    const file = await readTableFile('a.xlsx', await workbook([{ name: 'S', rows: rows(50_000) }]))
    expect(file.sheets[0]?.rows.at(-1)).toEqual({
      number: 50_000,
      cells: [49_999, '疏散通道堆放货物', '恒泰冷链'],
    })
    expect(await refusalOf('a.xlsx', await workbook([{ name: 'S', rows: rows(50_300) }]))).toBe(
      'TOO_MANY_ROWS',
    )
  })

  it('refuses a sheet whose rows all reach far to the right', async () => {
    const wide = Array.from({ length: 200 }, () => [...Array.from({ length: 1_500 }, () => null), 1])
    expect(await refusalOf('a.xlsx', await workbook([{ name: 'S', rows: wide }]))).toBe('FILE_DAMAGED')
  })
})

describe('reading a CSV', () => {
  const text = '单位,说明\r\n甲厂,"一行\n两行"\r\n\r\n𠮷野,"带,逗号和""引号"""\r\n'
  const rows = [
    { number: 1, cells: ['单位', '说明'] },
    { number: 2, cells: ['甲厂', '一行\n两行'] },
    { number: 4, cells: ['𠮷野', '带,逗号和"引号"'] },
  ]

  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with its mark', Buffer.from(`\ufeff${text}`)],
    ['GB18030', iconv.encode(text, 'gb18030')],
    ['UTF-16 with its mark', iconv.encode(text, 'utf-16le', { addBOM: true })],
  ])('reads %s', async (_name, bytes) => {
    expect((await readTableFile('a.csv', bytes)).sheets[0]?.rows).toEqual(rows)
  })

  it('reads other delimiters', async () => {
    expect((await readTableFile('a.csv', Buffer.from('a;b\n1;2\n'))).sheets[0]?.rows[1]?.cells).toEqual([
      '1',
      '2',
    ])
    expect((await readTableFile('a.txt', Buffer.from('a\tb\n1\t2\n'))).sheets[0]?.rows[1]?.cells).toEqual([
      '1',
      '2',
    ])
  })

  it('refuses what is no text, and a quote that never closes', async () => {
    expect(await refusalOf('photo.jpg', Buffer.from([0xff, 0xd8, 0xff, 0xe0]))).toBe('UNSUPPORTED_FILE')
    expect(await refusalOf('a.csv', Buffer.from('a,b\n\u0000\u0001,2\n'))).toBe('UNSUPPORTED_FILE')
    expect(await refusalOf('a.csv', Buffer.from([0x61, 0xff, 0xff, 0x2c, 0x0a]))).toBe('UNKNOWN_ENCODING')
    expect(await refusalOf('a.csv', Buffer.from(`a,b\n"${'x'.repeat(600_000)}`))).toBe('FILE_DAMAGED')
    expect(await refusalOf('a.csv', Buffer.from('  \n\n'))).toBe('EMPTY_FILE')
  })
})
