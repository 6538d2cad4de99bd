import type { Logger } from '@copse/contracts'
import type { LoggerService } from '@nestjs/common'

/** Nest tells how it wires and maps, at every start; that is for debugging only. */
const framework = new Set(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication'])
/** Says once more what is thrown anyway. */
const echo = 'ExceptionHandler'

/** Nest's own lines and those of our rooms, in the one log format. Nest appends the room's name as last argument. */
export function nestLogger(logger: Logger): LoggerService {
  const at =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (said: unknown, ...rest: unknown[]): void => {
      const room = String(rest.at(-1))
      if (room === echo) return
      const shown = level === 'info' && framework.has(room) ? 'debug' : level
      if (typeof said === 'string') logger[shown]({ room }, said)
      else logger[shown]({ room, ...(said as object) }, room)
    }
  return { log: at('info'), warn: at('warn'), error: at('error'), fatal: at('error'), debug: at('debug') }
}
