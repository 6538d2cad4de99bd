import { digest, type DeliveryStore, type Echo } from '@copse/contracts'
import { createContacts } from '../contacts.ts'
import type { Room } from '../room.ts'
import { createBusinessWords } from './business-words.ts'
import { createOwnerChange } from './owner-change.ts'

/** Who speaks: as people say, or as they show by writing past us. */
export function createOwnership(room: Room): Pick<DeliveryStore, 'setOwner' | 'applyEchoes'> {
  const { sql, commits } = room
  const contacts = createContacts(room)
  const words = createBusinessWords(room)
  const change = createOwnerChange(room)

  function applyEcho({ channel, messageId, alias, text }: Echo, returnAfterMs: number | undefined): void {
    // A channel may echo what we sent ourselves, too.
    const ours = sql.get('SELECT 1 FROM outbox WHERE channel = ? AND provider_id = ?', [channel, messageId])
    // By digest: it outlives whoever is forgotten, and tells nobody anything.
    const key = `echo:${digest([channel, messageId])}`
    if (ours || words.knows(key)) return
    const { contactId } = contacts.find(channel, { alias })
    const conversationId = contacts.conversation(contactId, channel)
    words.add({ key, contactId, conversationId, text: text ?? '' })
    const reason = 'The business wrote past us.'
    change({ conversationId, owner: 'human', who: 'channel', reason, returnAfterMs })
  }

  return {
    setOwner: (wanted) => commits.run(() => ({ dropped: change(wanted) })),
    applyEchoes: (echoes, returnAfterMs) =>
      commits.run(() => {
        for (const echo of echoes) applyEcho(echo, returnAfterMs)
      }),
  }
}
