import type { Exposure, LevelHistory, Risk, SiteUnit } from '@contract'
import { onScopeDispose } from 'vue'
import { useAnswer } from '../../../api/use-answer.ts'
import { onChange } from '../../../state/live.ts'

const CALM_MILLISECONDS = 300

/**
 * What stands of a place beside its facts: risks, units, the people around, and how its level changed. Units and people
 * are of the present; a past day shows the arithmetic that was kept with its risks.
 */
export function useSiteRecord(id: () => string, asOf: () => string | undefined) {
  const past = () => ({ asOf: asOf() })
  const now = (path: string) => (asOf() === undefined ? { path } : null)
  const risks = useAnswer<{ items: Risk[]; total: number }>(() => ({
    path: `/api/sites/${id()}/risks`,
    query: past(),
  }))
  const history = useAnswer<LevelHistory>(() => ({ path: `/api/sites/${id()}/level-history`, query: past() }))
  const units = useAnswer<{ items: SiteUnit[]; total: number }>(() => now(`/api/sites/${id()}/units`))
  const exposure = useAnswer<Exposure>(() => now(`/api/sites/${id()}/exposure`))

  let timer: ReturnType<typeof setTimeout> | undefined
  /** One change of a risk is told as several; they are asked about once. */
  function reload(): void {
    clearTimeout(timer)
    timer = setTimeout(() => {
      for (const each of [risks, history, units, exposure]) void each.reload()
    }, CALM_MILLISECONDS)
  }
  for (const kind of ['risk', 'import', 'protectedPlace'] as const) onChange(kind, reload)
  onChange('site', (change) => {
    if (change === null || change.id === null || change.id === id()) reload()
  })
  onScopeDispose(() => clearTimeout(timer))

  return { risks, history, units, exposure, reload }
}
