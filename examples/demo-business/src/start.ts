import { systemClock, type Clock } from '@copse/contracts'
import type Database from 'better-sqlite3'
import { fastify } from 'fastify'
import { BadRequest } from './arguments.ts'
import { openDatabase } from './database.ts'
import { createFaultSwitch, type FaultSwitch } from './faults.ts'
import { installBooks } from './http/books.ts'
import { installControl } from './http/control.ts'
import { installOperations } from './http/operations.ts'

export interface DemoBusiness {
  url: string
  database: Database.Database
  faults: FaultSwitch
  close(): Promise<void>
}

export interface DemoBusinessOptions {
  /** 0 takes a free one. */
  port: number
  /** ':memory:' keeps no books. */
  folder: string
  clock?: Clock
}

/** Opens the business on loopback. Nothing else of the machine is listened on. */
export async function startDemoBusiness({
  port,
  folder,
  clock = systemClock,
}: DemoBusinessOptions): Promise<DemoBusiness> {
  const database = openDatabase(folder)
  const faults = createFaultSwitch()
  const closing = new AbortController()
  const app = fastify({ forceCloseConnections: true })
  app.setErrorHandler((error, _, reply) => {
    if (error instanceof BadRequest) return reply.code(400).send({ code: 'bad_request', reason: error.message })
    return reply.send(error)
  })
  installOperations(app, { database, clock, faults, closing: closing.signal })
  installBooks(app, database, clock)
  installControl(app, faults)
  const close = async () => {
    closing.abort()
    await app.close()
    database.close()
  }
  try {
    return { url: await app.listen({ host: '127.0.0.1', port }), database, faults, close }
  } catch (error) {
    await close()
    throw error
  }
}
