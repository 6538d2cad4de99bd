import { Fault } from '@copse/contracts'
import type { Listener } from './first-request.ts'

/** Listens, or throws a fault that names the address. Port 0 takes a free one; the one taken is returned. */
export async function listenOrExplain(
  app: Omit<Listener, 'close'>,
  at: { host: string; port: number },
): Promise<number> {
  try {
    await app.listen(at)
  } catch (error) {
    const { code } = error as { code?: string }
    const detail = `${at.host}:${at.port}`
    if (code === 'EADDRINUSE') throw new Fault('port_taken', { detail, cause: error })
    if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      throw new Fault('config_invalid', { detail: `Cannot listen on ${detail} (${code}).`, cause: error })
    throw error
  }
  const address = app.server.address()
  return typeof address === 'object' && address ? address.port : at.port
}
