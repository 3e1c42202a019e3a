import { isAbsolute, resolve } from 'node:path'
import { StartError } from './start-error.ts'

/** A setting that cannot be used. Its message is one line for the person who starts the product. */
export class SettingError extends StartError {
  readonly setting: string
  constructor(setting: string, message: string) {
    super(`${setting}: ${message}`)
    this.name = 'SettingError'
    this.setting = setting
  }
}

export interface Config {
  host: string
  port: number
  /** Empty: the embedded engine under dataDir. */
  databaseUrl: string
  dataDir: string
  /** null: decided by the engine: yes on a fresh embedded database, else no. */
  demoData: boolean | null
  adminPassword: string | null
  demoPassword: string | null
  publicUrl: string | null
  logLevel: LogLevel
  tiandituKey: string | null
  /** The server's address of Tianditu tiles; `{subdomain}`, `{layer}`, `{z}`, `{x}`, `{y}`, `{key}` are filled in. */
  tiandituUrl: string
  /** 审图号 of the Tianditu maps, to be shown with them. */
  tiandituApproval: string | null
  basemapPmtiles: string | null
  unitName: string
  helpPhone: string | null
  /** The browser that prints; null: the first that is found on this machine. */
  chromiumPath: string | null
}

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

const TIANDITU_URL =
  'https://t{subdomain}.tianditu.gov.cn/{layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER={layer}&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk={key}'

/** Reads and checks every setting once. Throws SettingError with one clear line. */
export function readConfig(environment: NodeJS.ProcessEnv, workingDirectory: string): Config {
  const text = (name: string): string | null => environment[name]?.trim() || null
  const dataDir = text('DATA_DIR') ?? './var'
  const config: Config = {
    host: text('HOST') ?? '127.0.0.1',
    port: readPort(text('PORT') ?? '4180'),
    databaseUrl: readDatabaseUrl(text('DATABASE_URL') ?? ''),
    dataDir: isAbsolute(dataDir) ? dataDir : resolve(workingDirectory, dataDir),
    demoData: readYesNo('DEMO_DATA', text('DEMO_DATA')),
    adminPassword: readPassword('ADMIN_PASSWORD', text('ADMIN_PASSWORD')),
    demoPassword: readPassword('DEMO_PASSWORD', text('DEMO_PASSWORD')),
    publicUrl: readUrl('PUBLIC_URL', text('PUBLIC_URL')),
    logLevel: readLogLevel(text('LOG_LEVEL') ?? 'warn'),
    tiandituKey: text('TIANDITU_KEY'),
    tiandituUrl: text('TIANDITU_URL') ?? TIANDITU_URL,
    tiandituApproval: text('TIANDITU_APPROVAL'),
    basemapPmtiles: text('BASEMAP_PMTILES'),
    unitName: text('UNIT_NAME') ?? '长春经济技术开发区应急管理局',
    helpPhone: text('HELP_PHONE'),
    chromiumPath: text('CHROMIUM_PATH'),
  }
  return Object.freeze(config)
}

function readPort(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65535) {
    throw new SettingError('PORT', `「${text}」不是 0–65535 的端口号 (not a port number from 0 to 65535)`)
  }
  return port
}

function readDatabaseUrl(text: string): string {
  if (text === '') return ''
  if (!/^postgres(ql)?:\/\//.test(text) || !URL.canParse(text)) {
    throw new SettingError(
      'DATABASE_URL',
      '应为 postgres://用户:密码@主机:端口/库名，留空则用内置数据库 (expected postgres://user:password@host:port/database)',
    )
  }
  return text
}

function readYesNo(name: string, text: string | null): boolean | null {
  if (text === null) return null
  if (text === 'yes') return true
  if (text === 'no') return false
  throw new SettingError(name, `「${text}」应为 yes 或 no (expected yes or no)`)
}

function readPassword(name: string, text: string | null): string | null {
  if (text !== null && text.length < 8) {
    throw new SettingError(name, '密码至少 8 个字符 (at least 8 characters)')
  }
  return text
}

function readUrl(name: string, text: string | null): string | null {
  if (text !== null && !/^https?:\/\//.test(text)) {
    throw new SettingError(
      name,
      `「${text}」应以 http:// 或 https:// 开头 (expected an http or https address)`,
    )
  }
  return text
}

function readLogLevel(text: string): LogLevel {
  const level = LOG_LEVELS.find((known) => known === text)
  if (!level)
    throw new SettingError('LOG_LEVEL', `「${text}」应为 ${LOG_LEVELS.join('、')} 之一 (one of these)`)
  return level
}
