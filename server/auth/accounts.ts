import type { Knex } from 'knex'
import { v7 as uuid } from 'uuid'
import type { Role, Sector } from '../core/vocabulary.ts'
import { findUserByName, insertUser, updatePassword } from './queries.ts'
import { hashPassword, isPassword } from './secrets.ts'

export interface Account {
  username: string
  displayName: string
  role: Role
  isExample: boolean
  areaCodes: string[]
  sectors: Sector[]
}

const account = (
  username: string,
  displayName: string,
  role: Role,
  rest: Partial<Account> = {},
): Account => ({
  username,
  displayName,
  role,
  isExample: true,
  areaCodes: [],
  sectors: [],
  ...rest,
})

export const ADMINISTRATOR = account('admin', '管理员', 'admin', { isExample: false })

/** The demonstration accounts: one for each role, and an officer for each unit of the zone. */
export function demonstrationAccounts(units: { code: string; name: string }[]): Account[] {
  return [
    account('analyst', '分析员', 'analyst'),
    account('commander', '指挥员', 'commander'),
    account('fire-inspector', '消防检查员', 'inspector', { sectors: ['fire'] }),
    ...units.map((unit) =>
      account(`officer-${unit.code}`, `${unit.name}经办人`, 'officer', { areaCodes: [unit.code] }),
    ),
  ]
}

/**
 * Makes the accounts that are missing and sets those whose password differs, so that a changed setting takes effect at
 * the next start. Answers the names that were made.
 */
export async function ensureAccounts(db: Knex, accounts: Account[], password: string): Promise<string[]> {
  const made: string[] = []
  // one hash for all demonstration accounts that are new: hashing nine times would cost a second of the start
  let sharedHash: string | null = null
  for (const wanted of accounts) {
    const present = await findUserByName(db, wanted.username)
    if (present) {
      if (await isPassword(present.passwordHash, password)) continue
      await updatePassword(db, present.id, await hashPassword(password))
      continue
    }
    sharedHash ??= await hashPassword(password)
    const passwordHash = sharedHash
    await db.transaction((transaction) => insertUser(transaction, { ...wanted, id: uuid(), passwordHash }))
    made.push(wanted.username)
  }
  return made
}
