import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { parse } from '@copse/http'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Desk } from './desk.ts'

/** A name, not a path: whoever may operate this tenant may not write anywhere on its machine. */
const name = z
  .string()
  .regex(/^[A-Za-z0-9][\w.-]{0,99}$/, 'use a-z, 0-9, ".", "_" and "-"')
  // Those are copies that the process makes by itself, and deletes.
  .regex(/^(?!auto-)/, 'begin with something else than "auto-"')
const copy = z.strictObject({ name })
const person = z.strictObject({ contactId: z.string().min(1).max(128) })

/** Looking after the tenant's data while it is at work. */
export function care(app: FastifyInstance, { lane, store, backups, logger }: Desk): void {
  app.post('/internal/backup', async (request) => {
    const { name } = parse(copy, request.body)
    await mkdir(backups, { recursive: true, mode: 0o700 })
    const report = await store.backup(path.join(backups, name))
    logger.info({ ...report, operator: request.operator }, 'backed up')
    return report
  })

  app.post('/internal/verify', async () => store.verify())

  app.post('/internal/forget', async (request) => {
    const { contactId } = parse(person, request.body)
    const report = await lane.forget(contactId)
    logger.info({ ...report, operator: request.operator }, 'forgot a contact')
    return report
  })
}
