import axe from 'axe-core'
import { afterAll, describe, expect, it } from 'vitest'
import { closeBrowser, DESKTOP, EAST_OFFICER, openAs, PHONE, waitForMap } from './harness.ts'

afterAll(closeBrowser)

describe('the same filter gives the same number', () => {
  const filter = 'status=open&severity=general'
  it.each(['analyst', 'commander', 'fire-inspector', EAST_OFFICER])(
    'to %s on screen, in list, summary and file',
    async (username) => {
      const person = await openAs(username, { path: `/?${filter}` })
      await waitForMap(person.page)
      const list = await person.ask<{ total: number }>(`/api/hazards?${filter}&limit=1`)
      const summary = await person.ask<{ items: { count: number }[] }>(
        `/api/summary?by=area,sector&${filter}`,
      )
      const file = await person.context.request.get(`${person.url}/api/hazards.csv?${filter}`)
      expect(summary.items.reduce((sum, item) => sum + item.count, 0)).toBe(list.total)
      expect(file.headers()['x-total-count']).toBe(String(list.total))
      await expect.poll(() => person.page.getByTestId('total').first().innerText()).toBe(String(list.total))
    },
  )
})

const PAGES = ['/', '/risk-list', '/rectification', '/drills', '/statistics', '/imports']

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
