import { LEC, LS } from '@contract'
import { expect, it } from 'vitest'
import { riskList as english } from '../../messages/en/risk-list.ts'
import { riskList as chinese } from '../../messages/zh-CN/risk-list.ts'

const scales = { lec: { L: LEC.L, E: LEC.E, C: LEC.C }, ls: { L: LS.L, S: LS.S } }

it.each([
  ['Chinese', chinese],
  ['English', english],
])('has %s words for every value that a method allows, and for no other', (_language, messages) => {
  const keys = (scale: readonly { value: number }[]) =>
    scale.map(({ value }) => String(value).replace('.', '_')).sort()
  for (const [method, symbols] of Object.entries(scales)) {
    const words: Record<string, Record<string, string>> = messages.arithmetic.words[
      method as keyof typeof scales
    ]
    for (const [symbol, scale] of Object.entries(symbols)) {
      expect(Object.keys(words[symbol] ?? {}).sort(), `${method} ${symbol}`).toEqual(keys(scale))
    }
  }
})
