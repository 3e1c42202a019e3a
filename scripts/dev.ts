import { type ChildProcess, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')
const require = createRequire(import.meta.url)

/** `npm run dev`: the server started anew at each change, and the viewer by Vite's own server in front of it. */
const children: ChildProcess[] = [
  run('--watch', '--import', 'tsx', 'scripts/start.ts', '--no-viewer'),
  run(join(dirname(require.resolve('vite/package.json')), 'bin', 'vite.js'), 'web'),
]

function run(...args: string[]): ChildProcess {
  return spawn(process.execPath, args, { cwd: ROOT, stdio: 'inherit' })
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    for (const child of children) child.kill(signal)
  })
}
for (const child of children) {
  child.once('exit', () => {
    for (const other of children) other.kill()
  })
}
