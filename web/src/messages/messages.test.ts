import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { MESSAGES } from './i18n.ts'

type Messages = (typeof MESSAGES)['en']

function flatten(messages: Messages, prefix = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const [key, value] of Object.entries(messages)) {
    if (typeof value === 'string') found.set(`${prefix}${key}`, value)
    else for (const [inner, text] of flatten(value, `${prefix}${key}.`)) found.set(inner, text)
  }
  return found
}

const chinese = flatten(MESSAGES['zh-CN'])
const english = flatten(MESSAGES.en)

describe('the messages', () => {
  it('hold the same keys in both languages', () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort())
  })

  it('name the same values in both languages', () => {
    const namesIn = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort()
    const differing = [...chinese].filter(
      ([key, text]) => `${namesIn(text)}` !== `${namesIn(english.get(key) ?? '')}`,
    )
    expect(differing.map(([key]) => key)).toEqual([])
  })

  it('hold every key that the code asks for by name', () => {
    const missing = sources(join(import.meta.dirname, '..')).flatMap((file) => {
      const keys = readFileSync(file, 'utf8').matchAll(/[^\w.](?:\$?t|i18n\.global\.t)\(\s*'([\w.]+)'/g)
      return [...keys].map((match) => match[1] ?? '').filter((key) => !chinese.has(key))
    })
    expect(missing).toEqual([])
  })
})

function sources(directory: string): string[] {
  return readdirSync(directory).flatMap((name) => {
    const path = join(directory, name)
    if (statSync(path).isDirectory()) return sources(path)
    return /\.(vue|ts)$/.test(name) && !name.endsWith('.test.ts') ? [path] : []
  })
}
