import axe from 'axe-core'
import { afterAll, describe, expect, it } from 'vitest'
import { closeBrowser, DESKTOP, EAST_OFFICER, openAs, PHONE, waitForMap } from './harness.ts'

afterAll(closeBrowser)

const CALCULATORS = ['lec', 'ls', 'gb18218', 'direct'].map((method) => `/assess?method=${method}`)
const SURFACES = [
  '/?layers=risk-areas,base&rule=share&list=surface',
  '/?layers=hexagons,base&measure=level&list=surface',
]
const PAGES = [
  '/',
  '/risk-list',
  '/rectification',
  '/drills',
  '/statistics',
  '/imports',
  '/clauses?id=GM-03-02',
  '/gaps',
  ...CALCULATORS,
  ...SURFACES,
]

describe.each([
  { name: 'desktop', viewport: DESKTOP, username: 'analyst' },
  { name: 'phone', viewport: PHONE, username: EAST_OFFICER },
])('on the $name', ({ viewport, username }) => {
  it.each(PAGES)('%s has no accessibility fault and asks no other host', async (path) => {
    const person = await openAs(username, { path, viewport })
    await person.page.waitForLoadState('networkidle')
    if (path === '/' && viewport === DESKTOP) await waitForMap(person.page)
    await person.page.evaluate(axe.source)
    const { violations } = await person.page.evaluate<{ violations: axe.Result[] }>(
      `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] })`,
    )
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html.slice(0, 160)])).toEqual([])
    expect(person.faults).toEqual([])
  })
})
