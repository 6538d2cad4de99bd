import { Fault, type ContactView } from '@copse/contracts'

/** A contact by an id of theirs or of a conversation, or by what a channel calls them. */
export type WantedContact = { id: string } | { user: string; channel?: string }

/** As typed: a word, or `--user` and perhaps `--channel`. Undefined: neither, or both. */
export function wantedContact(
  id: string | undefined,
  { user, channel }: Readonly<Record<string, unknown>>,
): WantedContact | undefined {
  if (typeof user !== 'string') return id === undefined ? undefined : { id }
  if (id !== undefined) return undefined
  return typeof channel === 'string' ? { user, channel } : { user }
}

export const contactQuery = (wanted: WantedContact): string =>
  new URLSearchParams('id' in wanted ? wanted : { user_id: wanted.user, ...channelOf(wanted) }).toString()

const channelOf = ({ channel }: { channel?: string }): { channel?: string } =>
  channel === undefined ? {} : { channel }

/** The one that was meant; each of `found` is a conversation. Says how to find them when it is nobody, or several. */
export function theOne(found: readonly ContactView[], wanted: WantedContact, what = 'contact'): ContactView {
  const [one] = found
  if (one && found.every(({ id }) => id === one.id)) return one
  if (one) {
    const channels = found.map(({ channel }) => channel).join(', ')
    throw new Fault('not_found', { detail: `Several people are called so. Say which: --channel, one of ${channels}.` })
  }
  if ('id' in wanted) {
    throw new Fault('not_found', {
      detail: `There is no ${what} ${wanted.id}. Who wrote is found by --user <what the channel calls them>.`,
    })
  }
  const where = wanted.channel === undefined ? 'any channel' : wanted.channel
  throw new Fault('not_found', { detail: `Nobody wrote as ${wanted.user} on ${where}, or they are forgotten.` })
}
