import { type Gap, type GapItem, type GapKind, RISK_LEVEL_TERMS } from '@contract'
import { locale, t, termOf } from '../../messages/i18n.ts'
import { formatDay } from '../../parts/format.ts'

/** The server's own sentence; in English the same said from its parts. */
export function sentenceOf(gap: Gap, item: GapItem): string {
  if (locale.value !== 'en') return gap.sentence
  const { riskLevel } = item.site
  const level = riskLevel ?? gap.risk?.level ?? null
  const words = t(`gaps.reason.${gap.reason}`, {
    risk: gap.risk?.name ?? '',
    scenario: gap.scenario ?? t('gaps.anyScenario'),
    level: level === null ? t('gaps.noLevel') : termOf(RISK_LEVEL_TERMS[level]),
    day: formatDay(gap.lastOn),
    days: gap.days ?? '',
    limit: gap.limit ?? '',
    subject: gap.subject === null ? '' : t(`gaps.subject.${gap.subject}`),
  })
  return gap.confirmed ? words : `${words} (${t('parts.unconfirmed')})`
}

/** The gaps of a place with those of the chosen kinds first. */
export function gapsInOrder(item: GapItem, chosen: readonly GapKind[]): Gap[] {
  const isChosen = (gap: Gap) => chosen.includes(gap.kind)
  return [...item.gaps.filter(isChosen), ...item.gaps.filter((gap) => !isChosen(gap))]
}
