import type { TenantStatus } from '@copse/contracts'
import { newestBackup } from '../backups.ts'
import type { Desk } from './desk.ts'

/** How the process is, for a person: what it has to do, what is late, what rests, and how old the last copy is. */
export async function statusOf(desk: Desk): Promise<TenantStatus> {
  const { store, lane, clock } = desk
  const { tenant, number, digest } = desk.release()
  const now = clock.now()
  const [counts, backlog, lastBackup, refusal, resting, unreadTimers] = await Promise.all([
    store.counts(),
    store.backlog(now),
    newestBackup(desk.backups, now),
    store.refusal(),
    store.resting(),
    store.unreadTimers(),
  ])
  const carriedBy = (channel: string): { pushed: boolean; error?: string } => {
    const found = desk.channels().get(channel)
    if (found !== undefined) return { pushed: found.delivery === 'push' }
    // Nobody reads there, and nothing sends there.
    return { pushed: true, error: `No channel is called ${channel} any more. Put it again and publish: they are sent.` }
  }
  return {
    tenant: tenant.slug,
    instance: desk.instance,
    release: { number, digest },
    refused: desk.refused(),
    storage: refusal ?? null,
    silence: desk.silence(),
    startedAt: desk.startedAt,
    now,
    counts,
    backlog: { ...backlog, unsent: backlog.unsent.map((unsent) => ({ ...unsent, ...carriedBy(unsent.channel) })) },
    breakers: Object.fromEntries(lane.breakers()),
    connectors: Object.fromEntries(desk.connectors()),
    lastBackup,
    ...(resting.length === 0 ? {} : { resting }),
    ...(unreadTimers.length === 0 ? {} : { unreadTimers }),
  }
}
