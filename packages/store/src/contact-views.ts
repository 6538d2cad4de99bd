import type { ContactView, StoreViews } from '@copse/contracts'
import { keyOf } from './keys.ts'
import type { Room } from './room.ts'

type Row = Required<Omit<ContactView, 'name' | 'customerId'>> & { name: string | null; customerId: string | null }

const columns = 'c.id, c.name, c.customer_id AS customerId, v.id AS conversationId, v.channel'
const ofContact = 'conversations v JOIN contacts c ON c.id = v.contact_id'
const ofAlias = `${ofContact} JOIN aliases a ON a.contact_id = c.id AND a.channel = v.channel`

/** Whoever looks for somebody has an id, or what the channel calls them. */
export function createContactViews({ sql }: Pick<Room, 'sql'>): Pick<StoreViews, 'contact' | 'contacts'> {
  const known = (alias: string, channel?: string): ContactView[] => {
    const [narrower, values] = channel === undefined ? ['', []] : ['AND a.channel = ?', [channel]]
    return sql
      .all<Row>(`SELECT ${columns} FROM ${ofAlias} WHERE a.alias = ? ${narrower}`, [keyOf(alias), ...values])
      .map(toContact)
  }
  return {
    contact: async (channel, alias) => known(alias, channel)[0],
    async contacts(by) {
      if ('alias' in by) return known(by.alias, by.channel)
      const rows = sql.all<Row>(`SELECT ${columns} FROM ${ofContact} WHERE v.id = ? OR c.id = ?`, [by.id, by.id])
      return rows.map(toContact)
    },
  }
}

const toContact = ({ name, customerId, ...row }: Row): ContactView => ({
  ...row,
  ...(name === null ? {} : { name }),
  ...(customerId === null ? {} : { customerId }),
})
