import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { findChromium } from '../../server/print/chromium.ts'

/** Something beyond npm packages that some tests need. */
interface Requirement {
  isPresent: boolean
  tests: string
  remedy: string
}

export function findProgram(name: string): string | null {
  const directories = (process.env.PATH ?? '').split(delimiter)
  return directories.map((directory) => join(directory, name)).find((path) => existsSync(path)) ?? null
}

export const REQUIREMENTS = {
  postgresql: {
    isPresent: Boolean(process.env.TEST_DATABASE_URL),
    tests: 'PostgreSQL/PostGIS 上的接口测试 (API tests on PostgreSQL)',
    remedy: '设 TEST_DATABASE_URL=postgres://超级用户@主机/库 (a superuser on a server with PostGIS 3.3+)',
  },
  chromium: {
    isPresent: findChromium() !== null,
    tests: '浏览器测试 (browser tests)',
    remedy: 'apt-get install chromium fonts-noto-cjk，或设 CHROMIUM_PATH (or set CHROMIUM_PATH)',
  },
  poppler: {
    isPresent: findProgram('pdftotext') !== null,
    tests: '读回打印的 PDF 的测试 (tests that read printed PDFs back)',
    remedy: 'apt-get install poppler-utils',
  },
  gdal: {
    isPresent: findProgram('ogrinfo') !== null,
    tests: 'GDAL 读取瓦片与导出的测试 (GDAL client tests)',
    remedy: 'apt-get install gdal-bin',
  },
  osmium: {
    isPresent: findProgram('osmium') !== null,
    tests: 'OpenStreetMap 导入数量与 osmium 对照 (OSM import counts against osmium)',
    remedy: 'apt-get install osmium-tool',
  },
} satisfies Record<string, Requirement>

/** One line for each part of the tests that cannot run here. */
export function listMissing(): string[] {
  return Object.values(REQUIREMENTS)
    .filter((requirement) => !requirement.isPresent)
    .map(({ tests, remedy }) => `!!! 未运行 (NOT RUN): ${tests}。要运行 (to run): ${remedy}`)
}
