import { rm } from 'node:fs/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { waitFor } from '../../scripts/product-process.ts'
import { createPostgresqlDatabase } from '../harness/database.ts'
import { REQUIREMENTS } from '../harness/requirements.ts'
import { launch, makeDataDir, openSession, startProduct } from './product.ts'

const DEMO_PASSWORD = 'start-tests'
const LISTS = ['hazards', 'sites', 'risk-list', 'drills', 'resources', 'protected-places']

/** How much of each the analyst sees, over the API as anybody would. */
async function countAll(url: string): Promise<Record<string, number>> {
  const cookie = await openSession(url, 'analyst', DEMO_PASSWORD)
  const counts: Record<string, number> = {}
  for (const list of LISTS) {
    const reply = await fetch(`${url}/api/${list}?limit=1`, { headers: { cookie } })
    counts[list] = ((await reply.json()) as { total: number }).total
  }
  return counts
}

describe('the demonstration data', () => {
  const directories: string[] = []
  const freshDataDir = async () => {
    const directory = await makeDataDir()
    directories.push(directory)
    return directory
  }
  afterAll(async () => {
    for (const directory of directories) await rm(directory, { recursive: true, force: true })
  })

  /** Kills a first start while it loads, starts again, and counts what is there. */
  async function countAfterKill(settings: Record<string, string>, killAfterMs: number) {
    const killed = launch(settings)
    await waitFor(() => (/账号 ✓/.test(killed.output()) ? true : undefined), 120_000)
    await new Promise((done) => setTimeout(done, killAfterMs))
    killed.child.kill('SIGKILL')
    await killed.exit
    expect(killed.output()).not.toContain('已启动')
    const next = await startProduct(settings)
    const counts = await countAll(next.url)
    expect(await next.stop()).toBe(0)
    return counts
  }

  let whole: Record<string, number>

  it('is loaded by the first start of the embedded engine without being asked for', async () => {
    const settings = { DATA_DIR: await freshDataDir(), DEMO_DATA: '', DEMO_PASSWORD }
    const first = await startProduct(settings)
    whole = await countAll(first.url)
    expect(whole.hazards).toBeGreaterThanOrEqual(2_900)
    expect(whole.hazards).toBeLessThanOrEqual(3_100)
    expect(whole.sites).toBeGreaterThanOrEqual(390)
    expect(whole['risk-list']).toBe(whole.sites)
    for (const list of LISTS) expect(whole[list], list).toBeGreaterThan(0)
    expect(await first.stop()).toBe(0)

    const second = await startProduct(settings)
    expect(second.output()).not.toContain('示例数据')
    expect(await countAll(second.url)).toEqual(whole)
    expect(await second.stop()).toBe(0)
  })

  it('is whole after a first start that was killed while loading', async () => {
    const settings = { DATA_DIR: await freshDataDir(), DEMO_DATA: 'yes', DEMO_PASSWORD }
    expect(await countAfterKill(settings, 2_000)).toEqual(whole)
  })

  it.runIf(REQUIREMENTS.postgresql.isPresent).each([500, 1_500, 2_500])(
    'is whole on PostgreSQL, too, when it was killed after %i ms',
    async (killAfterMs) => {
      const own = await createPostgresqlDatabase()
      const settings = {
        DATA_DIR: await freshDataDir(),
        DATABASE_URL: own.url,
        DEMO_DATA: 'yes',
        DEMO_PASSWORD,
      }
      expect(await countAfterKill(settings, killAfterMs)).toEqual(whole)
      await own.remove()
    },
  )

  it.runIf(REQUIREMENTS.postgresql.isPresent)(
    'is loaded once on PostgreSQL by two servers that start at once',
    async () => {
      const own = await createPostgresqlDatabase()
      const settings = { DATABASE_URL: own.url, DEMO_DATA: 'yes', DEMO_PASSWORD }
      const servers = await Promise.all([
        startProduct({ ...settings, DATA_DIR: await freshDataDir() }),
        startProduct({ ...settings, DATA_DIR: await freshDataDir() }),
      ])
      for (const server of servers) expect(await countAll(server.url)).toEqual(whole)
      expect(await Promise.all(servers.map((server) => server.stop()))).toEqual([0, 0])
      await own.remove()
    },
  )
})
