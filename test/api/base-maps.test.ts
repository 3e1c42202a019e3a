import { mkdtemp, readdir, readFile, utimes, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { DiskCache } from '../../server/base-map/disk-cache.ts'
import { makeTianditu } from '../../server/base-map/tianditu.ts'
import { openTestApp, type TestApp } from '../harness/app.ts'
import { MVT, makePmtiles, PNG } from '../harness/pmtiles.ts'

/** One red pixel, and one blue. */
const RED = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==',
  'base64',
)
const KEY = 'secret+key/1'

type Answer = (request: IncomingMessage, response: ServerResponse) => void
const image: Answer = (_, response) => response.writeHead(200, { 'content-type': 'text/plain' }).end(RED)

/** A real server in the place of the map service; the answer can be changed under way. */
async function startUpstream() {
  const asked: string[] = []
  const upstream = { answer: image, asked, url: '', close: async () => {} }
  const server: Server = createServer((request, response) => {
    asked.push(request.url ?? '')
    upstream.answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  upstream.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  upstream.close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return upstream
}

let upstream: Awaited<ReturnType<typeof startUpstream>>
const tests: TestApp[] = []
async function open(environment: Record<string, string>): Promise<TestApp> {
  const test = await openTestApp(environment)
  tests.push(test)
  return test
}
beforeAll(async () => {
  upstream = await startUpstream()
})
afterEach(async () => {
  for (const test of tests.splice(0)) await test.close()
  upstream.answer = image
  upstream.asked.length = 0
})
afterAll(() => upstream.close())

const tianditu = () =>
  open({
    TIANDITU_KEY: KEY,
    TIANDITU_URL: `${upstream.url}/{subdomain}/{layer}_w?x={x}&y={y}&z={z}&tk={key}`,
    TIANDITU_APPROVAL: 'GS（2026）0000号',
  })

describe('GET /api/base-maps', () => {
  it('offers our own alone without settings, and to nobody who is not signed in', async () => {
    const test = await open({})
    const reply = await test.get('analyst', '/api/base-maps')
    expect(reply.json()).toEqual({
      items: [
        {
          id: 'own',
          title: '本系统底图',
          kind: 'own',
          tiles: ['/tiles/base/{z}/{x}/{y}.mvt'],
          minZoom: 4,
          maxZoom: 16,
          tileSize: 512,
          vectorLayers: ['land_uses', 'waters', 'buildings', 'railways', 'roads', 'boundaries', 'places'],
          attribution: '',
        },
      ],
    })
    expect((await test.get(null, '/api/base-maps')).statusCode).toBe(401)
    expect((await test.get('analyst', '/basemap/tianditu/vec/3/6/2')).statusCode).toBe(404)
    expect((await test.get('analyst', '/basemap/pmtiles/0/0/0')).statusCode).toBe(404)
  })

  it('adds Tianditu with its attribution and approval number, never with its key', async () => {
    const test = await tianditu()
    const reply = await test.get('analyst', '/api/base-maps')
    const items: { id: string; attribution: string; tiles: string[] }[] = reply.json().items
    expect(items.map(({ id }) => id)).toEqual(['own', 'tianditu-vec', 'tianditu-img'])
    expect(items[1]).toMatchObject({
      tiles: ['/basemap/tianditu/vec/{z}/{x}/{y}', '/basemap/tianditu/cva/{z}/{x}/{y}'],
      attribution: '天地图 国家地理信息公共服务平台 · 审图号：GS（2026）0000号',
    })
    expect(reply.body).not.toContain('secret')
  })
})

describe('a tile of Tianditu', () => {
  it('is fetched once through the server, then comes from the disk', async () => {
    const test = await tianditu()
    const get = () => test.get('analyst', '/basemap/tianditu/vec/12/3475/1495')
    const [first, twin] = await Promise.all([get(), get()])
    expect(first.statusCode).toBe(200)
    expect(first.rawPayload.equals(RED)).toBe(true)
    // by its content: the service called it text
    expect(first.headers['content-type']).toBe('image/png')
    expect(first.headers['cache-control']).toBe('private, max-age=86400')
    expect(twin.rawPayload.equals(RED)).toBe(true)
    upstream.answer = (_, response) => response.writeHead(500).end()
    expect((await get()).rawPayload.equals(RED)).toBe(true)
    expect(upstream.asked).toEqual(['/2/vec_w?x=3475&y=1495&z=12&tk=secret%2Bkey%2F1'])
    expect(await readdir(join(test.config.dataDir, 'cache', 'tianditu'))).toEqual(['vec-12-3475-1495'])
  })

  it('is asked for again after a month, and the old one serves while the service is away', async () => {
    const test = await tianditu()
    const get = () => test.get('analyst', '/basemap/tianditu/img/3/6/2')
    await get()
    const path = join(test.config.dataDir, 'cache', 'tianditu', 'img-3-6-2')
    const old = new Date('2025-05-01T00:00:00Z')
    await utimes(path, old, old)
    upstream.answer = (_, response) => response.writeHead(503).end()
    expect((await get()).statusCode).toBe(200)
    expect(upstream.asked).toHaveLength(2)
  })

  const failures: [title: string, answer: Answer][] = [
    ['refuses', (_, response) => response.writeHead(403).end('no')],
    [
      'tells of a wrong key with status 200',
      (_, response) => response.writeHead(200, { 'content-type': 'image/png' }).end('{"code":1}'),
    ],
    [
      'sends us elsewhere',
      (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(),
    ],
    [
      'breaks off',
      (_, response) =>
        response.writeHead(200, { 'content-length': '5000' }).write(RED, () => response.destroy()),
    ],
    [
      'sends far too much',
      (_, response) => response.writeHead(200).end(Buffer.concat([RED, Buffer.alloc(3 * 1024 * 1024)])),
    ],
  ]
  it.each(failures)(
    'is a 502 when the service %s; nothing is kept and the key is not told',
    async (_, answer) => {
      const test = await tianditu()
      upstream.answer = answer
      const reply = await test.get('analyst', '/basemap/tianditu/cva/5/26/11')
      expect([reply.statusCode, reply.json().code]).toEqual([502, 'BASE_MAP_UNAVAILABLE'])
      expect(reply.body).not.toContain('secret')
      expect(await readdir(join(test.config.dataDir, 'cache', 'tianditu')).catch(() => [])).toEqual([])
      upstream.answer = image
      expect((await test.get('analyst', '/basemap/tianditu/cva/5/26/11')).statusCode).toBe(200)
    },
  )

  it('is given up when the service is silent', async () => {
    upstream.answer = () => undefined
    const cache = new DiskCache(await mkdtemp(join(tmpdir(), 'tianditu-')), 1_000)
    const slow = makeTianditu({
      url: `${upstream.url}/{layer}`,
      key: KEY,
      cache,
      now: () => new Date(),
      timeoutMs: 100,
    })
    await expect(slow.read('vec', { z: 1, x: 0, y: 0 })).rejects.toThrow('no answer')
  })

  it('is refused for layers and tiles that there are not, and to nobody signed in', async () => {
    const test = await tianditu()
    const status = async (username: string | null, path: string) =>
      (await test.get(username, path)).statusCode
    expect(await status(null, '/basemap/tianditu/vec/3/6/2')).toBe(401)
    expect(await status('analyst', '/basemap/tianditu/..%2F/3/6/2')).toBe(404)
    expect(await status('analyst', '/basemap/tianditu/xyz/3/6/2')).toBe(404)
    expect(await status('analyst', '/basemap/tianditu/vec/19/6/2')).toBe(404)
    expect(await status('analyst', '/basemap/tianditu/vec/3/8/2')).toBe(400)
    expect(await status('analyst', '/basemap/tianditu/vec/3/-1/2')).toBe(400)
    expect(upstream.asked).toEqual([])
  })
})

describe('a PMTiles archive', () => {
  // ids on the Hilbert curve: 0 is 0/0/0, 1 is 1/0/0
  const raster = makePmtiles(PNG, [{ tileId: 0, bytes: RED }], { attribution: '<a href="x">© 测绘院</a>' }, 1)
  const tile = Buffer.from([0x1a, 0x00])
  const vector = makePmtiles(
    MVT,
    [{ tileId: 1, bytes: tile }],
    { name: '市测绘院底图', vector_layers: [{ id: 'water' }] },
    14,
  )
  const file = async (bytes: Buffer) => {
    const path = join(await mkdtemp(join(tmpdir(), 'pmtiles-')), 'base.pmtiles')
    await writeFile(path, bytes)
    return path
  }
  const lastChoice = async (test: TestApp) =>
    (await test.get('analyst', '/api/base-maps')).json().items.at(-1)

  it('in a file gives its pictures, and 404 where it has none', async () => {
    const test = await open({ BASEMAP_PMTILES: await file(raster) })
    expect(await lastChoice(test)).toEqual({
      id: 'pmtiles',
      title: '离线底图',
      kind: 'raster',
      tiles: ['/basemap/pmtiles/{z}/{x}/{y}'],
      minZoom: 0,
      maxZoom: 1,
      tileSize: 256,
      vectorLayers: [],
      attribution: '© 测绘院',
    })
    const reply = await test.get('analyst', '/basemap/pmtiles/0/0/0')
    expect([reply.statusCode, reply.headers['content-type']]).toEqual([200, 'image/png'])
    expect(reply.rawPayload.equals(RED)).toBe(true)
    expect((await test.get('analyst', '/basemap/pmtiles/1/1/1')).statusCode).toBe(404)
    expect((await test.get(null, '/basemap/pmtiles/0/0/0')).statusCode).toBe(401)
  })

  it('of vector tiles names its layers, and an empty tile is empty', async () => {
    const test = await open({ BASEMAP_PMTILES: await file(vector) })
    expect(await lastChoice(test)).toMatchObject({
      title: '市测绘院底图',
      kind: 'vector',
      maxZoom: 14,
      vectorLayers: ['water'],
    })
    const reply = await test.get('analyst', '/basemap/pmtiles/1/0/0')
    expect(reply.headers['content-type']).toBe('application/vnd.mapbox-vector-tile')
    expect(reply.rawPayload.equals(tile)).toBe(true)
    expect((await test.get('analyst', '/basemap/pmtiles/5/1/1')).statusCode).toBe(204)
  })

  it('on a web server is read by ranges and kept on disk', async () => {
    upstream.answer = (request, response) => {
      const [, from = '0', to = '0'] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '') ?? []
      response.writeHead(206).end(raster.subarray(Number(from), Number(to) + 1))
    }
    const test = await open({ BASEMAP_PMTILES: `${upstream.url}/base.pmtiles` })
    expect((await lastChoice(test)).attribution).toBe('© 测绘院')
    expect((await test.get('analyst', '/basemap/pmtiles/0/0/0')).rawPayload.equals(RED)).toBe(true)
    const asked = upstream.asked.length
    expect((await test.get('analyst', '/basemap/pmtiles/0/0/0')).rawPayload.equals(RED)).toBe(true)
    expect(upstream.asked).toHaveLength(asked)
    const [kept = ''] = await readdir(join(test.config.dataDir, 'cache', 'pmtiles'))
    expect((await readFile(join(test.config.dataDir, 'cache', 'pmtiles', kept))).equals(RED)).toBe(true)
  })

  it('on a web server that is away is left out of the choice, and is back with it', async () => {
    upstream.answer = (_, response) => response.writeHead(500).end()
    const test = await open({ BASEMAP_PMTILES: `${upstream.url}/base.pmtiles` })
    expect((await lastChoice(test)).id).toBe('own')
    const reply = await test.get('analyst', '/basemap/pmtiles/0/0/0')
    expect([reply.statusCode, reply.json().code]).toEqual([502, 'BASE_MAP_UNAVAILABLE'])
    upstream.answer = (request, response) => {
      const [, from = '0', to = '0'] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '') ?? []
      response.writeHead(206).end(raster.subarray(Number(from), Number(to) + 1))
    }
    expect((await lastChoice(test)).id).toBe('pmtiles')
  })

  it.each([
    ['that is not there', async () => '/nowhere/base.pmtiles'],
    [
      'that is something else',
      () => file(Buffer.from('not an archive, but long enough to be read as one'.repeat(10))),
    ],
  ])('%s stops the start with one line', async (_, makePath) => {
    const path = await makePath()
    await expect(openTestApp({ BASEMAP_PMTILES: path })).rejects.toThrow(
      `「${path}」打不开，或不是 PMTiles 文件 (not a readable PMTiles archive)`,
    )
  })
})
