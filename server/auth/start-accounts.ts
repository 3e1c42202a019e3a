import type { Knex } from 'knex'
import type { Config } from '../config.ts'
import { type Account, ADMINISTRATOR, demonstrationAccounts, ensureAccounts } from './accounts.ts'
import { findUserByName } from './queries.ts'
import { findStoredPassword, storedPassword } from './stored-passwords.ts'

/** What the person who starts the product is told of a group of accounts. */
export interface AccountNotice {
  usernames: string[]
  setting: 'ADMIN_PASSWORD' | 'DEMO_PASSWORD'
  isFromSetting: boolean
  /** The file with the random password of the first start, if it is here. */
  path: string | null
  /** The random password, told at the start that made the accounts. */
  newPassword: string | null
}

export function ensureAdministrator(db: Knex, config: Config): Promise<AccountNotice> {
  return ensureGroup(db, config, [ADMINISTRATOR], 'admin')
}

export function ensureDemonstrationAccounts(
  db: Knex,
  config: Config,
  units: { code: string; name: string }[],
): Promise<AccountNotice> {
  return ensureGroup(db, config, demonstrationAccounts(units), 'demo')
}

/** A setting wins at every start; a random password is given once, so that one changed later stays changed. */
async function ensureGroup(
  db: Knex,
  config: Config,
  accounts: Account[],
  name: 'admin' | 'demo',
): Promise<AccountNotice> {
  const usernames = accounts.map((account) => account.username)
  const setting = name === 'admin' ? 'ADMIN_PASSWORD' : 'DEMO_PASSWORD'
  const fixed = name === 'admin' ? config.adminPassword : config.demoPassword
  if (fixed !== null) {
    await ensureAccounts(db, accounts, fixed)
    return { usernames, setting, isFromSetting: true, path: null, newPassword: null }
  }
  const missing: Account[] = []
  for (const account of accounts) {
    if (!(await findUserByName(db, account.username))) missing.push(account)
  }
  const common = { usernames, setting, isFromSetting: false } as const
  if (missing.length === 0) {
    return { ...common, path: await findStoredPassword(config.dataDir, name), newPassword: null }
  }
  const stored = await storedPassword(config.dataDir, name)
  await ensureAccounts(db, missing, stored.password)
  return { ...common, path: stored.path, newPassword: stored.password }
}
