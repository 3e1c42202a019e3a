import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startProcess } from '../../scripts/product-process.ts'

declare module 'vitest' {
  interface ProvidedContext {
    product: { url: string; password: string }
  }
}

/**
 * Starts the real product once for the run: the built viewer, the embedded engine, the demonstration data. While a test
 * is being written, BASE_URL and DEMO_PASSWORD may name a product that runs already; it is changed by the tests.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { BASE_URL: running, DEMO_PASSWORD: known } = process.env
  if (running && known) {
    project.provide('product', { url: running.replace(/\/$/, ''), password: known })
    return async () => undefined
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'hazard-map-browser-'))
  const password = 'browser-tests'
  const product = await startProcess({
    DATA_DIR: dataDir,
    PORT: '0',
    DEMO_DATA: 'yes',
    DEMO_PASSWORD: password,
    ADMIN_PASSWORD: password,
  })
  project.provide('product', { url: product.url, password })
  return async () => {
    await product.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}
