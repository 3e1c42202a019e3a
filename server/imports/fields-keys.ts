import type { Field } from './fields.ts'

/** By these columns an exported row is known again: which thing it is, and which version of it the file shows. */
export const KEY_FIELDS: readonly Field[] = [
  {
    field: 'rowId',
    header: '行标识',
    synonyms: [],
    width: 7,
    isKey: true,
    comment:
      '由系统填写，导入时靠它认出这一行，请不要改。\n复制一行作为新行时，请清空新行的行标识和版本。\n删去一行不会从系统里删去。',
  },
  {
    field: 'rowVersion',
    header: '版本',
    synonyms: [],
    width: 5,
    kind: 'number',
    isKey: true,
    comment: '导出时的版本。导入时若系统里已有更新，只收没有冲突的格，冲突的格逐格列出。',
  },
]

/** A row of the list of risks also holds facts of the place, which has a version of its own. */
export const SITE_KEY_FIELDS: readonly Field[] = [
  {
    field: 'siteId',
    header: '场所标识',
    synonyms: [],
    width: 7,
    isKey: true,
    comment: '风险点所在场所，由系统填写，请不要改。',
  },
  { field: 'siteVersion', header: '场所版本', synonyms: [], width: 5, kind: 'number', isKey: true },
]
