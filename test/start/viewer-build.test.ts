import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildViewer } from '../../scripts/viewer-build.ts'

const NODE_MODULES = resolve(import.meta.dirname, '../../node_modules')

describe('building the viewer', () => {
  let root: string
  const source = (text: string) => writeFile(join(root, 'web', 'main.js'), text)
  const page = async () => {
    const [script = ''] = await readdir(join(root, 'web', 'dist', 'assets'))
    return readFile(join(root, 'web', 'dist', 'assets', script), 'utf8')
  }

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'hazard-map-viewer-'))
    await mkdir(join(root, 'web'))
    await mkdir(join(root, 'server', 'core'), { recursive: true })
    for (const file of ['package.json', 'package-lock.json', 'tsconfig.base.json']) {
      await writeFile(join(root, file), '{}')
    }
    await writeFile(join(root, 'server', 'contract.ts'), '')
    await writeFile(join(root, 'web', 'index.html'), '<script type="module" src="./main.js"></script>')
    await symlink(NODE_MODULES, join(root, 'node_modules'))
    await source('document.title = "first"')
  })
  afterAll(() => rm(root, { recursive: true, force: true }))

  it('builds once, and not again while nothing changed', async () => {
    const first = buildViewer(root)
    expect(await first.isNeeded).toBe(true)
    expect(await first.directory).toBe(join(root, 'web', 'dist'))
    expect(await page()).toContain('first')
    expect(await buildViewer(root).isNeeded).toBe(false)
  })

  it('builds again when the words that it shares with the server change', async () => {
    await writeFile(join(root, 'server', 'core', 'vocabulary.ts'), 'export {}')
    const second = buildViewer(root)
    expect(await second.isNeeded).toBe(true)
    await second.directory
    await writeFile(join(root, 'server', 'core', 'vocabulary.test.ts'), 'a test is no part of the page')
    expect(await buildViewer(root).isNeeded).toBe(false)
  })

  it('says in one line why it failed, and keeps the last page that worked', async () => {
    await source('import "./missing.js"')
    const broken = buildViewer(root)
    await expect(broken.directory).rejects.toThrow(
      /^网页构建失败，.*missing\.js.*\(the viewer could not be built\)$/,
    )
    expect(await page()).toContain('first')
    expect((await readdir(join(root, 'web'))).sort()).toEqual(['dist', 'index.html', 'main.js'])
    expect(await buildViewer(root).isNeeded).toBe(true)
  })

  it('leaves no half-built page when it is stopped', async () => {
    await source('document.title = "second"')
    const stopped = buildViewer(root)
    await stopped.isNeeded
    setTimeout(stopped.stop, 50)
    await expect(stopped.directory).rejects.toThrow('the viewer could not be built')
    expect(await page()).toContain('first')
    expect((await readdir(join(root, 'web'))).sort()).toEqual(['dist', 'index.html', 'main.js'])
  })
})
