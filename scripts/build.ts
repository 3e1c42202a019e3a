import { join } from 'node:path'
import { StartError } from '../server/start-error.ts'
import { makeProgress } from './progress.ts'
import { buildViewer } from './viewer-build.ts'

/** `npm run build`: what the first start would do, for an image that is built ahead. */
async function build(): Promise<void> {
  const progress = makeProgress((line) => void process.stdout.write(`${line}\n`))
  const viewer = buildViewer(join(import.meta.dirname, '..'))
  if (!(await viewer.isNeeded)) return progress.say('网页已是最新 (the viewer is up to date)')
  await progress.step('构建网页', () => viewer.directory)
}

build().catch((error) => {
  process.stderr.write(`${error instanceof StartError ? error.message : (error.stack ?? error)}\n`)
  process.exit(1)
})
