import { maxSendAttempts, type Receipt } from '@copse/contracts'
import type { Room } from '../room.ts'
import type { Accepted } from './settle-send.ts'
import { closeWindow } from './window.ts'

/** A failure counts unless the customer has the message: then whatever failed was not that. */
const ranks: Record<Receipt['state'], number> = { sent: 1, failed: 2, delivered: 3, read: 4 }

/** A channel that took a message and failed afterwards is not asked again at once. */
const pauseAfterFailureMs = 30_000

/** The account is to blame, which a person must put right: until then a try tells nothing, and costs the message none. */
const pauseWhileDownMs = 5 * 60_000

export interface Receipts {
  /** Answers whether anything changed. */
  apply(receipt: Receipt): boolean
  /** Applies what is known of a message whose id we have just learned. */
  recall(accepted: Accepted): void
}

/**
 * The highest receipt of each message is kept, whichever came first, and what it says is applied to the message: so
 * neither order nor repetition matter, nor whether the send was written down before.
 */
export function createReceipts({ sql, clock }: Room): Receipts {
  interface Row {
    state: Receipt['state']
    at: number
    error: string | null
  }

  const known = ({ channel, providerId }: Accepted): Row | undefined =>
    sql.get<Row>('SELECT state, at, error FROM receipts WHERE channel = ? AND provider_id = ?', [channel, providerId])

  /** Where we did not think it open, the other form for that was refused. */
  function closeWindowOf(channel: string, providerId: string): boolean {
    const send = sql.get<{ seq: number; state: string }>(
      'SELECT seq, state FROM outbox WHERE channel = ? AND provider_id = ?',
      [channel, providerId],
    )
    // A second word on the same try finds it waiting for the next.
    return send !== undefined && (closeWindow(sql, send.seq) || send.state === 'pending')
  }

  function carryOver({ channel, providerId }: Accepted, { state, error }: Row): void {
    if (state === 'sent') return
    if (state !== 'failed') {
      sql.run(
        `UPDATE outbox SET barrier_until = NULL, error = NULL, state = 'delivered', settled_at = coalesce(settled_at, ?)
         WHERE channel = ? AND provider_id = ? AND state <> 'sending'`,
        [clock.now(), channel, providerId],
      )
      return
    }
    const { code, reason, retryable, channelDown, windowOver } = errorOf(error)
    const isLate = windowOver === true && closeWindowOf(channel, providerId)
    const pauseMs = isLate ? 0 : channelDown ? pauseWhileDownMs : pauseAfterFailureMs
    const excused = channelDown ? 1 : 0
    sql.run(
      `UPDATE outbox SET barrier_until = NULL, error = ?, due_at = ?, attempts = max(0, attempts - ?),
         state = CASE WHEN ? OR (? AND attempts < ?) THEN 'pending' ELSE 'dead' END
       WHERE channel = ? AND provider_id = ? AND state IN ('pending', 'delivered', 'dead')`,
      [
        `${code}: ${reason}`,
        clock.now() + pauseMs,
        excused,
        excused,
        retryable || isLate ? 1 : 0,
        maxSendAttempts,
        channel,
        providerId,
      ],
    )
  }

  return {
    apply({ channel, providerId, state, at, error }) {
      const before = known({ channel, providerId })
      const row: Row = { state, at, error: error === undefined ? null : JSON.stringify(error) }
      if (before && !rises(before, row)) return false
      sql.run(
        `INSERT INTO receipts (channel, provider_id, state, at, error) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET state = excluded.state, at = excluded.at, error = excluded.error`,
        [channel, providerId, state, at, row.error],
      )
      carryOver({ channel, providerId }, row)
      return true
    },
    recall(accepted) {
      const row = known(accepted)
      if (row) carryOver(accepted, row)
    },
  }

  function rises(before: Row, after: Row): boolean {
    if (before.state !== after.state) return ranks[after.state] > ranks[before.state]
    // Two of one state: the earlier one is kept, whichever came first.
    if (before.at !== after.at) return after.at < before.at
    return (after.error ?? '') < (before.error ?? '')
  }
}

function errorOf(error: string | null): NonNullable<Receipt['error']> {
  if (error === null) return { code: 'failed', reason: 'The channel gave no reason.', retryable: false }
  return JSON.parse(error) as NonNullable<Receipt['error']>
}
