import { fileURLToPath } from 'node:url'
import { Fault } from '@copse/contracts'
import { PrismaPg } from '@prisma/adapter-pg'
import type { PoolConfig } from 'pg'
import { Prisma, PrismaClient } from '../generated/prisma/client.ts'
import { openEmbeddedPostgres } from './embedded.ts'
import { applyMigrations, readMigrations } from './migrations.ts'

export type Tx = Prisma.TransactionClient

export const migrationsFolder = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))

/**
 * The only door to the tables. Work for a tenant runs as an unprivileged role that sees this tenant's rows and no
 * other (row level security); platform code says that it is platform code. Each call is one transaction; inside it
 * await only `tx`: the embedded database has a single connection.
 */
export class Database {
  readonly #client: PrismaClient
  readonly #close: () => Promise<void>

  constructor(connection: PoolConfig, close: () => Promise<void> = async () => {}) {
    this.#client = new PrismaClient({
      adapter: new PrismaPg(connection),
      // Waiting for the embedded database's one connection is normal, so waits are long; work is short.
      transactionOptions: { maxWait: 30_000, timeout: 30_000 },
    })
    this.#close = close
  }

  withTenant<Result>(tenantId: string, work: (tx: Tx) => Promise<Result>): Promise<Result> {
    return this.#transaction(async (tx) => {
      // `set_config(…, true)` of `role` is SET LOCAL ROLE: both end with the transaction, also behind a pooler.
      await tx.$queryRaw`SELECT set_config('role', 'copse_app', true), set_config('app.tenant_id', ${tenantId}, true)`
      return work(tx)
    })
  }

  /**
   * As `withTenant`, for work that reads before it writes: such changes of one tenant come one after the other, each
   * seeing what the last one left.
   */
  changeTenant<Result>(tenantId: string, work: (tx: Tx) => Promise<Result>): Promise<Result> {
    return this.withTenant(tenantId, async (tx) => {
      await tx.$queryRaw`SELECT id FROM tenant WHERE id = ${tenantId}::uuid FOR UPDATE`
      return work(tx)
    })
  }

  withSystem<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    return this.#transaction(work)
  }

  async #transaction<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    try {
      return await this.#client.$transaction(work)
    } catch (cause) {
      if (isConnectionLost(cause)) throw new Fault('database_unreachable', { cause })
      throw cause
    }
  }

  async ping(): Promise<void> {
    await this.#client.$queryRaw`SELECT 1`
  }

  async close(): Promise<void> {
    await this.#client.$disconnect()
    await this.#close()
  }
}

/** A database ready for use: real Postgres when there is a URL, else the embedded one in `folder`. */
export async function openDatabase(options: { url?: string | undefined; folder: string }): Promise<Database> {
  if (options.url !== undefined) {
    const connection = { connectionString: options.url }
    await applyMigrations(connection, readMigrations(migrationsFolder))
    return new Database(connection)
  }
  const embedded = await openEmbeddedPostgres(options.folder)
  try {
    await applyMigrations(embedded.connection, readMigrations(migrationsFolder))
  } catch (error) {
    await embedded.close()
    throw error
  }
  return new Database(embedded.connection, () => embedded.close())
}

/** A row with this key exists already. */
export const isDuplicate = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002'

/** Not reached, refused, or ended by the server: it may work again later, and nothing of the transaction was kept. */
function isConnectionLost(error: unknown): boolean {
  if (error instanceof Prisma.PrismaClientKnownRequestError) {
    const { driverAdapterError } = (error.meta ?? {}) as { driverAdapterError?: { cause?: { severity?: string } } }
    return error.code.startsWith('P10') || driverAdapterError?.cause?.severity === 'FATAL'
  }
  return error instanceof Error && /connection error|connection terminated/i.test(error.message)
}
