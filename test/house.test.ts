import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import packageJson from '../package.json' with { type: 'json' }

const ROOT = resolve(import.meta.dirname, '..')
const MAXIMUM_LINES = 320

// what git would keep: also new files that are not committed yet, and nothing that it ignores
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '' && existsSync(join(ROOT, path)))
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const sources = files.filter((path) => /\.(ts|mts|mjs|vue|html|css)$/.test(path))
const serverSources = sources.filter((path) => path.startsWith('server/') && !path.endsWith('.test.ts'))
const webSources = sources.filter((path) => path.startsWith('web/'))

/** What a file imports: paths from the root for our own files, else the package's name. */
function importsOf(path: string): string[] {
  const specifiers = [...read(path).matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g)].map(
    ([, name = '']) => name,
  )
  return specifiers.map((name) =>
    name.startsWith('.') ? relative(ROOT, join(ROOT, dirname(path), name)) : name,
  )
}

/** Each import of these files that is of a forbidden kind, as `file -> import`. */
function breaches(from: RegExp, isForbidden: (name: string, file: string) => boolean): string[] {
  return serverSources
    .filter((path) => from.test(path))
    .flatMap((path) =>
      importsOf(path)
        .filter((name) => isForbidden(name, path))
        .map((name) => `${path} -> ${name}`),
    )
}

describe('imports go one way', () => {
  const isImpure = (name: string) => /^(knex|pg|fastify|@fastify\/|node:|@electric-sql\/)/.test(name)

  it('core knows only core', () => {
    const isOutside = (name: string) => name.startsWith('server/') && !name.startsWith('server/core/')
    expect(breaches(/^server\/core\//, (name) => isOutside(name) || isImpure(name))).toEqual([])
  })

  it('schemas and models know no database, no HTTP and no machine', () => {
    const isBelow = (name: string) => !/(queries|routes|write|change)\.ts$/.test(name)
    expect(breaches(/\/(schema|model)\.ts$/, (name) => isImpure(name) || !isBelow(name))).toEqual([])
  })

  it('queries know no HTTP', () => {
    const isHttp = (name: string) => /^(fastify|@fastify\/)/.test(name) || /routes\.ts$/.test(name)
    expect(breaches(/queries\.ts$/, isHttp)).toEqual([])
  })

  it('routes write no SQL and are known to the app only', () => {
    const writesSql = (path: string) => /\.raw\(|from 'knex'|\b(database\.knex|db)\(/.test(read(path))
    expect(serverSources.filter((path) => /routes\.ts$/.test(path) && writesSql(path))).toEqual([])
    expect(breaches(/^(?!server\/app\.ts)/, (name) => /^server\/.*routes\.ts$/.test(name))).toEqual([])
  })

  it('nothing of the server knows the app but main, nor the scripts, the viewer or the tests', () => {
    const isAbove = (name: string) => /^(scripts|web|test)\//.test(name) || name === 'server/main.ts'
    expect(breaches(/./, isAbove)).toEqual([])
    expect(breaches(/^(?!server\/main\.ts)/, (name) => name === 'server/app.ts')).toEqual([])
  })

  it('each replaceable library stands behind its own door', () => {
    const doors: [RegExp, RegExp][] = [
      [/^@electric-sql\/|^knex-pglite$/, /^server\/db\//],
      [/^knex-postgis$/, /^server\/db\/spatial\.ts$/],
      [/^hucre/, /^server\/(imports|exports)\//],
      [/^playwright-core$/, /^server\/print\//],
      [/^osm-pbf-parser-node$/, /^server\/base-map\/osm\//],
    ]
    for (const [library, door] of doors) {
      expect(breaches(/./, (name, file) => library.test(name) && !door.test(file))).toEqual([])
    }
  })

  it('the viewer knows of the server only its contract', () => {
    const isServer = (name: string) => name.startsWith('server') || name.includes('/server/')
    const found = webSources.flatMap((path) =>
      importsOf(path)
        .filter((name) => isServer(name) && name !== 'server/contract.ts')
        .map((name) => `${path} -> ${name}`),
    )
    expect(found).toEqual([])
  })
})

describe('every file', () => {
  it(`has at most ${MAXIMUM_LINES} lines`, () => {
    const long = sources
      .map((path) => ({ path, lines: read(path).split('\n').length - 1 }))
      .filter(({ path, lines }) => lines > MAXIMUM_LINES && /\.(ts|vue)$/.test(path))
    expect(long).toEqual([])
  })

  it('names no foreign host, outside the defaults of settings', () => {
    // hosts of nobody, and names of XML vocabularies, which nothing ever fetches
    const harmless =
      /^(localhost|127\.0\.0\.1|\[::1\]|(.+\.)?(example|invalid|test)|(.+\.)?example\.(com|org|net|cn)|www\.w3\.org|schemas\.openxmlformats\.org|\$\{.*|[{<*].*)$/
    const found = sources
      .filter((path) => path !== 'server/config.ts')
      .flatMap((path) =>
        [...read(path).matchAll(/\b(?:https?|wss?):\/\/([^\s/'"`)\]>:?#]+)/g)]
          .map(([, host = '']) => host.replace(/^[^@]*@/, ''))
          .filter((host) => !harmless.test(host))
          .map((host) => `${path}: ${host}`),
      )
    expect(found).toEqual([])
  })

  it('is free of registry addresses where it locks versions', () => {
    expect(read('package-lock.json').match(/"resolved": "(?!server"|web")[^"]*"/g)).toBeNull()
  })

  it('names no path of the machine that it was written on', () => {
    const homes = new RegExp(`(^|[\\s'"\`(=:])/(${['home', 'root', 'Users', 'work'].join('|')})/[a-z]`, 'm')
    const texts = files.filter((path) =>
      /\.(ts|vue|md|json|ya?ml|mjs|html|css|csv)$|^\.ci\/|Dockerfile/.test(path),
    )
    expect(texts.filter((path) => homes.test(read(path)))).toEqual([])
  })
})

describe('what the papers promise', () => {
  const scripts: Record<string, string> = packageJson.scripts

  it.each(['README.md', 'README.en.md'])('%s names only npm scripts that exist', (readme) => {
    const named = [...read(readme).matchAll(/\bnpm (?:run (?:--silent )?)?([a-z][a-z:-]*)/g)].map(
      ([, name = '']) => name,
    )
    const ofNpm = ['ci', 'install', 'run']
    expect(named.length).toBeGreaterThan(5)
    expect(named.filter((name) => !ofNpm.includes(name) && !(name in scripts))).toEqual([])
  })

  it('every npm script names a file that exists', () => {
    const named = Object.values(scripts).flatMap((script) => script.match(/scripts\/\S+\.ts/g) ?? [])
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
  })

  it.each(['README.md', 'README.en.md'])('%s explains every setting', (readme) => {
    const settings = [...read('server/config.ts').matchAll(/text\('([A-Z_]+)'\)/g)].map(
      ([, name = '']) => name,
    )
    expect(settings.length).toBeGreaterThan(10)
    expect(settings.filter((name) => !read(readme).includes(`\`${name}\``))).toEqual([])
  })

  it.each(['README.md', 'README.en.md'])('%s links only to files that exist', (readme) => {
    const links = [...read(readme).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path = '']) => path)
    expect(links.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
  })
})

describe('docker-compose.yml', () => {
  const compose = parse(read('docker-compose.yml'))

  it('waits for the database, and gives both services a check and a volume that is declared', () => {
    expect(Object.keys(compose.services)).toEqual(['database', 'app'])
    expect(compose.services.app.depends_on.database.condition).toBe('service_healthy')
    for (const service of [compose.services.database, compose.services.app]) {
      expect(service.healthcheck.test[0]).toBe('CMD')
      const volumes = service.volumes.map((volume: string) => volume.split(':')[0])
      expect(Object.keys(compose.volumes)).toEqual(expect.arrayContaining(volumes))
    }
  })

  it('passes only settings that the product knows', () => {
    const known = read('server/config.ts')
    const passed = Object.keys(compose.services.app.environment)
    expect(passed.filter((name) => !known.includes(`'${name}'`))).toEqual([])
  })

  it('is built from files that exist', () => {
    const copied = [...read('Dockerfile').matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths = '']) =>
      paths.split(' '),
    )
    expect(copied.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
  })
})
