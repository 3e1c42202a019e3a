/** Where a clause stands in its document: the article, and what stands below it. */
export interface Citation {
  article: string
  item: string | null
}

const NUMERALS = '零一二三四五六七八九'
const ARTICLE = /^(第[零一二三四五六七八九十百0-9.]+条)(.*)$/
const PARAGRAPH = /^(第[一二三四五六七八九十]+款)?(?:第([一二三四五六七八九十0-9、]+)项)?$/

/** 12 → 十二; items of an article are never a hundred. */
function asNumeral(number: number): string {
  const tens = Math.floor(number / 10)
  const ones = number % 10
  const head = tens === 0 ? '' : `${tens === 1 ? '' : NUMERALS[tens]}十`
  return `${head}${ones === 0 && tens > 0 ? '' : NUMERALS[ones]}`
}

/** 2 or 二 → （二）, as officials cite an item; several stand side by side. */
function asItem(written: string): string {
  return written
    .split('、')
    .map((one) => `（${/^[0-9]+$/.test(one) ? asNumeral(Number(one)) : one}）`)
    .join('、')
}

/**
 * Parts the written form of a citation: 第三条第2项 is article 第三条, item （二）; 4.4 a) is article 4.4, item a).
 * What names several articles, or is no article, stays whole.
 */
export function splitCitation(written: string): Citation {
  const text = written.trim()
  const standard = /^((?:第)?[0-9]+(?:\.[0-9]+)*(?:条)?)\s+([a-z]\))$/.exec(text)
  if (standard?.[1] && standard[2]) return { article: standard[1], item: standard[2] }
  const [, article, rest = ''] = ARTICLE.exec(text) ?? []
  if (article === undefined || rest === '') return { article: text, item: null }
  const bracketed = /^[（(]([一二三四五六七八九十]+)[)）]$/.exec(rest)?.[1]
  if (bracketed !== undefined) return { article, item: `（${bracketed}）` }
  const [, paragraph, items] = PARAGRAPH.exec(rest) ?? []
  if (paragraph === undefined && items === undefined) return { article: text, item: null }
  const item = items === undefined ? '' : asItem(items)
  if (paragraph === undefined) return { article, item }
  return { article, item: item === '' ? paragraph : `${paragraph}${item}` }
}
