import type { Paper } from '@contract'

/** A text as a style sheet quotes it. */
export const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, '\\$&').replaceAll('\n', ' ')}"`

/** The rules for a sheet that fills its paper by itself. */
export const wholePage = (paper: Paper): string => `@page { size: ${paper} landscape; margin: 0 }`

/**
 * The rules for a list that runs over many pages: below each stand the unit, the title and n of N. `numbers` holds the
 * two counters in the order of the language, as `{page}` and `{pages}`.
 */
export function listPages(
  paper: Paper,
  { left, middle, numbers }: Record<'left' | 'middle' | 'numbers', string>,
) {
  const counters = numbers
    .split(/(\{page\}|\{pages\})/)
    .filter((part) => part !== '')
    .map((part) => (/^\{pages?\}$/.test(part) ? `counter(${part.slice(1, -1)})` : quoted(part)))
    .join(' ')
  const font = `font: 400 8.5pt "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; color: black`
  return `@page {
  size: ${paper} landscape;
  margin: 11mm 10mm 13mm;
  @bottom-left { content: ${quoted(left)}; ${font} }
  @bottom-center { content: ${quoted(middle)}; ${font} }
  @bottom-right { content: ${counters}; ${font} }
}`
}
