import { describe, expect, it } from 'vitest'
import { FilterError } from '../core/filters.ts'
import { listPaths } from './chromium.ts'
import { assertExtent, pageAddress, pixelsOf, readDotsPerInch, readSheet, windowOf } from './model.ts'
import { ownOrigin } from './own-origin.ts'

describe('the words of a sheet', () => {
  it('are A3 and Chinese without any', () => {
    expect(readSheet({})).toEqual({ paper: 'A3', language: 'zh-CN', title: null })
  })

  it('are told with the allowed ones when unknown', () => {
    const fault = () => readSheet({ paper: 'A5' })
    expect(fault).toThrow(FilterError)
    expect(fault).toThrow('paper「A5」不在词表内，可用：A3、A4')
    expect(() => readSheet({ paper: 'A3,A4' })).toThrow('只能选一个')
    expect(() => readSheet({ title: '题'.repeat(61) })).toThrow('最多 60 个字')
  })

  it('hold a resolution from 96 to 300', () => {
    expect(readDotsPerInch({})).toBe(200)
    expect(readDotsPerInch({ dpi: '96' })).toBe(96)
    expect(readDotsPerInch({ dpi: '300' })).toBe(300)
    for (const dpi of ['95', '301', '150.5', 'viele']) {
      expect(() => readDotsPerInch({ dpi })).toThrow('应为 96–300 的整数')
    }
  })

  it('hold a box with its sides in order', () => {
    expect(() => assertExtent('125.3,43.7,125.6,43.9')).not.toThrow()
    for (const text of [
      '125.6,43.7,125.3,43.9',
      '125.3,43.7,125.6',
      '125.3,43.7,125.6,',
      '1,2,3,4,5',
      '0,0,200,1',
    ]) {
      expect(() => assertExtent(text), text).toThrow('西,南,东,北')
    }
  })
})

describe('a paper', () => {
  it('has the pixels of its millimetres', () => {
    // 420 mm / 25.4 × 200 = 3307.09, 297 mm / 25.4 × 200 = 2338.58
    expect(pixelsOf('A3', 200)).toEqual({ width: 3307, height: 2339 })
    expect(pixelsOf('A4', 96)).toEqual({ width: 1123, height: 794 })
    expect(windowOf('A3')).toEqual({ width: 1588, height: 1123 })
  })

  it('is asked of the viewer with the words that were asked of the server', () => {
    const sheet = readSheet({ paper: 'A4' })
    expect(pageAddress('/print/map', { q: '氨 & 酸', paper: 'A4', dpi: '200', area: '' }, sheet)).toBe(
      '/print/map?q=%E6%B0%A8+%26+%E9%85%B8&paper=A4&lang=zh-CN',
    )
  })
})

describe('the server’s own address', () => {
  it('is one that leads here from here', () => {
    const at = (address: string, family = 'IPv4') => ownOrigin({ address, family, port: 4180 })
    const origin = (host: string) => `http://${host}:4180`
    expect(at('127.0.0.1')).toBe(origin('127.0.0.1'))
    expect(at('0.0.0.0')).toBe(origin('127.0.0.1'))
    expect(at('::', 'IPv6')).toBe(origin('[::1]'))
    expect(at('10.1.2.3')).toBe(origin('10.1.2.3'))
    expect(ownOrigin(null)).toBeNull()
  })
})

describe('the browser of the machine', () => {
  it('is looked for where each system keeps its browsers', () => {
    expect(listPaths({ PATH: '/usr/bin' }, 'linux')[0]).toBe('/usr/bin/chromium')
    expect(listPaths({ PATH: '' }, 'darwin')[0]).toContain('Google Chrome')
    expect(listPaths({ PROGRAMFILES: 'C:/Programs' }, 'win32')[0]).toContain('chrome.exe')
    expect(listPaths({ PATH: '' }, 'linux')).toEqual([])
  })
})
