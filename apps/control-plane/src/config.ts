import { accessSync, constants, mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Fault } from '@copse/contracts'
import { readEnvironment } from '@copse/http'
import { z } from 'zod'
import { chooseInstanceMain } from './deployments/instance-main.ts'

/** `<id>:<base64 of 32 bytes>` */
export const kekPattern = /^[a-z0-9-]+:[A-Za-z0-9+/]{43}=$/

const settings = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8001),
  COPSE_DATA: z.string().default('.copse'),
  /** How instances reach this process; by default through loopback. */
  COPSE_URL: z.url().optional(),
  COPSE_ADMIN_KEY: z.string().min(32, 'needs at least 32 characters').optional(),
  COPSE_KEK: z.string().regex(kekPattern, 'is `<id>:<base64 of 32 bytes>`').optional(),
  DATABASE_URL: z.string().optional(),
  REDIS_URL: z.string().optional(),
  /** Instead of whatever is newer. */
  COPSE_INSTANCE_FROM: z.enum(['bundle', 'sources']).optional(),
  PATH: z.string().optional(),
  NODE_EXTRA_CA_CERTS: z.string().optional(),
})

/** The same seen from `src` and from `dist`. */
const house = fileURLToPath(new URL('../../../', import.meta.url))

/** For glibc, which else keeps what a start let go: three megabytes of each instance, for as long as it waits. */
const thrift = { MALLOC_ARENA_MAX: '1', MALLOC_MMAP_THRESHOLD_: '131072' }

/** All settings of this process. A class, so that Nest can inject it by type. */
export class Config {
  host = '127.0.0.1'
  port = 8001
  /** Absolute. */
  data = ''
  url: string | undefined
  adminKey: string | undefined
  kek: string | undefined
  databaseUrl: string | undefined
  redisUrl: string | undefined
  /** Control planes that share a Redis and this name share their background jobs. */
  jobsName = 'copse'
  /** What an instance needs of the machine's environment; never the rest of ours. */
  instanceEnvironment: Record<string, string> = { ...thrift }
  reconcileEveryMs = 3000
  stopGraceMs = 15_000
  draftsKeptMs = 30 * 24 * 3_600_000
  draftsPerTenant = 100
  /** What the process host runs. */
  instanceMain = ''
  /** Why it is this file. */
  instanceBecause = ''
  /**
   * Most instances wait most of the time: room for young objects is memory that each keeps, and saves little work. One
   * thread to help: with the usual four, each collection of one instance took all cores from the others.
   */
  instanceFlags: readonly string[] = ['--max-semi-space-size=2', '--v8-pool-size=1']
}

/** The only reader of the environment. */
export function readConfig(environment = process.env): Config {
  const env = readEnvironment(settings, environment)
  const { main, because } = chooseInstanceMain(house, env.COPSE_INSTANCE_FROM)
  return Object.assign(new Config(), {
    host: env.HOST,
    port: env.PORT,
    data: resolve(env.COPSE_DATA),
    url: env.COPSE_URL,
    adminKey: env.COPSE_ADMIN_KEY,
    kek: env.COPSE_KEK,
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    instanceMain: main,
    instanceBecause: because,
    instanceEnvironment: {
      ...thrift,
      ...(env.PATH === undefined ? {} : { PATH: env.PATH }),
      ...(env.NODE_EXTRA_CA_CERTS === undefined ? {} : { NODE_EXTRA_CA_CERTS: env.NODE_EXTRA_CA_CERTS }),
    },
  })
}

export function prepareDataFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    accessSync(folder, constants.W_OK)
  } catch (cause) {
    throw new Fault('data_unwritable', { detail: folder, cause })
  }
}
