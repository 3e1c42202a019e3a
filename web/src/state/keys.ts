import { onMounted, onScopeDispose, readonly, ref, shallowReactive } from 'vue'

export interface KeyBinding {
  /** As `KeyboardEvent.key` has it, letters small; `Ctrl+Enter` for a combination. */
  key: string
  /** What it does, for the list of keys. */
  label: () => string
  run: (event: KeyboardEvent) => void
  /** Also while something is being typed. */
  whileTyping?: boolean
}

const STORAGE_KEY = 'hazard-map.letterKeys'
const bindings = shallowReactive<KeyBinding[]>([])
const areOn = ref(storedSwitch())

export const keyBindings: readonly KeyBinding[] = bindings
/** Whether single letters do something; some people type past their fields. */
export const letterKeysAreOn = readonly(areOn)

export function switchLetterKeys(isOn: boolean): void {
  areOn.value = isOn
  try {
    localStorage.setItem(STORAGE_KEY, isOn ? 'on' : 'off')
  } catch {
    // without storage the choice lasts for the page
  }
}

function storedSwitch(): boolean {
  try {
    return localStorage.getItem(STORAGE_KEY) !== 'off'
  } catch {
    return true
  }
}

/** Keys of the component that asks; the latest binding of a key wins, and ends with its component. */
export function useKeys(...own: KeyBinding[]): void {
  onMounted(() => bindings.push(...own))
  onScopeDispose(() => {
    for (const binding of own) {
      const index = bindings.indexOf(binding)
      if (index >= 0) bindings.splice(index, 1)
    }
  })
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
  !(target instanceof HTMLInputElement && /^(checkbox|radio|button|range)$/.test(target.type))

/** A dialog keeps the keys to itself. */
const isInDialog = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('[role="dialog"][aria-modal="true"]') !== null

export function handleKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.altKey || event.metaKey) return
  if (isInDialog(event.target)) return
  const name = event.key.length === 1 ? event.key.toLowerCase() : event.key
  const key = event.ctrlKey ? `Ctrl+${name}` : name
  if (/^[a-z]$/.test(key) && !areOn.value) return
  const binding = bindings.findLast(
    (one) => one.key === key && (one.whileTyping === true || !isTyping(event.target)),
  )
  if (!binding) return
  event.preventDefault()
  binding.run(event)
}

/** Moves the focus to the next part of the page that is marked `data-region`, in the order of the page. */
export function focusNextRegion(isBackwards = false): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter(
    (region) => region.offsetParent !== null || region.getClientRects().length > 0,
  )
  if (regions.length === 0) return
  const current = regions.findIndex((region) => region.contains(document.activeElement))
  const step = isBackwards ? -1 : 1
  const next = regions[(current + step + regions.length) % regions.length] ?? regions[0]
  if (!next) return
  if (!next.hasAttribute('tabindex')) next.tabIndex = -1
  next.focus()
}
