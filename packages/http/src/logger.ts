import type { Clock, Logger } from '@copse/contracts'
import { redact } from './redact.ts'

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

export interface LoggerOptions {
  level: LogLevel
  clock: Clock
  /** Members of every line, e.g. the tenant. */
  fields?: object
  /** One line of JSON each; warnings and errors may go elsewhere. */
  write?: (line: string, level: LogLevel) => void
}

const toProcess = (line: string, level: LogLevel): void => {
  const stream = level === 'warn' || level === 'error' ? process.stderr : process.stdout
  stream.write(`${line}\n`)
}

/** One line of JSON per entry. Everything passes through `redact`, whoever wrote it. */
export function createLogger(options: LoggerOptions): Logger {
  const { level, clock, write = toProcess } = options
  const threshold = logLevels.indexOf(level)
  const from = (bound: object): Logger => {
    const at = (entryLevel: LogLevel) => (fields: object, message: string) => {
      if (logLevels.indexOf(entryLevel) < threshold) return
      const shown = redact({ ...bound, ...fields }) as object
      write(
        JSON.stringify({
          time: new Date(clock.now()).toISOString(),
          level: entryLevel,
          message: redact(message),
          ...shown,
        }),
        entryLevel,
      )
    }
    return {
      debug: at('debug'),
      info: at('info'),
      warn: at('warn'),
      error: at('error'),
      child: (fields) => from({ ...bound, ...fields }),
    }
  }
  return from(options.fields ?? {})
}
