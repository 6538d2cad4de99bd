import type { Fired, Misfire } from '@copse/contracts'
import { decide, type Decision, type Firing, type Occurrence } from '@copse/time'
import { mindRestore } from '../care/doubt.ts'
import { keyOf } from '../keys.ts'
import type { Room } from '../room.ts'
import { replan } from './replan.ts'
import { readSchedule, type KeptSchedule } from './schedules.ts'

interface DueRow {
  seq: number
  key: string
  contactId: string
  conversationId: string
  channel: string
  alias: string
  sessionId: string | null
  schedule: string | null
  zone: string | null
  misfire: string
  data: string
  at: number
  occurrence: string
}

/** A clock that is set back by less than this changes nothing that matters. */
const clockStepMs = 60_000
const hourMs = 60 * 60 * 1000

/** Beside all channels: no id that anybody sends us can be taken for a firing. */
const dedupeChannel = '$timer'

/** Takes due timers in the order in which they are due, and puts each occurrence that fires into the inbox, once. */
export function createFiring({ sql, commits, clock }: Pick<Room, 'sql' | 'commits' | 'clock'>) {
  /** By its text and zone: most recurring timers of a tenant share a few. */
  const schedules = new Map<string, KeptSchedule | undefined>()

  const nextAt = (): number | undefined =>
    sql.get<{ at: number | null }>(`SELECT min(due_at) AS at FROM timers WHERE state = 'waiting'`)?.at ?? undefined

  function fire(now: number, limit: number): Fired {
    const fired: Fired = { events: [], skipped: 0, unread: [], latestMs: 0, nextAt: undefined }
    const rows = sql.all<DueRow>(
      `SELECT seq, key, contact_id AS contactId, conversation_id AS conversationId, channel, alias,
         session_id AS sessionId, schedule, zone, misfire, data, due_at AS at, occurrence
       FROM timers WHERE state = 'waiting' AND due_at <= ? ORDER BY due_at, seq LIMIT ?`,
      [now, limit],
    )
    const receivedAt = clock.now()
    for (const row of rows) {
      const decision = decisionOn(row, now)
      if (!decision) {
        // It keeps nobody else's from coming, and goes on with what is next once it can be read again.
        settle(row, undefined, { id: row.occurrence, at: now + hourMs }, receivedAt)
        fired.unread.push(row.zone ?? '')
        continue
      }
      const { fire: firings, skipped, next } = decision
      for (const firing of firings) {
        const inboxId = putIn(row, firing, receivedAt)
        if (inboxId === undefined) continue
        fired.events.push({ inboxId, contactId: row.contactId })
        fired.latestMs = Math.max(fired.latestMs, firing.lateMs)
      }
      fired.skipped += skipped.length
      settle(row, firings.at(-1), next, receivedAt)
    }
    fired.nextAt = nextAt()
    return fired
  }

  /** Undefined: its schedule cannot be read. */
  function decisionOn(row: DueRow, now: number): (Decision & { next?: Occurrence | undefined }) | undefined {
    const misfire = row.misfire === '{}' ? undefined : (JSON.parse(row.misfire) as Misfire)
    if (row.schedule === null || row.zone === null) {
      return decide([{ id: row.occurrence, at: row.at }], now, misfire)
    }
    return kept(row.schedule, row.zone)?.settle(row.at - 1, now, misfire)
  }

  function kept(text: string, zone: string): KeptSchedule | undefined {
    const name = `${zone} ${text}`
    if (!schedules.has(name)) schedules.set(name, readSchedule(text, zone))
    return schedules.get(name)
  }

  /** Undefined when this occurrence is in the inbox already. */
  function putIn(row: DueRow, { id, at, lateMs, backfilled }: Firing, receivedAt: number): number | undefined {
    const messageId = `${row.key}@${id}`
    const isNew = sql.run('INSERT OR IGNORE INTO dedupe VALUES (?, ?, 0, ?, ?)', [
      dedupeChannel,
      keyOf(messageId),
      row.contactId,
      receivedAt,
    ]).changes
    if (isNew === 0) return undefined
    const { channel, alias, sessionId } = row
    const head = { channel, messageId, contact: { alias }, kind: 'timer', ...(sessionId === null ? {} : { sessionId }) }
    const firing = { key: row.key, dueAt: at, occurrence: id, lateMs, backfilled }
    // The row's data is JSON already: it is not read here.
    const event = `${open(head)},"data":${open(firing)},"data":${row.data}}}`
    return sql.run(
      `INSERT INTO inbox (channel, alias, contact_id, conversation_id, event, state, received_at)
       VALUES (?, ?, ?, ?, ?, 'pending', ?)`,
      [channel, alias, row.contactId, row.conversationId, event, receivedAt],
    ).lastId
  }

  function settle(row: DueRow, last: Firing | undefined, next: Occurrence | undefined, settledAt: number): void {
    if (next) {
      sql.run('UPDATE timers SET due_at = ?, occurrence = ?, late_ms = ? WHERE seq = ?', [
        next.at,
        next.id,
        last?.lateMs ?? null,
        row.seq,
      ])
      return
    }
    sql.run('UPDATE timers SET state = ?, late_ms = ?, settled_at = ? WHERE seq = ?', [
      last ? 'fired' : 'skipped',
      last?.lateMs ?? null,
      settledAt,
      row.seq,
    ])
  }

  const heardAt = (): number | undefined =>
    sql.get<{ at: number }>('SELECT received_at AS at FROM inbox ORDER BY id DESC LIMIT 1')?.at

  let latest: number | undefined

  /** For the process before, the clock may have been ahead. */
  async function mindClock(now: number): Promise<void> {
    const before = latest ?? heardAt() ?? now
    if (latest === undefined || now < latest) await mindRestore({ sql, commits }, now)
    if (now < before - clockStepMs) await replan({ sql, commits }, now, hourMs)
    // What is planned daily is spared: reading zones takes 8 MB and a tenth of the start.
    else if (latest === undefined) await replan({ sql, commits }, now, 26 * hourMs)
    latest = now
  }

  return async (now: number, limit: number): Promise<Fired> => {
    await mindClock(now)
    const at = nextAt()
    // Looking costs no commit.
    if (at === undefined || at > now) return { events: [], skipped: 0, unread: [], latestMs: 0, nextAt: at }
    return commits.run(() => fire(now, limit))
  }
}

/** An object's text without its closing brace. */
const open = (object: object): string => JSON.stringify(object).slice(0, -1)
