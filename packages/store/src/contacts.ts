import type { InboundEvent } from '@copse/contracts'
import { keyOf } from './keys.ts'
import { createReaddressing } from './readdress.ts'
import type { Room } from './room.ts'

export interface Contacts {
  /** Whose these ids are, somebody new if nobody's. `foreign`: how many of them belong to another contact. */
  find(channel: string, contact: InboundEvent['contact']): { contactId: string; foreign: number }
  /** The contact's one conversation on this channel. */
  conversation(contactId: string, channel: string): string
}

/**
 * An id, once known, is one contact's for ever: nobody takes it from them by naming it. But a number goes to whoever
 * comes with it under another decisive id, and what was to be sent to its owner goes to what else they are known by.
 */
export function createContacts({ sql, clock, ids }: Pick<Room, 'sql' | 'clock' | 'ids'>): Contacts {
  const readdress = createReaddressing({ sql })
  const ownerOf = (channel: string, alias: string): string | undefined =>
    sql.get<{ id: string }>('SELECT contact_id AS id FROM aliases WHERE channel = ? AND alias = ?', [channel, alias])
      ?.id

  const otherAlias = (channel: string, contactId: string, named: readonly string[]): string | undefined =>
    sql
      .all<{ alias: string }>('SELECT alias FROM aliases WHERE channel = ? AND contact_id = ?', [channel, contactId])
      .find(({ alias }) => !named.includes(alias))?.alias

  function create(name: string | null): string {
    const id = ids.newId()
    sql.run('INSERT INTO contacts (id, name, created_at) VALUES (?, ?, ?)', [id, name, clock.now()])
    return id
  }

  return {
    find(channel, { alias, alsoKnownAs = [], decisive, name: given }) {
      const name = given?.toWellFormed() ?? null
      const aliases = [...new Set([decisive ?? alias, alias, ...alsoKnownAs].map(keyOf))]
      const owners = aliases.map((one) => ownerOf(channel, one))
      // What else a number’s owner is known by, who is not the one that the decisive id names: they had it until now.
      const elsewhere = owners.map((owner) =>
        decisive === undefined || owner === undefined || owner === owners[0]
          ? undefined
          : otherAlias(channel, owner, aliases),
      )
      const known = owners.find((owner, n) => owner !== undefined && elsewhere[n] === undefined)
      const contactId = known ?? create(name)
      for (const [n, owner] of owners.entries()) {
        if (owner === undefined) sql.run('INSERT INTO aliases VALUES (?, ?, ?)', [channel, aliases[n]!, contactId])
        else if (elsewhere[n] !== undefined) {
          sql.run('UPDATE aliases SET contact_id = ? WHERE channel = ? AND alias = ?', [
            contactId,
            channel,
            aliases[n]!,
          ])
          readdress(owner, channel, elsewhere[n])
        }
      }
      if (known !== undefined && name !== null) {
        sql.run('UPDATE contacts SET name = ? WHERE id = ? AND name IS NOT ?', [name, contactId, name])
      }
      return { contactId, foreign: owners.filter((owner) => owner !== undefined && owner !== contactId).length }
    },

    conversation(contactId, channel) {
      const known = sql.get<{ id: string }>('SELECT id FROM conversations WHERE contact_id = ? AND channel = ?', [
        contactId,
        channel,
      ])
      if (known) return known.id
      const id = ids.newId()
      sql.run('INSERT INTO conversations (id, contact_id, channel, created_at) VALUES (?, ?, ?, ?)', [
        id,
        contactId,
        channel,
        clock.now(),
      ])
      return id
    },
  }
}
