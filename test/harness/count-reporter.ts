import type { Reporter, SerializedError, TestModule } from 'vitest/node'

/** Ends the run with what was left out, and one line `N passed, N failed` over all projects. */
export function countReporter(missing: string[]): Reporter {
  return {
    onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]) {
      let passed = 0
      let failed = errors.length
      for (const module of modules) {
        // a file that breaks outside its tests counts as one failure
        failed += module.errors().length
        for (const test of module.children.allTests()) {
          const { state } = test.result()
          if (state === 'passed') passed += 1
          if (state === 'failed') failed += 1
        }
      }
      for (const line of missing) process.stdout.write(`${line}\n`)
      process.stdout.write(`${passed} passed, ${failed} failed\n`)
    },
  }
}
