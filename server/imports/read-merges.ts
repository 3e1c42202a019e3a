import { posix } from 'node:path'
import type { Readable } from 'node:stream'
import type { Archive } from './archive.ts'
import type { Merge } from './table.ts'

/** Beyond this a sheet is decorated, not merged by hand; the rest are passed over. */
const MAX_MERGES = 50_000
const MERGE = /<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"/g

/**
 * The merges of each sheet that run downwards. The row stream that keeps memory low does not tell them: they stand
 * after the rows in the part, so we look through its text for them alone.
 */
export async function readMerges(archive: Archive): Promise<Map<string, Merge[]>> {
  const merges = new Map<string, Merge[]>()
  const paths = await readSheetPaths(archive)
  for (const [name, path] of paths) {
    if (archive.names.includes(path)) merges.set(name, await scanMerges(await archive.open(path)))
  }
  return merges
}

async function readSheetPaths(archive: Archive): Promise<Map<string, string>> {
  const workbook = await readText(await archive.open('xl/workbook.xml'))
  const relations = await readText(await archive.open('xl/_rels/workbook.xml.rels'))
  const targets = new Map<string, string>()
  for (const [tag] of relations.matchAll(/<(?:\w+:)?Relationship\s[^>]*>/g)) {
    const id = attributeOf(tag, 'Id')
    const target = attributeOf(tag, 'Target')
    if (id && target) targets.set(id, posix.resolve('/xl', target).slice(1))
  }
  const paths = new Map<string, string>()
  for (const [tag] of workbook.matchAll(/<(?:\w+:)?sheet\s[^>]*>/g)) {
    const name = attributeOf(tag, 'name')
    const path = targets.get(attributeOf(tag, '\\w+:id') ?? '')
    if (name && path) paths.set(name, path)
  }
  return paths
}

async function readText(stream: Readable): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

async function scanMerges(stream: Readable): Promise<Merge[]> {
  const merges: Merge[] = []
  let rest = ''
  for await (const chunk of stream) {
    const text = rest + (chunk as Buffer).toString('latin1')
    for (const [, left = '', top = '', , bottom = ''] of text.matchAll(MERGE)) {
      if (Number(bottom) > Number(top) && merges.length < MAX_MERGES) {
        merges.push({ top: Number(top), bottom: Number(bottom), left: columnIndex(left) })
      }
    }
    // a tag that the chunk's end cuts in two is read with the next chunk, and one that is whole only once
    const start = text.lastIndexOf('<')
    rest = start === -1 || text.indexOf('>', start) !== -1 ? '' : text.slice(start).slice(0, 500)
  }
  return merges
}

function columnIndex(letters: string): number {
  let index = 0
  for (const letter of letters) index = index * 26 + letter.charCodeAt(0) - 64
  return index - 1
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function attributeOf(tag: string, name: string): string | null {
  const match = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)
  if (match?.[1] === undefined) return null
  return match[1].replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{2,4}));/gi, (whole, hex, decimal, word) => {
    if (word) return ENTITIES[word] ?? whole
    const code = Number.parseInt(hex ?? decimal, hex ? 16 : 10)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}
