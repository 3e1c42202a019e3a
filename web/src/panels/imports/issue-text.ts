import type { FoldedIssue, RowIssue } from '@contract'
import { locale, t } from '../../messages/i18n.ts'

type Issue = Pick<FoldedIssue | RowIssue, 'code' | 'reason' | 'remedy' | 'proposal'>

const isTold = (key: string) => t(key) !== key

/** The server's own sentence, or in English one by the code; a code that has none keeps the Chinese. */
export function reasonText({ code, reason }: Issue): string {
  const key = `importCheck.issue.${code}`
  return locale.value === 'en' && isTold(key) ? t(key) : reason
}

export function remedyText({ remedy, proposal }: Issue): string {
  if (locale.value !== 'en') return remedy
  return proposal ? proposalText(proposal) : t('imports.correctInTable')
}

/** What 采用 does. */
export function proposalText(proposal: NonNullable<Issue['proposal']>): string {
  if (locale.value !== 'en') return proposal.label
  return t(`importCheck.action.${proposal.action}`, { value: proposal.value ?? '' })
}
