import type { JsonObject, TimerStore, TimerView, UnreadTimers } from '@copse/contracts'
import { createContacts } from '../contacts.ts'
import type { Room } from '../room.ts'
import { createTimerChanges } from './change.ts'
import { createFiring } from './fire.ts'
import { readSchedule } from './schedules.ts'

const pageSize = 100

interface TimerRow {
  key: string
  contactId: string
  sessionId: string | null
  dueAt: number
  schedule: string | null
  zone: string | null
  state: TimerView['state']
  lateMs: number | null
  data: string
}

export function createTimers(room: Room): TimerStore {
  const { sql, commits } = room
  const contacts = createContacts(room)
  const timers = createTimerChanges(room)

  return {
    changeTimers: ({ channel, alias }, changes) =>
      commits.run(() => {
        const { contactId } = contacts.find(channel, { alias })
        timers.change({ contactId, conversationId: contacts.conversation(contactId, channel), channel, alias }, changes)
      }),
    fireTimers: createFiring(room),
    async unreadTimers() {
      const kept = sql.all<UnreadTimers & { schedule: string }>(
        `SELECT zone, schedule, count(*) AS timers FROM timers INDEXED BY timers_recurring
         WHERE state = 'waiting' AND schedule IS NOT NULL GROUP BY zone, schedule`,
      )
      const unread = new Map<string, number>()
      for (const { zone, schedule, timers: count } of kept)
        if (!readSchedule(schedule, zone)) unread.set(zone, (unread.get(zone) ?? 0) + count)
      return [...unread].map(([zone, count]) => ({ zone, timers: count }))
    },
    async timers({ sessionId, limit = pageSize } = {}) {
      const of = sessionId === undefined ? '' : 'WHERE session_id = ?'
      const rows = sql.all<TimerRow>(
        `SELECT key, contact_id AS contactId, session_id AS sessionId, due_at AS dueAt, schedule, zone, state,
           late_ms AS lateMs, data
         FROM timers ${of} ORDER BY state <> 'waiting', due_at, seq LIMIT ?`,
        sessionId === undefined ? [limit] : [sessionId, limit],
      )
      return rows.map(viewOf)
    },
  }
}

const viewOf = ({ schedule, zone, lateMs, data, ...row }: TimerRow): TimerView => ({
  ...row,
  ...(schedule === null ? {} : { schedule: JSON.parse(schedule) as JsonObject }),
  ...(zone === null ? {} : { zone }),
  ...(lateMs === null ? {} : { lateMs }),
  data: JSON.parse(data) as JsonObject,
})
