import { createServer } from 'node:net'
import type { Config } from './config.ts'
import { errorCode, StartError } from './start-error.ts'

/** Fails early when the port is taken: finding out after a first load would cost a minute. */
export async function assertPortFree(config: Config): Promise<void> {
  const server = createServer()
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen({ host: config.host, port: config.port }, resolve)
    })
  } catch (error) {
    throw explainListenError(error, config)
  }
  await new Promise((resolve) => server.close(resolve))
}

export function explainListenError(error: unknown, { host, port }: Config): unknown {
  switch (errorCode(error)) {
    case 'EADDRINUSE':
      return new StartError(
        `PORT: 端口 ${port} 已被占用，请停止占用它的程序或另设 PORT (port ${port} is in use)`,
      )
    case 'EACCES':
      return new StartError(
        `PORT: 没有使用端口 ${port} 的权限，请改用 1024 以上的端口 (no permission to use port ${port})`,
      )
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new StartError(`HOST: 本机没有地址 ${host} (${host} is not an address of this machine)`)
    default:
      return error
  }
}
