import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { startProcess } from '../product-process.ts'

const SECONDS = 5
const CONNECTIONS = 4

/** What a person at the map asks for; each is measured by itself. */
const QUESTIONS: { name: string; path: string }[] = [
  { name: '瓦片 z10，聚合 (tile z10, cells)', path: '/tiles/hazards/10/868/372.mvt' },
  { name: '瓦片 z13 (tile z13)', path: '/tiles/hazards/13/6949/2983.mvt' },
  { name: '瓦片 z15 (tile z15)', path: '/tiles/hazards/15/27799/11932.mvt' },
  {
    name: '瓦片 z13，消防未销号 (filtered)',
    path: '/tiles/hazards/13/6949/2983.mvt?sector=fire&status=open',
  },
  { name: '底图瓦片 z14 (base tile z14)', path: '/tiles/base/14/13899/5966.mvt' },
  { name: '隐患清单，首页 (list, first page)', path: '/api/hazards?limit=50' },
  { name: '隐患清单，文字检索 (list, text)', path: '/api/hazards?limit=50&q=通道' },
  { name: '统计，辖区×行业 (summary)', path: '/api/summary?by=area,sector' },
  { name: '风险清单，首页 (risk list)', path: '/api/risk-list?limit=50' },
]

export interface ProductFigure {
  engine: string
  name: string
  path: string
  bytes: number
  p50Ms: number
  p97Ms: number
  maxMs: number
  perSecond: number
}

/** Starts the real product with the demonstration data, and asks it as several people at once do. */
export async function measureProduct(
  engine: string,
  settings: Record<string, string>,
): Promise<ProductFigure[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hazard-map-bench-'))
  const password = 'bench-only'
  const own = { PORT: '0', DEMO_DATA: 'yes', DATA_DIR: dataDir, DEMO_PASSWORD: password }
  try {
    const product = await startProcess({ ...own, ...settings }, ['--no-viewer'])
    try {
      const cookie = await signIn(product.url, password)
      const figures: ProductFigure[] = []
      for (const { name, path } of QUESTIONS) {
        figures.push({ engine, name, path, ...(await measure(`${product.url}${encodeURI(path)}`, cookie)) })
      }
      return figures
    } finally {
      await product.stop()
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function signIn(url: string, password: string): Promise<string> {
  const reply = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'analyst', password }),
  })
  return reply.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

async function measure(url: string, cookie: string) {
  const first = await fetch(url, { headers: { cookie } })
  if (!first.ok) throw new Error(`${url}: ${first.status} ${await first.text()}`)
  const bytes = (await first.arrayBuffer()).byteLength
  const result = await autocannon({
    url,
    headers: { cookie },
    connections: CONNECTIONS,
    duration: SECONDS,
  })
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx + result.errors} failed`)
  const { p50, p97_5, max } = result.latency
  return { bytes, p50Ms: p50, p97Ms: p97_5, maxMs: max, perSecond: result.requests.average }
}

export function printProduct(figures: ProductFigure[]): void {
  const line = (cells: (string | number)[]) => `| ${cells.join(' | ')} |`
  process.stdout.write(`\n${CONNECTIONS} 个连接，每项 ${SECONDS} 秒\n`)
  process.stdout.write(`${line(['引擎', '请求', '字节', 'p50 ms', 'p97.5 ms', 'max ms', '次/秒'])}\n`)
  process.stdout.write(`${line(Array(7).fill('---'))}\n`)
  for (const { engine, name, bytes, p50Ms, p97Ms, maxMs, perSecond } of figures) {
    process.stdout.write(`${line([engine, name, bytes, p50Ms, p97Ms, maxMs, Math.round(perSecond)])}\n`)
  }
}
