import { errorCode } from '../start-error.ts'
import { DatabaseError } from './open.ts'

const REASONS: Record<string, string> = {
  ECONNREFUSED: '连接被拒绝，数据库没有在该地址运行 (connection refused)',
  ENOTFOUND: '找不到主机 (unknown host)',
  EAI_AGAIN: '找不到主机 (unknown host)',
  EHOSTUNREACH: '主机不可达 (host unreachable)',
  ENETUNREACH: '网络不可达 (network unreachable)',
  ETIMEDOUT: '连接超时 (timed out)',
  ECONNRESET: '连接被中断 (connection reset)',
  '28P01': '用户名或密码不对 (wrong user or password)',
  '28000': '该用户不许登录 (this user may not sign in)',
  '3D000': '没有这个数据库，请先创建 (no such database: create it first)',
  '42501': '权限不足 (permission denied)',
  '53300': '连接数已满 (too many connections)',
  '57P03': '数据库正在启动，请稍后再试 (the database is starting up)',
}

/** Turns a failure to reach PostgreSQL into one line. The address is told without user and password. */
export function explainDatabaseError(error: unknown, url: string): unknown {
  if (error instanceof DatabaseError) return error
  const reason = REASONS[errorCode(error)] ?? reasonByText(error)
  if (!reason) return error
  const { hostname, port, pathname } = new URL(url)
  const place = `${hostname}:${port || 5432}${decodeURIComponent(pathname)}`
  return new DatabaseError(`DATABASE_URL: 无法使用数据库 ${place}：${reason}`)
}

// the driver and the pool answer a silent host with texts only
function reasonByText(error: unknown): string | undefined {
  const text = error instanceof Error ? error.message : ''
  if (/timeout/i.test(text)) return REASONS.ETIMEDOUT
  if (/SASL|password must be a string/.test(text)) return REASONS['28P01']
  if (/terminated|ended unexpectedly/i.test(text)) return REASONS.ECONNRESET
  return undefined
}
