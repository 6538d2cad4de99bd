import type { ContactView, SessionView } from '@copse/contracts'
import type { Command } from '../command.ts'
import { contactQuery, wantedContact, type WantedContact } from '../contact.ts'
import { countOf } from '../count.ts'
import { enough, listed } from '../show/listed.ts'
import { since } from '../show/moments.ts'
import { dim, table } from '../show/table.ts'
import type { Tenant } from '../tenant.ts'

export const sessions: Command = {
  name: 'sessions',
  usage: '[--user id [--channel name]] [--limit n]',
  does: 'The newest sessions, or those of one customer.',
  more: '--user is what the channel calls them; without --channel on any. Without --limit 20.',
  words: { min: 0, max: 0 },
  options: { user: { type: 'string' }, channel: { type: 'string' }, limit: { type: 'string' } },
  async run({ tenant, options, now }) {
    const limit = countOf('--limit', options['limit'], 499) ?? 20
    const asked = await tenant('read')
    const wanted = wantedContact(undefined, options)
    const contacts = wanted === undefined ? undefined : await contactsOf(asked, wanted)
    const ids = contacts === undefined ? [undefined] : [...new Set(contacts.map(({ id }) => id))]
    const found = await Promise.all(ids.map((id) => sessionsOf(asked, limit, id)))
    const { rows, more } = listed(found.flat(), limit)
    const listing = rows.map(({ id, intent, step, status, updatedAt }) => [
      id,
      intent,
      status,
      step ?? '',
      since(updatedAt, now()),
    ])
    const text = [
      listing.length === 0 ? 'no sessions' : table(['session', 'procedure', 'status', 'step', 'last turn'], listing),
      ...more,
      ...(contacts === undefined ? [] : ['', ...whose(contacts)]),
    ]
    return { text: text.join('\n'), data: { sessions: rows, ...(contacts === undefined ? {} : { contacts }) } }
  },
}

const contactsOf = async (asked: Tenant, wanted: WantedContact): Promise<ContactView[]> =>
  (await asked.get<{ contacts: ContactView[] }>(`/api/contacts?${contactQuery(wanted)}`)).contacts

async function sessionsOf(asked: Tenant, limit: number, contactId: string | undefined): Promise<SessionView[]> {
  const query = new URLSearchParams({ limit: enough(limit) })
  if (contactId !== undefined) query.set('contact_id', contactId)
  return (await asked.get<{ sessions: SessionView[] }>(`/api/sessions?${query.toString()}`)).sessions
}

/** Also of somebody without a session: all that was with them is told by it. */
const whose = (contacts: readonly ContactView[]): string[] =>
  contacts.length === 0
    ? ['Nobody wrote as that.']
    : contacts.map(({ id, channel }) => `on ${channel}  ${dim(`copse why ${id}`)}`)
