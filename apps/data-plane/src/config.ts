import { Fault } from '@copse/contracts'
import { logLevels, readEnvironment, type LogLevel } from '@copse/http'
import { z } from 'zod'

/** Where the release comes from: the control plane, by the bootstrap file its host wrote, or one local YAML. */
export type Source = { kind: 'control-plane'; bootstrapPath: string } | { kind: 'local'; configPath: string }

export interface Config {
  host: string
  port: number
  /** For the tenant's own people, outside development. Undefined: loopback, beside the public port. */
  privateHost: string | undefined
  privatePort: number | undefined
  /** Undefined: the local YAML says it. */
  dataPath: string | undefined
  source: Source
  /** Loopback only: no tokens, the customer may say who they are. Undefined: the local YAML says it. */
  dev: boolean | undefined
  /** Waits while another process holds the data. Undefined: outside development. */
  standBy?: boolean | undefined
  instance: string | undefined
  logLevel: LogLevel
  pollMs: number
}

const flag = z.enum(['1', 'true', '0', 'false']).transform((value) => value === '1' || value === 'true')

const variables = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8002),
  PRIVATE_HOST: z.string().optional(),
  PRIVATE_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  COPSE_DATA: z.string().optional(),
  COPSE_BOOTSTRAP: z.string().optional(),
  TENANT_CONFIG_PATH: z.string().optional(),
  COPSE_DEV: flag.optional(),
  COPSE_STAND_BY: flag.optional(),
  COPSE_INSTANCE: z.string().max(64).optional(),
  COPSE_LOG_LEVEL: z.enum(logLevels).default('info'),
  COPSE_POLL_MS: z.coerce.number().int().min(100).default(5_000),
})

/** The only reader of the environment. */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const set = readEnvironment(variables, env)
  return {
    host: set.HOST,
    port: set.PORT,
    privateHost: set.PRIVATE_HOST,
    privatePort: set.PRIVATE_PORT,
    dataPath: set.COPSE_DATA,
    source: sourceOf(set.COPSE_BOOTSTRAP, set.TENANT_CONFIG_PATH),
    dev: set.COPSE_DEV,
    standBy: set.COPSE_STAND_BY,
    instance: set.COPSE_INSTANCE,
    logLevel: set.COPSE_LOG_LEVEL,
    pollMs: set.COPSE_POLL_MS,
  }
}

function sourceOf(bootstrapPath: string | undefined, configPath: string | undefined): Source {
  if (bootstrapPath && !configPath) return { kind: 'control-plane', bootstrapPath }
  if (configPath && !bootstrapPath) return { kind: 'local', configPath }
  throw new Fault('config_invalid', {
    detail: 'Set either COPSE_BOOTSTRAP (a file from the control plane) or TENANT_CONFIG_PATH (a local YAML).',
  })
}

/** Names that only this machine can reach. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || /^\[?::1\]?$/.test(host) || /^127\.\d+\.\d+\.\d+$/.test(host)
