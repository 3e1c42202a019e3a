import { tidyCas } from './cas.ts'
import { MORE_CAS, SYNONYMS } from './synonyms.ts'
import { MAJOR_HAZARD_TABLE, type TableSubstance } from './table.ts'

/** A line of table 1 with all names by which it is found. */
export interface KnownSubstance extends TableSubstance {
  /** Names beside the standard's own, ours among them. */
  synonyms: readonly string[]
  allCas: readonly string[]
}

/** The name as it is compared. Signs of more and less stay: >0.2% and ≤0.2% are two lines. */
export function substanceKey(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('<=', '≤')
    .replaceAll('>=', '≥')
    .replace(/[\s"'“”‘’、，,。.．:：;；·•\-‐‑–—_()[\]【】]/g, '')
}

/** The name before its bracket, and the parts of a name that joins two: 甲醛（含量>90%） → 甲醛; 甲烷、天然气 → both. */
function shortNames(name: string): string[] {
  const base = name.replace(/（.*$/, '')
  return [base, ...base.split('、')].filter((part) => part !== name)
}

export const SUBSTANCES: readonly KnownSubstance[] = MAJOR_HAZARD_TABLE.substances.map((line) => ({
  ...line,
  synonyms: [...new Set([...(line.alias ? [line.alias] : []), ...(SYNONYMS[line.no] ?? [])])],
  allCas: [...line.cas, ...(MORE_CAS[line.no] ?? [])],
}))

interface NameEntry {
  substance: KnownSubstance
  name: string
  key: string
}

const NAMES: readonly NameEntry[] = SUBSTANCES.flatMap((substance) =>
  [...new Set([substance.name, ...substance.synonyms, ...shortNames(substance.name)])].map((name) => ({
    substance,
    name,
    key: substanceKey(name),
  })),
)

const unique = (substances: readonly KnownSubstance[]): KnownSubstance[] => [...new Set(substances)]

/** Full names apart from short ones; made once, since a large unit asks for many. */
const BY_FULL_NAME = new Map(SUBSTANCES.map((substance) => [substanceKey(substance.name), substance]))
const BY_ANY_NAME = new Map<string, KnownSubstance[]>()
for (const { key, substance } of NAMES) {
  BY_ANY_NAME.set(key, unique([...(BY_ANY_NAME.get(key) ?? []), substance]))
}

/** The lines that a name means: the one so called in full, else all that are called so for short. */
export function substancesNamed(name: string): KnownSubstance[] {
  const key = substanceKey(name)
  if (key === '') return []
  const whole = BY_FULL_NAME.get(key)
  return whole ? [whole] : (BY_ANY_NAME.get(key) ?? [])
}

export const substancesOfCas = (cas: string): KnownSubstance[] =>
  SUBSTANCES.filter((substance) => substance.allCas.includes(cas))

/** Pairs of neighbouring characters, ends marked, so that names of two characters have some too. */
function pairsOf(key: string): Set<string> {
  const characters = ['^', ...key, '$']
  return new Set(characters.slice(1).map((character, index) => `${characters[index]}${character}`))
}

/** Likeness of two names, 0 to 1: characters and pairs of neighbours in common. */
function likeness(a: string, b: string): number {
  const share = (left: Set<string>, right: Set<string>) => {
    const common = [...left].filter((part) => right.has(part)).length
    return (2 * common) / (left.size + right.size)
  }
  return (share(new Set(a), new Set(b)) + share(pairsOf(a), pairsOf(b))) / 2
}

const LEAST_LIKENESS = 0.3

/** Names near to one that is not known, best first; of each line the nearest one. */
export function nearestNames(name: string, limit = 5): { name: string; substance: KnownSubstance }[] {
  const key = substanceKey(name)
  if (key === '') return []
  const scored = NAMES.map((entry) => ({ ...entry, score: scoreOf(key, entry.key) }))
    .filter(({ score }) => score >= LEAST_LIKENESS)
    .sort((a, b) => b.score - a.score || a.substance.no - b.substance.no)
  const best = new Map<KnownSubstance, string>()
  for (const { substance, name: near } of scored) {
    if (best.size === limit) break
    // a short name that means several lines would only be asked back
    if (!best.has(substance)) best.set(substance, substancesNamed(near).length > 1 ? substance.name : near)
  }
  return [...best].map(([substance, near]) => ({ name: near, substance }))
}

function scoreOf(key: string, other: string): number {
  const isPart = other.length > 1 && key.length > 1 && (key.includes(other) || other.includes(key))
  return likeness(key, other) + (isPart ? 0.5 : 0)
}

export interface SubstanceSearch {
  items: KnownSubstance[]
  /** Nothing is called so: these are near to it. */
  isNearest: boolean
}

/** Lines of table 1 by part of a name or a CAS number: those that begin so first. An empty question has them all. */
export function searchSubstances(question: string): SubstanceSearch {
  const key = substanceKey(question)
  if (key === '') return { items: [...SUBSTANCES], isNearest: false }
  const digits = tidyCas(question)
  if (/^\d{2,}[\d-]*$/.test(digits)) {
    const items = SUBSTANCES.filter(({ allCas }) => allCas.some((cas) => cas.startsWith(digits)))
    if (items.length > 0) return { items, isNearest: false }
  }
  const placeOf = (entry: NameEntry) => {
    if (entry.key === key) return 0
    if (entry.key.startsWith(key)) return 1
    return entry.key.includes(key) ? 2 : 3
  }
  const found = NAMES.map((entry) => ({ substance: entry.substance, place: placeOf(entry) }))
    .filter(({ place }) => place < 3)
    .sort((a, b) => a.place - b.place || a.substance.no - b.substance.no)
  if (found.length > 0) return { items: unique(found.map(({ substance }) => substance)), isNearest: false }
  return { items: nearestNames(question, 8).map(({ substance }) => substance), isNearest: true }
}
