import type { TenantStatus } from '@copse/contracts'
import { newestBackup } from '../backups.ts'
import type { Desk } from './desk.ts'

/** How the process is, for a person: what it has to do, what is late, what rests, and how old the last copy is. */
export async function statusOf(desk: Desk): Promise<TenantStatus> {
  const { store, lane, clock } = desk
  const { tenant, number, digest } = desk.release()
  const now = clock.now()
  const [counts, backlog, lastBackup, refusal] = await Promise.all([
    store.counts(),
    store.backlog(now),
    newestBackup(desk.backups),
    store.refusal(),
  ])
  const pushes = (channel: string): boolean => desk.channels().get(channel)?.delivery === 'push'
  return {
    tenant: tenant.slug,
    instance: desk.instance,
    release: { number, digest },
    refused: desk.refused(),
    storage: refusal ?? null,
    startedAt: desk.startedAt,
    now,
    counts,
    backlog: { ...backlog, unsent: backlog.unsent.map((unsent) => ({ ...unsent, pushed: pushes(unsent.channel) })) },
    breakers: Object.fromEntries(lane.breakers()),
    connectors: Object.fromEntries(desk.connectors()),
    lastBackup,
  }
}
