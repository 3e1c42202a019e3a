import { describe, expect, it } from 'vitest'
import { cleanText, comparableText, narrowText, shortenText } from './plain-text.ts'

describe('texts from outside', () => {
  it('lose control, invisible and direction characters and half characters, and keep rare ones', () => {
    expect(cleanText('\u0000 安全\u0007出口\u200b堵塞\u202e\ud800 ')).toBe('安全出口堵塞')
    expect(cleanText('一\r\n二\t三\r四')).toBe('一\n二\t三\n四')
    expect(cleanText('𠮷野家')).toBe('𠮷野家')
  })

  it('are compared without width, case, blanks and punctuation', () => {
    expect(comparableText(' 责任单位 ／ 责任人（必填）')).toBe('责任单位责任人必填')
    expect(comparableText('Ｌ')).toBe('l')
    expect(narrowText('１２５．３８　')).toBe('125.38 ')
  })

  it('are cut between characters', () => {
    expect(shortenText('𠮷𠮷𠮷', 2)).toBe('𠮷…')
    expect(shortenText('短', 2)).toBe('短')
  })
})
