// A worker thread of Node 20 does not inherit the TypeScript loader of the process, so it takes one of its own.
import { register } from 'tsx/esm/api'

register()
await import('./write-worker.ts')
