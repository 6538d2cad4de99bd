import { setTimeout as wait } from 'node:timers/promises'
import type { Clock, OperationManifest } from '@copse/contracts'
import type Database from 'better-sqlite3'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { FaultSwitch } from '../faults.ts'
import { operations } from '../operations.ts'
import { performers } from '../operations/all.ts'
import { perform } from '../perform.ts'

interface Books {
  database: Database.Database
  clock: Clock
  faults: FaultSwitch
  /** Ends calls that are being delayed. */
  closing: AbortSignal
}

/** One route per operation of the manifest, where its `wire` says. */
export function installOperations(app: FastifyInstance, books: Books): void {
  for (const operation of operations) installOperation(app, operation, books)
}

const wireShape = z.object({ method: z.enum(['GET', 'POST']).default('POST'), path: z.string() })

function installOperation(app: FastifyInstance, operation: OperationManifest, books: Books): void {
  const { database, clock, faults, closing } = books
  const act = performers[operation.name]
  if (!act) throw new Error(`operations.yaml names ${operation.name}, which nothing performs.`)
  const { method, path } = wireShape.parse(operation.wire)
  app.route({
    method,
    url: path.replaceAll(/\{(\w+)\}/g, ':$1'),
    async handler(request, reply) {
      const cut = () => {
        reply.hijack()
        request.raw.socket.destroy()
        return reply
      }
      const { delayMs, fail } = faults.take(operation.name)
      if (delayMs > 0 && !(await passes(delayMs, closing))) return cut()
      if (fail === 'down') return reply.code(503).send({ not_done: true, code: 'down', reason: 'Closed for now.' })
      if (fail === 'error') return reply.code(500).send({ code: 'internal', reason: 'Something broke.' })
      if (fail === 'cut') return cut()
      const given = { ...record(request.query), ...record(request.body), ...record(request.params) }
      const key = request.headers['idempotency-key']?.toString()
      const answer = perform(act, { operation, given, key }, database, clock)
      return fail === 'cut_after' ? cut() : answer
    },
  })
}

/** False when the business closed before the time had passed. */
const passes = (ms: number, closing: AbortSignal): Promise<boolean> =>
  wait(ms, undefined, { signal: closing }).then(
    () => true,
    () => false,
  )

const record = (value: unknown): Record<string, unknown> =>
  value !== null && typeof value === 'object' ? { ...value } : {}
