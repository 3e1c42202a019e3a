import { describe, expect, it } from 'vitest'
import { layOutSheets } from './layout.ts'
import type { CellValue, TableFile } from './table.ts'

const fileOf = (...sheets: CellValue[][][]): TableFile => ({
  format: 'xlsx',
  notes: [],
  sheets: sheets.map((rows, index) => ({
    name: `表${index + 1}`,
    isHidden: false,
    rows: rows.map((cells, row) => ({ number: row + 1, cells })),
  })),
})
const fieldsOf = (file: TableFile, choices = {}) =>
  layOutSheets(file, 'hazards', choices).layouts[0]?.columns.map(({ header, field, ignored }) => [
    header,
    field ?? ignored,
  ])

describe('finding the header', () => {
  it('below titles, and in the lower row of a header of two rows', () => {
    const { layouts, rowsOf } = layOutSheets(
      fileOf([
        ['隐患排查治理台账'],
        ['填报单位：某某街道', null, '2025年6月'],
        ['序号', '存在的隐患及问题', '排查时间', '坐标', null],
        ['序号', '存在的隐患及问题', '排查时间', '经度', '纬度'],
        [1, '灭火器过期', 45809, 125.42, 43.86],
        ['序号', '存在的隐患及问题', '排查时间', '经度', '纬度'],
        [2, '通道堵塞', 45810, null, null],
        ['合计', 2],
        ['填表人：王示例', null, '审核：李示例'],
      ]),
      'hazards',
      {},
    )
    expect(layouts[0]).toMatchObject({ isRead: true, headerRow: 4, rowCount: 2 })
    expect(rowsOf[0]?.map((row) => row.number)).toEqual([5, 7])
  })

  it('with widths, brackets, marks and line breaks of all kinds', () => {
    expect(
      fieldsOf(
        fileOf([
          [
            '存在的隐患\n及问题*',
            '排查时间（必填）',
            '资金（万元）',
            '责任单位／责任人',
            '经 度',
            '行业领域:',
            '整改前照片',
            '领导',
          ],
        ]),
      ),
    ).toEqual([
      ['存在的隐患 及问题*', 'description'],
      ['排查时间（必填）', 'foundOn'],
      ['资金（万元）', 'fundsWan'],
      ['责任单位／责任人', 'responsible'],
      ['经 度', 'lng'],
      ['行业领域:', 'sector'],
      ['整改前照片', '照片请在隐患详情里上传，表里的图片不导入'],
      ['领导', null],
    ])
  })

  it('takes the first of two columns that say the same', () => {
    expect(fieldsOf(fileOf([['隐患描述', '排查时间', '存在问题']]))?.at(-1)).toEqual([
      '存在问题',
      '与「隐患描述」列重复，只取前一列',
    ])
  })

  it('lets a person assign and leave out columns', () => {
    expect(
      fieldsOf(fileOf([['说明文字', '排查时间', '等级']]), { 说明文字: 'description', 等级: null }),
    ).toEqual([
      ['说明文字', 'description'],
      ['排查时间', 'foundOn'],
      ['等级', '您选择不导入这一列'],
    ])
  })

  it('says of each sheet why it is passed over', () => {
    const { layouts } = layOutSheets(
      fileOf(
        [['说明', '只是文字']],
        [],
        [['排查时间', '等级', '经度']],
        [
          ['存在的隐患及问题', '排查时间'],
          ['灭火器过期', 45809],
        ],
      ),
      'hazards',
      {},
    )
    expect(layouts.map(({ isRead, reason }) => [isRead, reason])).toEqual([
      [false, '没有找到表头'],
      [false, '空的工作表'],
      [false, '缺少必填列：存在的隐患及问题'],
      [true, null],
    ])
  })
})
