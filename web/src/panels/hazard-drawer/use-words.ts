import { useI18n } from 'vue-i18n'
import { locale } from '../../messages/i18n.ts'
import type { Words } from './field-text.ts'

/** The words that values of a hazard are written with, in the language of the screen. */
export function useWords(): () => Words {
  const { t } = useI18n()
  return () => ({
    language: locale.value === 'en' ? 'en' : 'zh',
    empty: t('hazardDrawer.empty'),
    yes: t('hazardDrawer.yes'),
    no: t('hazardDrawer.no'),
  })
}
