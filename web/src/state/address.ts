import type { LocationQueryRaw, Router } from 'vue-router'

export type AddressPatch = Record<string, string | undefined>

let pending: { path: string; patch: AddressPatch } | null = null
let chain: Promise<void> = Promise.resolve()
/** Where a navigation that is under way leads to: replacing the address meanwhile would call it off. */
const goingTo = new WeakMap<Router, string>()

/** Keeps account of navigations; called once, where the router is made. */
export function trackNavigation(router: Router): void {
  router.beforeEach((to) => {
    goingTo.set(router, to.path)
  })
  router.afterEach(() => {
    goingTo.delete(router)
  })
}

/**
 * Changes some words of the page's address. Several changes at once become one, and each is made on what the ones
 * before left: the map writes its view while a person filters, and neither may undo the other.
 */
export function patchAddress(router: Router, patch: AddressPatch): Promise<void> {
  const path = router.currentRoute.value.path
  if (pending?.path === path) {
    Object.assign(pending.patch, patch)
    return chain
  }
  const mine = { path, patch: { ...patch } }
  pending = mine
  chain = chain.then(async () => {
    // a navigation asked for just before is known to the guards a little later
    await new Promise((resolve) => setTimeout(resolve))
    if (pending === mine) pending = null
    const { currentRoute } = router
    // the person has gone to another page meanwhile
    if ((goingTo.get(router) ?? currentRoute.value.path) !== path) return
    await router.replace({ query: applyPatch(currentRoute.value.query, mine.patch) })
  })
  return chain
}

export function applyPatch(query: LocationQueryRaw, patch: AddressPatch): LocationQueryRaw {
  const next: LocationQueryRaw = { ...query }
  for (const [name, value] of Object.entries(patch)) {
    if (value === undefined) delete next[name]
    else next[name] = value
  }
  return next
}
