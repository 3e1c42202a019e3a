import { locale, t } from '../../messages/i18n.ts'

/** The words of a value: those of the server, in English ours by the same value. */
export function scaleWords(method: 'lec' | 'ls', symbol: string, value: number, label: string): string {
  if (locale.value !== 'en') return label
  return t(`riskList.arithmetic.words.${method}.${symbol}.${String(value).replace('.', '_')}`)
}
