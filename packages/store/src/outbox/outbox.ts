import type { OutboxStore } from '@copse/contracts'
import type { Room } from '../room.ts'
import { createClaim } from './claim.ts'
import { createReceipts } from './receipts.ts'
import { settleSend } from './settle-send.ts'

export function createOutbox(room: Room): OutboxStore {
  const { sql, commits, clock } = room
  const claim = createClaim(room)
  const receipts = createReceipts(room)
  return {
    claimSends: (asked) => commits.runSoon(() => claim(asked)),
    settleSend: (seq, settled) =>
      commits.runSoon(() => {
        const accepted = settleSend(room, seq, settled)
        // What the channel says of it may have come before we knew under which id.
        if (accepted) receipts.recall(accepted)
      }),
    delivered: (conversationId, throughSeq) =>
      commits.run(() => {
        sql.run(
          `UPDATE outbox SET state = 'delivered', settled_at = ?
           WHERE conversation_id = ? AND seq <= ? AND state IN ('pending', 'sending')`,
          [clock.now(), conversationId, throughSeq],
        )
      }),
  }
}
