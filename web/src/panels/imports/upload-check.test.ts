import { IMPORT_LIMITS } from '@contract'
import { describe, expect, it } from 'vitest'
import { checkUpload } from './upload-check.ts'

const zip = new Uint8Array([0x50, 0x4b, 0x03, 0x04, 0, 0, 0, 0])
const ole = new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
const text = new TextEncoder().encode('序号,排查地点')
const pdf = new TextEncoder().encode('%PDF-1.7')
const utf16 = (letters: string) => [...letters].flatMap((letter) => [letter.charCodeAt(0), 0])

describe('checkUpload', () => {
  it('lets workbooks and a text table pass, whatever the case of the name', () => {
    expect(checkUpload('2026年5月台账.xlsx', 9_000, zip)).toBeNull()
    expect(checkUpload('旧台账.xls', 9_000, ole)).toBeNull()
    expect(checkUpload('LEDGER.CSV', 9_000, text)).toBeNull()
  })
  it('stops at one byte over the limit, not at the limit', () => {
    expect(checkUpload('a.xlsx', IMPORT_LIMITS.fileBytes, zip)).toBeNull()
    expect(checkUpload('a.xlsx', IMPORT_LIMITS.fileBytes + 1, zip)).toBe('tooBig')
  })
  it('finds the password of a workbook by the part that Excel hides it in', () => {
    const locked = new Uint8Array([...ole, ...utf16('Encrypted'), ...utf16('EncryptedPackage'), 0, 0])
    expect(checkUpload('a.xlsx', locked.length, locked)).toBe('locked')
    const half = new Uint8Array([...ole, ...utf16('EncryptedPack')])
    expect(checkUpload('a.xls', half.length, half)).toBeNull()
  })
  it('tells an empty file, other kinds and a wrong ending apart', () => {
    expect(checkUpload('a.xlsx', 0, new Uint8Array())).toBe('empty')
    expect(checkUpload('a.pdf', 9_000, pdf)).toBe('notTable')
    expect(checkUpload('a.docx', 9_000, zip)).toBe('notTable')
    expect(checkUpload('a.xlsx', 9_000, pdf)).toBe('mislabelled')
    expect(checkUpload('a.csv', 9_000, zip)).toBe('mislabelled')
  })
})
