import type { SendSettled } from '@copse/contracts'
import type { Room } from '../room.ts'
import { closeWindow } from './window.ts'

export interface Accepted {
  channel: string
  providerId: string
}

/** What a send came to. Answers with the id that the channel gave it, when it took it. */
export function settleSend({ sql, clock }: Room, seq: number, settled: SendSettled): Accepted | undefined {
  const now = clock.now()
  switch (settled.state) {
    case 'delivered': {
      const { providerId, holdUntil = null } = settled
      const row = sql.get<{ channel: string }>(
        `UPDATE outbox SET state = 'delivered', provider_id = ?, barrier_until = ?, error = NULL, settled_at = ?
         WHERE seq = ? AND state = 'sending' RETURNING channel`,
        [providerId, holdUntil, now, seq],
      )
      return row && { channel: row.channel, providerId }
    }
    case 'retry':
      if (settled.windowOver) closeWindow(sql, seq)
      sql.run(
        `UPDATE outbox SET state = 'pending', due_at = ?, error = ?, attempts = attempts - ?
         WHERE seq = ? AND state = 'sending'`,
        [settled.at, settled.error, settled.excused ? 1 : 0, seq],
      )
      return undefined
    case 'dead':
      sql.run(`UPDATE outbox SET state = 'dead', error = ?, settled_at = ? WHERE seq = ? AND state = 'sending'`, [
        settled.error,
        now,
        seq,
      ])
      return undefined
  }
}
