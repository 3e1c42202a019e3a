import type { Knex } from 'knex'
import { FilterError, type Filters, NO_AREA } from '../core/filters.ts'

/** Refuses an area code that no area has. Codes are public; what lies in them is not. */
export async function assertKnownAreas(db: Knex, filters: Filters): Promise<void> {
  if (!filters.area) return
  const codes: string[] = await db('areas').orderBy('code').pluck('code')
  const known = [...codes, NO_AREA]
  for (const code of filters.area) {
    if (!known.includes(code))
      throw new FilterError('area', code, `不是已知的辖区，可用：${known.join('、')}`, known)
  }
}
