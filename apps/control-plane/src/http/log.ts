import type { Logger } from '@copse/contracts'
import type { LoggerService } from '@nestjs/common'

/** Nest's own lines and those of our rooms, in the one log format. Nest appends the room's name as last argument. */
export function nestLogger(logger: Logger): LoggerService {
  const at =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (said: unknown, ...rest: unknown[]): void => {
      const room = rest.at(-1)
      if (typeof said === 'string') logger[level]({ room }, said)
      else logger[level]({ room, ...(said as object) }, String(room))
    }
  return { log: at('info'), warn: at('warn'), error: at('error'), fatal: at('error'), debug: at('debug') }
}
