import type { AddressInfo } from 'node:net'

/**
 * Where this very server can be asked by a browser on the same machine, or null while it does not listen. Not the
 * public address: that may lead through a proxy with its own sign-in, or nowhere from here.
 */
export function ownOrigin(address: AddressInfo | string | null): string | null {
  if (address === null || typeof address === 'string') return null
  const everywhere: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '::1' }
  const host = everywhere[address.address] ?? address.address
  return `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`
}
