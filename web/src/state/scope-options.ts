import { NO_AREA, SECTOR_TERMS, SECTORS } from '@contract'
import { computed } from 'vue'
import { t, termOf } from '../messages/i18n.ts'
import { useAreas } from './areas.ts'
import { user } from './session.ts'

/** What a person can choose among: their own areas and sectors. Of one alone there is nothing to choose. */
export function useScopeOptions() {
  const { areas } = useAreas()
  const ownSectors = computed(() => {
    const own = user.value?.sectors ?? []
    return own.length > 0 ? SECTORS.filter((sector) => own.includes(sector)) : SECTORS
  })
  const isWholeZone = computed(() => (user.value?.areas.length ?? 0) === 0)
  const areaOptions = computed(() => [
    ...areas.value
      .filter(({ properties }) => properties.kind !== 'zone')
      .map(({ properties }) => ({ value: properties.code, text: properties.name })),
    // what lies outside every area is for zone-wide roles only
    ...(isWholeZone.value ? [{ value: NO_AREA, text: t('riskList.noArea') }] : []),
  ])
  return {
    areaOptions,
    hasAreaChoice: computed(() => areaOptions.value.length > 1),
    /** All that the person may see, in a word. */
    allAreasText: computed(() =>
      isWholeZone.value ? t('riskList.allAreas') : t('riskList.allOwn', { n: areaOptions.value.length }),
    ),
    sectorOptions: computed(() =>
      ownSectors.value.map((value) => ({ value, text: termOf(SECTOR_TERMS[value]) })),
    ),
    hasSectorChoice: computed(() => ownSectors.value.length > 1),
    allSectorsText: computed(() => t('riskList.allSectors', { n: ownSectors.value.length })),
  }
}
