import { locale } from '../../messages/i18n.ts'

/** The mark 示例 stands once: names of invented places mostly carry it themselves, in Chinese. */
export const needsExampleTag = ({ isExample, name }: { isExample: boolean; name: string }): boolean =>
  isExample && (locale.value === 'en' || !name.includes('示例'))
