import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { configDefaults, defineConfig } from 'vitest/config'
import { countReporter } from './test/harness/count-reporter.ts'
import { listMissing, REQUIREMENTS } from './test/harness/requirements.ts'

const missing = listMissing()
if (process.env.CI === 'true' && missing.length > 0) {
  throw new Error(`CI=true，缺少测试条件 (these tests could not run):\n${missing.join('\n')}`)
}
// names the databases of this run, so that the end of the run finds and drops them
process.env.TEST_RUN ??= randomBytes(4).toString('hex')

const API_TESTS = ['test/api/**/*.test.ts', 'test/clients/**/*.test.ts']

/** Database tests of one engine: one worker without isolation, since the engine is started once and shared. */
const overDatabase = (engine: 'embedded' | 'postgresql', groupOrder: number) => ({
  extends: true as const,
  test: {
    name: engine,
    include: API_TESTS,
    env: { TEST_ENGINE: engine },
    maxWorkers: 1,
    isolate: false,
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 180_000,
    sequence: { groupOrder },
    globalSetup: engine === 'postgresql' ? ['test/harness/drop-databases.ts'] : [],
  },
})

/** Tests that start the real product as a process of its own. */
const overProcess = (name: string, include: string[], groupOrder: number, globalSetup: string[]) => ({
  extends: true as const,
  test: {
    name,
    include,
    maxWorkers: 1,
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 300_000,
    sequence: { groupOrder },
    globalSetup,
  },
})

export default defineConfig({
  resolve: { alias: { '@contract': fileURLToPath(new URL('./server/contract.ts', import.meta.url)) } },
  test: {
    pool: 'forks',
    reporters: ['default', countReporter(missing)],
    exclude: [...configDefaults.exclude, '**/dist*/**'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{server,web/src,scripts}/**/*.test.ts', 'test/*.test.ts'],
          testTimeout: 20_000,
          sequence: { groupOrder: 0 },
        },
      },
      overDatabase('embedded', 1),
      ...(REQUIREMENTS.postgresql.isPresent ? [overDatabase('postgresql', 2)] : []),
      overProcess('start', ['test/start/**/*.test.ts'], 3, ['test/harness/drop-databases.ts']),
      ...(REQUIREMENTS.chromium.isPresent
        ? [overProcess('browser', ['test/browser/**/*.test.ts'], 4, ['test/browser/setup.ts'])]
        : []),
    ],
  },
})
