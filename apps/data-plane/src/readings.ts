import type { Clock, Silence, Store } from '@copse/contracts'
import type { Reading } from '@copse/http'
import type { Lane } from '@copse/lane'
import { newestBackup } from './backups.ts'
import type { Live } from './live.ts'

interface Watched {
  store: Store
  backups: string
  lane: Lane
  live: Live
  clock: Clock
  silence: () => Silence | null
}

const breakerValues = { closed: 0, half_open: 1, open: 2 } as const

/** What an operator watches. What is dead or uncertain needs a person; what is late says that something does not keep up. */
export async function readTenant({ store, backups, lane, live, clock, silence }: Watched): Promise<Reading[]> {
  const now = clock.now()
  const [counts, backlog, copy, refusal] = await Promise.all([
    store.counts(),
    store.backlog(now),
    newestBackup(backups, now),
    store.refusal(),
  ])
  const age = (since: number | undefined): number => (since === undefined ? 0 : Math.max(0, now - since))
  const load = lane.load()
  const channels = [...new Set([...live.channels().keys(), ...backlog.unsent.map(({ channel }) => channel)])]
  return [
    ['inbox_pending', counts.pendingMessages],
    ['inbox_lag_ms', age(backlog.oldestMessageAt)],
    ['inbox_dead', counts.deadMessages],
    ['lane_turns_under_way', load.running],
    ['lane_contacts_waiting', load.waiting],
    ['lane_contacts_resting', load.resting],
    ['sessions_waiting', counts.waitingSessions],
    ['effects_uncertain', counts.uncertainEffects],
    ...channels.flatMap((channel): Reading[] => {
      const unsent = backlog.unsent.find((found) => found.channel === channel)
      return [
        ['outbox_unsent', unsent?.messages ?? 0, { channel }],
        ['outbox_age_ms', age(unsent?.oldestAt), { channel }],
        ['outbox_breaker_state', breakerValues[lane.breakers().get(channel) ?? 'closed'], { channel }],
      ]
    }),
    ['outbox_dead', counts.deadSends],
    ['outbox_dropped', counts.droppedSends],
    ['handoffs_open', counts.openHandoffs],
    ['notices_unsent', counts.unsentNotices],
    ['notices_dead', counts.deadNotices],
    ['timers_late', backlog.lateTimers],
    ['timers_late_ms', age(backlog.firstTimerDueAt)],
    ['timers_under_way', load.timers],
    ['store_refused_ms', age(refusal?.since)],
    ['control_plane_silent_ms', age(silence()?.since)],
    ...(copy === null
      ? []
      : ([
          ['backup_time_seconds', copy.takenAt / 1_000],
          ['backup_bytes', copy.bytes],
        ] satisfies Reading[])),
    ...[...live.breakers()].map(([connector, state]): Reading => [
      'connector_breaker_state',
      breakerValues[state],
      { connector },
    ]),
  ]
}
