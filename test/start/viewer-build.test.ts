import { mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildViewer } from '../../scripts/viewer-build.ts'

const NODE_MODULES = resolve(import.meta.dirname, '../../node_modules')

describe('building the viewer', () => {
  let root: string
  const source = (text: string) => writeFile(join(root, 'web', 'main.js'), text)
  const page = async (directory: string) => {
    const [script = ''] = await readdir(join(directory, 'assets'))
    return readFile(join(directory, 'assets', script), 'utf8')
  }
  const builds = () => readdir(join(root, 'web', 'dist'))

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
    expect(await page(await first.directory)).toContain('first')
    const again = buildViewer(root)
    expect(await again.isNeeded).toBe(false)
    expect(await again.directory).toBe(await first.directory)
  })

  it('builds again when the words that it shares with the server change, beside the last one', async () => {
    const before = await buildViewer(root).directory
    await writeFile(join(root, 'server', 'core', 'vocabulary.ts'), 'export {}')
    const second = buildViewer(root)
    expect(await second.isNeeded).toBe(true)
    expect(await second.directory).not.toBe(before)
    expect(await page(before)).toContain('first')
    await writeFile(join(root, 'server', 'core', 'vocabulary.test.ts'), 'a test is no part of the page')
    expect(await buildViewer(root).isNeeded).toBe(false)
  })

  it('says in one line why it failed, and leaves nothing', async () => {
    await source('import "./missing.js"')
    const present = await builds()
    const broken = buildViewer(root)
    await expect(broken.directory).rejects.toThrow(
      /^网页构建失败，.*missing\.js.*\(the viewer could not be built\)$/,
    )
    expect(await builds()).toEqual(present)
    const again = buildViewer(root)
    expect(await again.isNeeded).toBe(true)
    await expect(again.directory).rejects.toThrow('missing.js')
  })

  it('leaves no half-built page when it is stopped', async () => {
    await source('document.title = "second"')
    const present = await builds()
    const stopped = buildViewer(root)
    await stopped.isNeeded
    setTimeout(stopped.stop, 50)
    await expect(stopped.directory).rejects.toThrow('the viewer could not be built')
    expect(await builds()).toEqual(present)
  })

  it('is built by two starts at once, and both get the page', async () => {
    await source('document.title = "third"')
    const directories = await Promise.all([buildViewer(root).directory, buildViewer(root).directory])
    expect(directories[0]).toBe(directories[1])
    expect(await page(directories[0])).toContain('third')
  })

  it('keeps the last four builds, and those of the last day', async () => {
    const longAgo = new Date(Date.now() - 2 * 24 * 3_600_000)
    const recent = await builds()
    expect(recent.length).toBeGreaterThanOrEqual(3)
    for (const title of ['fourth', 'fifth', 'sixth', 'seventh']) {
      await source(`document.title = "${title}"`)
      const directory = await buildViewer(root).directory
      await utimes(directory, longAgo, longAgo)
    }
    await source('document.title = "eighth"')
    const last = await buildViewer(root).directory
    expect((await builds()).sort()).toEqual([...recent, basename(last)].sort())
  })
})
