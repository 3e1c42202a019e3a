import { describe, expect, it } from 'vitest'
import { LEVEL_WORDS, METHOD_WORDS, readStatus, readWord, SECTOR_WORDS, SEVERITY_WORDS } from './words.ts'

describe('words of the officials', () => {
  it('are known with their synonyms, whatever their width and punctuation', () => {
    expect(readWord(SECTOR_WORDS, '危化品')).toEqual({ value: 'chemicals', nearest: null })
    expect(readWord(SECTOR_WORDS, ' 工 贸 ')).toEqual({ value: 'industry', nearest: null })
    expect(readWord(SEVERITY_WORDS, '重大事故隐患')).toEqual({ value: 'major', nearest: null })
    expect(readWord(LEVEL_WORDS, '重大风险')).toEqual({ value: 1, nearest: null })
    expect(readWord(LEVEL_WORDS, '1')).toEqual({ value: 1, nearest: null })
    expect(readWord(METHOD_WORDS, 'L·E·C 法')).toEqual({ value: 'lec', nearest: null })
  })

  it('are proposed, not taken, when only near', () => {
    expect(readWord(SECTOR_WORDS, '危化/仓储')).toEqual({ value: null, nearest: 'chemicals' })
    expect(readWord(SECTOR_WORDS, '燃气管网')).toEqual({ value: null, nearest: 'gas' })
    expect(readWord(SECTOR_WORDS, '水利')).toEqual({ value: null, nearest: null })
    expect(readWord(SECTOR_WORDS, "'; drop table sites; --")).toEqual({ value: null, nearest: null })
  })

  it('tell the status, alone or at the start of a sentence', () => {
    expect(readStatus('已销号', false)).toBe('closed')
    expect(readStatus('整改中', false)).toBe('rectifying')
    expect(readStatus('未整改', false)).toBe('assigned')
    expect(readStatus('已整改，更换灭火器 4 具', false)).toBe('submitted')
    expect(readStatus('已整改，更换灭火器 4 具', true)).toBe('closed')
    expect(readStatus('验收合格，同意销号', true)).toBe('closed')
    expect(readStatus('正在整改，等待备件到货', false)).toBe('rectifying')
    expect(readStatus('更换灭火器', true)).toBeNull()
  })
})
