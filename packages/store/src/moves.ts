import type { Move } from '@copse/contracts'
import { createDedupe } from './dedupe.ts'
import { keyOf } from './keys.ts'
import { createReaddressing } from './readdress.ts'
import type { Room } from './room.ts'

/** A contact's new address, inside whatever transaction is open. False: it is somebody else's, and nothing is changed. */
export function createMoving({ sql, clock }: Pick<Room, 'sql' | 'clock'>): (move: Move) => boolean {
  const readdress = createReaddressing({ sql })
  const dedupe = createDedupe({ sql, clock })
  const ownerOf = (channel: string, alias: string): string | undefined =>
    sql.get<{ id: string }>('SELECT contact_id AS id FROM aliases WHERE channel = ? AND alias = ?', [
      channel,
      keyOf(alias),
    ])?.id

  return ({ channel, messageId, from, to, alsoKnownAs = [] }) => {
    if (dedupe.heard(channel, messageId)) return true
    const contactId = from
      .filter((old) => old !== to)
      .map((old) => ownerOf(channel, old))
      .find((owner) => owner !== undefined)
    dedupe.keep(channel, messageId, { inboxId: 0, contactId: contactId ?? '' })
    // Nobody we know, or known to have moved.
    if (contactId === undefined) return true
    if ((ownerOf(channel, to) ?? contactId) !== contactId) return false
    sql.run('DELETE FROM aliases WHERE channel = ? AND contact_id = ?', [channel, contactId])
    for (const alias of [to, ...alsoKnownAs])
      sql.run('INSERT OR IGNORE INTO aliases VALUES (?, ?, ?)', [channel, keyOf(alias), contactId])
    readdress(contactId, channel, to)
    return true
  }
}
