import { Fault, type ContactView, type ForgetReport } from '@copse/contracts'
import { keptIn } from '@copse/connectors'
import { databaseIn, openStore } from '@copse/store'
import type { Command } from '../command.ts'
import { contactQuery, theOne, wantedContact, type WantedContact } from '../contact.ts'
import type { Tenant } from '../tenant.ts'

export const forget: Command = {
  name: 'forget',
  usage: '<contact> | --user id [--channel name] [--data folder]',
  does: 'Deletes all that a person said or that says who they are.',
  more: 'Backups made before still hold it; a restore into this folder leaves it out. --user is what the channel calls them. --data: of a stopped tenant.',
  words: { min: 0, max: 1 },
  options: { data: { type: 'string' }, user: { type: 'string' }, channel: { type: 'string' } },
  async run({ tenant, words: [id], options, now }) {
    const wanted = wantedContact(id, options)
    if (!wanted) throw new Fault('config_invalid', { detail: 'Say who: a contact, or --user.' })
    const folder = options['data']
    const report =
      typeof folder === 'string' ? await forgetIn(folder, wanted, now) : await forgetAt(await tenant('operate'), wanted)
    const rows = Object.values(report.cleared).reduce((sum, count) => sum + count, 0)
    return { text: `${report.contactId} is forgotten: ${rows} rows cleared.`, data: report }
  },
}

async function forgetAt(asked: Tenant, wanted: WantedContact): Promise<ForgetReport> {
  const { contacts } = await asked.get<{ contacts: ContactView[] }>(`/api/contacts?${contactQuery(wanted)}`)
  return asked.post<ForgetReport>('/internal/forget', { contactId: idOf(contacts, wanted) })
}

async function forgetIn(folder: string, wanted: WantedContact, now: () => number): Promise<ForgetReport> {
  databaseIn(folder)
  const store = await openStore({ folder, clock: { now } })
  try {
    const contactId = idOf(await store.contacts('id' in wanted ? wanted : aliasOf(wanted)), wanted)
    const cleared = keptIn(folder).map((kept) => kept.forget(contactId))
    const report = await store.forget(contactId)
    return { ...report, cleared: Object.assign({}, ...cleared, report.cleared) as Record<string, number> }
  } finally {
    await store.close()
  }
}

const aliasOf = ({ user: alias, ...channel }: { user: string; channel?: string }) => ({ alias, ...channel })

/** What cannot be taken back goes by the contact's own id: that of a conversation is not enough. */
const idOf = (contacts: readonly ContactView[], wanted: WantedContact): string =>
  theOne(
    contacts.filter(({ id }) => !('id' in wanted) || id === wanted.id),
    wanted,
  ).id
