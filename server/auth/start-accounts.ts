import type { Knex } from 'knex'
import type { Config } from '../config.ts'
import { type Account, ADMINISTRATOR, demonstrationAccounts, ensureAccounts } from './accounts.ts'
import { findUserByName } from './queries.ts'
import { storedPassword } from './stored-passwords.ts'

/** What the person who starts the product is told of a group of accounts. */
export interface AccountNotice {
  usernames: string[]
  /** Where the password stands: a setting, a file, or nowhere that this start knows of. */
  setting: 'ADMIN_PASSWORD' | 'DEMO_PASSWORD'
  isFromSetting: boolean
  path: string | null
  /** Told once, when a random one was made. */
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
  if (missing.length === 0) {
    return { usernames, setting, isFromSetting: false, path: null, newPassword: null }
  }
  const stored = await storedPassword(config.dataDir, name)
  await ensureAccounts(db, missing, stored.password)
  const newPassword = stored.isNew ? stored.password : null
  return { usernames, setting, isFromSetting: false, path: stored.path, newPassword }
}
