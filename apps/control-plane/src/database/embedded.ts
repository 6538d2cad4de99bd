import { chmodSync, existsSync, mkdirSync, unlinkSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { Fault } from '@copse/contracts'
import { PGlite } from '@electric-sql/pglite'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'
import type { PoolConfig } from 'pg'

export interface EmbeddedPostgres {
  connection: PoolConfig
  close(): Promise<void>
}

/** A unix socket's path has a hard limit, 104 bytes on the strictest system. */
const maxSocketPath = 103

/**
 * Postgres in this process, its files under `folder`, reached like any other Postgres, so that there is one database
 * client. It has one connection and its login is a superuser. Whoever may open the socket owns the data: hence 0700.
 */
export async function openEmbeddedPostgres(folder: string): Promise<EmbeddedPostgres> {
  const socketFolder = join(folder, 'socket')
  const socket = join(socketFolder, '.s.PGSQL.5432')
  if (Buffer.byteLength(socket) > maxSocketPath) {
    throw new Fault('config_invalid', { detail: `COPSE_DATA is too long for a socket: ${socket}` })
  }
  for (const own of [folder, socketFolder]) {
    mkdirSync(own, { recursive: true, mode: 0o700 })
    chmodSync(own, 0o700)
  }
  await refuseWhenHeld(socket, folder)

  const db = await PGlite.create(join(folder, 'files')).catch((cause: unknown) => {
    // It dies of whatever it cannot read, and says no more than that.
    throw new Fault('data_damaged', { detail: folder, cause })
  })
  const server = new PGLiteSocketServer({ db, path: socket, maxConnections: 2 })
  await server.start()
  return {
    connection: { host: socketFolder, port: 5432, user: 'postgres', database: 'postgres', max: 1 },
    async close() {
      await server.stop()
      await db.close()
    },
  }
}

/** Two processes on the same files would destroy them. An answering socket is a living holder, a silent one a trace. */
async function refuseWhenHeld(socket: string, folder: string): Promise<void> {
  if (!existsSync(socket)) return
  const held = await new Promise<boolean>((resolve) => {
    const probe = connect(socket)
    probe.once('connect', () => {
      probe.destroy()
      resolve(true)
    })
    probe.once('error', () => resolve(false))
  })
  if (held) throw new Fault('data_locked', { detail: folder })
  unlinkSync(socket)
}
