import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { type WorkbookInput, writeWorkbook } from './write-workbook.ts'

/** The parts of a workbook as text: what a spreadsheet program is told, whatever our own reader makes of it. */
async function partsOf(...inputs: WorkbookInput[]): Promise<Record<string, string>> {
  const parts = unzipSync(await writeWorkbook(...inputs))
  return Object.fromEntries(Object.entries(parts).map(([name, bytes]) => [name, strFromU8(bytes)]))
}
const plain: WorkbookInput = {
  sheetName: '台账',
  title: '隐患排查治理台账',
  subtitle: '截至今天',
  columns: [
    { header: '序号', kind: 'number' },
    { header: '等级', choices: ['一般', '重大'] },
  ],
  rows: [
    [1, '一般'],
    [2, '重大'],
  ],
}

describe('a sheet', () => {
  it('is set up for A3 landscape, fitted to the width, with the header on each page', async () => {
    const { 'xl/worksheets/sheet1.xml': sheet = '', 'xl/workbook.xml': workbook = '' } = await partsOf(plain)
    expect(sheet).toMatch(/<pageSetup [^>]*paperSize="8"[^>]*\/>/)
    expect(sheet).toMatch(/<pageSetup [^>]*orientation="landscape"[^>]*\/>/)
    expect(sheet).toMatch(/<pageSetup [^>]*fitToHeight="0"[^>]*\/>/)
    expect(workbook).toMatch(/<definedName name="_xlnm.Print_Titles"[^>]*>[^<]*\$3:\$3<\/definedName>/)
  })

  it('keeps its header and first columns in view', async () => {
    const { 'xl/worksheets/sheet1.xml': sheet = '' } = await partsOf({ ...plain, frozenColumns: 1 })
    expect(sheet).toMatch(/<pane [^>]*xSplit="1"[^>]*ySplit="3"[^>]*state="frozen"[^>]*\/>/)
  })

  it('offers the words of a coded column in every row, and says what to do with another word', async () => {
    const { 'xl/worksheets/sheet1.xml': sheet = '' } = await partsOf({ ...plain, rowsForChoices: 10 })
    const rule =
      /<dataValidation type="list" sqref="B4:B13"[^>]*>.*?<\/dataValidation>/.exec(sheet)?.[0] ?? ''
    expect(rule).toContain('<formula1>"一般,重大"</formula1>')
    expect(rule).toContain('errorStyle="stop"')
    expect(rule).toContain('showErrorMessage="1"')
  })

  it('points to a hidden sheet where Excel’s 255 characters do not hold the words, each list once', async () => {
    const choices = Array.from({ length: 60 }, (_, index) => `第 ${index + 1} 号街道办事处`)
    const column = { header: '所属街镇', choices }
    const sheetOf = (sheetName: string): WorkbookInput => ({
      ...plain,
      sheetName,
      columns: [column],
      rows: [],
    })
    const parts = await partsOf(sheetOf('甲'), sheetOf('乙'))
    for (const name of ['xl/worksheets/sheet1.xml', 'xl/worksheets/sheet2.xml'])
      expect(parts[name]).toMatch(/<formula1>(&apos;|')选项(&apos;|')!\$A\$1:\$A\$60<\/formula1>/)
    expect(parts['xl/workbook.xml']).toMatch(/<sheet name="选项"[^>]*state="hidden"/)
    expect(parts['xl/worksheets/sheet3.xml']?.match(/<row /g)?.length).toBe(60)
  })

  it('lets a word with a comma be one word', async () => {
    const parts = await partsOf({
      ...plain,
      columns: [{ header: '类型', choices: ['甲,乙', '丙'] }],
      rows: [],
    })
    expect(parts['xl/worksheets/sheet1.xml']).toMatch(/选项(&apos;|')!\$A\$1:\$A\$2/)
  })

  it('stops whoever types over the columns by which a row is known again', async () => {
    const parts = await partsOf({
      ...plain,
      columns: [{ header: '行标识', isKey: true, comment: '请不要改' }],
      rows: [['0197']],
    })
    expect(parts['xl/worksheets/sheet1.xml']).toMatch(
      /<dataValidation type="custom" sqref="A4:A4"[^>]*>\s*<formula1>FALSE<\/formula1>/,
    )
    expect(Object.keys(parts).some((name) => name.includes('comments'))).toBe(true)
  })

  it('writes the heading of a group once over its columns, and a sum in bold', async () => {
    const parts = await partsOf({
      ...plain,
      columns: [
        { header: '街镇' },
        { header: '排查数', group: '一般隐患', kind: 'number' },
        { header: '已整改', group: '一般隐患', kind: 'number' },
      ],
      rows: [
        ['甲', 1, 1],
        ['合计', 1, 1],
      ],
      hasTotal: true,
    })
    const sheet = parts['xl/worksheets/sheet1.xml'] ?? ''
    expect(sheet).toContain('<mergeCell ref="B3:C3"/>')
    expect(sheet).toContain('<mergeCell ref="A3:A4"/>')
    expect(parts['xl/workbook.xml']).toContain('$3:$4')
  })
})
