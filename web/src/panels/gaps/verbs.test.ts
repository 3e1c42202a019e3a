import { expect, it } from 'vitest'
import { verbsOf } from './verbs.ts'

const item = { id: 'x', kinds: ['no_person', 'no_check', 'no_arithmetic'] as const }
const kindsOf = (may: string[], chosen: Parameters<typeof verbsOf>[1] = []) =>
  verbsOf({ ...item, kinds: [...item.kinds] }, chosen, (action) => may.includes(action)).map(
    ({ kind }) => kind,
  )

it('a person gets the verbs that are theirs, those of the chosen kind first', () => {
  expect(kindsOf(['editSite', 'checkSite'])).toEqual(['no_person', 'no_check'])
  expect(kindsOf(['editSite', 'checkSite'], ['no_check'])).toEqual(['no_check', 'no_person'])
  expect(kindsOf(['planDrill'])).toEqual([])
})
