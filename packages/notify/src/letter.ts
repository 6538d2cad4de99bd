import type { Json, Notice } from '@copse/contracts'

/** A notice as plain text: for whoever reads it on a telephone, the link is near the top. */
export function letterOf(notice: Notice, timeZone: string): { subject: string; text: string } {
  const { handoff, tenant, customer, channel, link, again } = notice
  const who = customer.name === undefined ? customer.alias : `${customer.name} (${customer.alias})`
  const paragraphs = [
    again ? 'A customer is still waiting for a person.' : 'A customer needs a person.',
    `Open the case: ${link}`,
    `Customer: ${line(who)}\nChannel: ${line(channel)}\nSince: ${timeIn(timeZone, notice.at)}`,
    `Why: ${handoff.reason}`,
    ...(handoff.summary === '' ? [] : [`Summary:\n${handoff.summary}`]),
    ...list('What is known', factsOf(notice)),
    ...list('Done so far', doneOf(notice)),
    ...list('The customer was told', notice.promises),
  ]
  const subject = `${again ? 'Still waiting: ' : ''}${line(tenant)}: ${line(handoff.reason)}`
  return { subject: clip(subject, 150), text: `${paragraphs.join('\n\n')}\n` }
}

/** Whoever reads it looks at the clock of the shop. */
const timeIn = (timeZone: string, at: number): string =>
  `${new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at)} (${timeZone})`

const factsOf = ({ handoff }: Notice): string[] =>
  Object.entries(handoff.data).map(([key, value]) => `${key}: ${shown(value)}`)

const doneOf = ({ done }: Notice): string[] =>
  done.map(({ name, state }) => (state === 'done' ? name : `${name}: nobody knows whether it happened, please check`))

const list = (title: string, items: readonly string[]): string[] =>
  items.length === 0 ? [] : [`${title}:\n${items.map((item) => `- ${item.replaceAll('\n', '\n  ')}`).join('\n')}`]

const shown = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** A customer's name must not look like lines of ours. */
// oxlint-disable-next-line no-control-regex -- exactly those are meant
const line = (text: string): string => text.replaceAll(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim()

const clip = (text: string, length: number): string => (text.length <= length ? text : `${text.slice(0, length - 1)}…`)
