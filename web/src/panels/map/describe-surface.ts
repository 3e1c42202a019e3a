import { HEXAGON_MEASURE_TERMS, RISK_LEVEL_TERMS } from '@contract'
import { hexagonText, type RiskSurface } from '../../map/risk-surface.ts'
import { t, termOf } from '../../messages/i18n.ts'

/** What the coloured surface says, in a sentence for who does not see the map. */
export function describeSurface(surface: RiskSurface | null): string {
  if (surface === null) return ''
  if (surface.kind === 'hexagons') {
    return t('riskMap.label.hexagons', {
      n: surface.rows.length,
      measure: termOf(HEXAGON_MEASURE_TERMS[surface.measure]),
      size: surface.size,
    })
  }
  const areas = surface.rows.map(({ name, level }) =>
    t('riskMap.label.area', {
      name,
      level: level === null ? t('riskMap.label.noLevel') : `${level} ${termOf(RISK_LEVEL_TERMS[level])}`,
    }),
  )
  return t('riskMap.label.areas', { areas: areas.join(t('riskMap.label.comma')) })
}

/** Title and line of the tip on a piece of a surface. */
export function surfaceTip(surface: RiskSurface | null, id: string): { title: string; line: string } | null {
  if (surface?.kind === 'areas') {
    const row = surface.rows.find((one) => one.code === id)
    if (!row) return null
    const level =
      row.level === null ? t('riskMap.label.noLevel') : `${row.level} ${termOf(RISK_LEVEL_TERMS[row.level])}`
    return { title: row.name, line: `${level} · ${t('riskMap.tip.sites', { n: row.sites })}` }
  }
  const row = surface?.rows.find((one) => one.id === id)
  if (!surface || !row) return null
  if (surface.measure === 'hazards') {
    const { overdue } = row.openHazards
    const line = overdue > 0 ? t('map.tip.overdue', { n: overdue }) : ''
    return { title: t('riskMap.tip.hazards', { n: row.hazards }), line }
  }
  const level =
    row.level === null ? t('parts.noLevel') : `${row.level} ${termOf(RISK_LEVEL_TERMS[row.level])}`
  const density = t('riskMap.tip.density', { n: hexagonText('risk', row.density) })
  return { title: t('riskMap.tip.sites', { n: row.sites }), line: `${level} · ${density}` }
}
