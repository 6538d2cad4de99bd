import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import type { TenantStatus } from '@copse/contracts'
import type { Desk } from './desk.ts'

/** How the process is, for a person: what it has to do, what is late, what rests, and how old the last copy is. */
export async function statusOf(desk: Desk): Promise<TenantStatus> {
  const { store, lane, clock } = desk
  const { tenant, number, digest } = desk.release()
  const now = clock.now()
  const [counts, backlog, lastBackup] = await Promise.all([store.counts(), store.backlog(now), newestIn(desk.backups)])
  const pushes = (channel: string): boolean => desk.channels().get(channel)?.delivery === 'push'
  return {
    tenant: tenant.slug,
    instance: desk.instance,
    release: { number, digest },
    startedAt: desk.startedAt,
    now,
    counts,
    backlog: { ...backlog, unsent: backlog.unsent.map((unsent) => ({ ...unsent, pushed: pushes(unsent.channel) })) },
    breakers: Object.fromEntries(lane.breakers()),
    connectors: Object.fromEntries(desk.connectors()),
    lastBackup,
  }
}

/** Of the copies that this process made itself. */
async function newestIn(folder: string): Promise<TenantStatus['lastBackup']> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const files = await Promise.all(
    names.map(async (name) => ({ name, takenAt: Math.floor((await stat(path.join(folder, name))).mtimeMs) })),
  )
  return files.reduce<TenantStatus['lastBackup']>(
    (newest, file) => (newest === null || file.takenAt > newest.takenAt ? file : newest),
    null,
  )
}
