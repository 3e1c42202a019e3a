import { describe, expect, it } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { applyPatch, patchAddress, trackNavigation } from './address.ts'

const Nothing = { template: '' }
async function makeRouter() {
  const routes = ['/', '/other'].map((path) => ({ path, component: Nothing }))
  const router = createRouter({ history: createMemoryHistory(), routes })
  trackNavigation(router)
  await router.push('/?status=open&at=1/2/3')
  return router
}

describe('the words of the address', () => {
  it('are set and taken out', () => {
    expect(applyPatch({ a: '1', b: '2' }, { a: undefined, c: '3' })).toEqual({ b: '2', c: '3' })
  })

  it('keep changes that are made at the same time from different places', async () => {
    const router = await makeRouter()
    void patchAddress(router, { at: '4/5/6' })
    void patchAddress(router, { sector: 'fire' })
    const last = patchAddress(router, { status: undefined })
    await new Promise((resolve) => setTimeout(resolve))
    await Promise.all([last, patchAddress(router, { list: '1' })])
    expect(router.currentRoute.value.query).toEqual({ at: '4/5/6', sector: 'fire', list: '1' })
  })

  it('are left alone on a page to which the person has gone meanwhile', async () => {
    const router = await makeRouter()
    const going = router.push('/other')
    const patching = patchAddress(router, { at: '4/5/6' })
    await Promise.all([going, patching])
    expect(router.currentRoute.value.fullPath).toBe('/other')
  })
})
