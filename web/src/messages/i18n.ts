import type { Term } from '@contract'
import { ref, watchEffect } from 'vue'
import { createI18n } from 'vue-i18n'

export const LOCALES = ['zh-CN', 'en'] as const
export type Locale = (typeof LOCALES)[number]

type Messages = { [key: string]: string | Messages }
type MessageFile = Record<string, Messages>

/** One file for each panel; each exports one object, and its name is the first part of the keys. */
function gather(files: Record<string, MessageFile>): Messages {
  return Object.assign({}, ...Object.values(files).map((file) => ({ ...file })))
}

export const MESSAGES: Record<Locale, Messages> = {
  'zh-CN': gather(import.meta.glob<MessageFile>('./zh-CN/*.ts', { eager: true })),
  en: gather(import.meta.glob<MessageFile>('./en/*.ts', { eager: true })),
}

const STORAGE_KEY = 'hazard-map.locale'

function storedLocale(): Locale {
  const asked = typeof location === 'undefined' ? null : new URLSearchParams(location.search).get('lang')
  // a link may say its language, as that of a printed sheet does; it is not kept
  if (asked !== null && (LOCALES as readonly string[]).includes(asked)) return asked as Locale
  try {
    return localStorage.getItem(STORAGE_KEY) === 'en' ? 'en' : 'zh-CN'
  } catch {
    // a browser may refuse storage; the choice then lasts for the page
    return 'zh-CN'
  }
}

export const i18n = createI18n({
  legacy: false,
  locale: storedLocale(),
  fallbackLocale: 'zh-CN',
  messages: MESSAGES,
  missingWarn: import.meta.env.DEV,
  fallbackWarn: import.meta.env.DEV,
})

/** The language of the screen; set by setLocale alone. */
export const locale = ref<Locale>(storedLocale())

export function setLocale(next: Locale): void {
  locale.value = next
  i18n.global.locale.value = next
  try {
    localStorage.setItem(STORAGE_KEY, next)
  } catch {
    // see storedLocale
  }
}

if (typeof document !== 'undefined') {
  watchEffect(() => {
    document.documentElement.lang = locale.value
  })
}

/** A word of the contract in the language of the screen. */
export function termOf(term: Term): string {
  return locale.value === 'en' ? term.en : term.zh
}

/** For code outside components; in components use useI18n. */
export const t = (key: string, values: Record<string, unknown> = {}): string => i18n.global.t(key, values)
