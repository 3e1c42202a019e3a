import type { WriteSheet } from 'hucre/xlsx'
import type { WorkbookColumn, WorkbookInput } from './write-workbook.ts'

type Validation = NonNullable<WriteSheet['dataValidations']>[number]

/** Excel keeps a list that stands in the cell's own rule in 255 characters. */
const MAX_INLINE_CHARACTERS = 255
export const CHOICES_SHEET = '选项'

/** Lists too long for a rule of their own: each becomes a column of a hidden sheet, to which the rules point. */
export interface ChoiceLists {
  rangeOf(choices: readonly string[]): string
  sheet(): WriteSheet | null
}

export function makeChoiceLists(): ChoiceLists {
  const lists: (readonly string[])[] = []
  return {
    rangeOf: (choices) => {
      const key = choices.join('\u0001')
      let index = lists.findIndex((list) => list.join('\u0001') === key)
      if (index === -1) index = lists.push(choices) - 1
      const letter = letterOf(index)
      return `'${CHOICES_SHEET}'!$${letter}$1:$${letter}$${choices.length}`
    },
    sheet: () => {
      if (lists.length === 0) return null
      const length = Math.max(...lists.map((list) => list.length))
      const rows = Array.from({ length }, (_, row) => lists.map((list) => list[row] ?? null))
      return { name: CHOICES_SHEET, rows, hidden: true }
    },
  }
}

/** The rules of a sheet: lists for coded columns, and a word of caution on the columns that only the system writes. */
export function validationsOf(input: WorkbookInput, firstRow: number, lists: ChoiceLists): Validation[] {
  const last = firstRow - 1 + Math.max(1, input.rows.length, input.rowsForChoices ?? 0)
  return input.columns.flatMap((column, index) => {
    const letter = letterOf(index)
    const range = `${letter}${firstRow}:${letter}${last}`
    if (column.isKey) return [keepOut(column, range)]
    return column.choices && column.choices.length > 0 ? [offer(column, column.choices, range, lists)] : []
  })
}

function offer(
  column: WorkbookColumn,
  choices: readonly string[],
  range: string,
  lists: ChoiceLists,
): Validation {
  const isInline =
    choices.join(',').length <= MAX_INLINE_CHARACTERS && !choices.some((choice) => /[",\n]/.test(choice))
  return {
    type: 'list',
    ...(isInline ? { values: [...choices] } : { formula1: lists.rangeOf(choices) }),
    range,
    allowBlank: true,
    showErrorMessage: true,
    errorStyle: column.isSuggestion ? 'information' : 'stop',
    errorTitle: column.header.slice(0, 30),
    errorMessage: column.isSuggestion ? '不在常用词里，确定要这样写吗？' : '请从下拉列表里选，或写列表里的词',
  }
}

/** Typing over a key is stopped; deleting it is not, which makes a copied row a new one. */
const keepOut = (column: WorkbookColumn, range: string): Validation => ({
  type: 'custom',
  formula1: 'FALSE',
  range,
  allowBlank: true,
  showErrorMessage: true,
  errorStyle: 'stop',
  errorTitle: column.header,
  errorMessage: '这一列由系统填写，导入时靠它认出这一行，请不要改',
})

export function letterOf(index: number): string {
  const rest = Math.floor(index / 26)
  return (rest > 0 ? letterOf(rest - 1) : '') + String.fromCharCode(65 + (index % 26))
}
