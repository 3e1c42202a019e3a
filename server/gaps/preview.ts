import { GAP_KINDS } from '../core/vocabulary.ts'
import type { SiteGaps } from './model.ts'
import type { GapSettingsPreview } from './schema.ts'

/** The same sites by two sets of rules, in the same order: how many get a gap of each kind, and how many lose it. */
export function compareGaps(
  before: readonly SiteGaps[],
  after: readonly SiteGaps[],
): GapSettingsPreview['kinds'] {
  return GAP_KINDS.map((kind) => {
    const counts = { kind, before: 0, after: 0, appearing: 0, vanishing: 0 }
    for (const [index, site] of before.entries()) {
      const had = site.kinds.includes(kind)
      const has = after[index]?.kinds.includes(kind) ?? false
      if (had) counts.before++
      if (has) counts.after++
      if (has && !had) counts.appearing++
      if (had && !has) counts.vanishing++
    }
    return counts
  })
}
