import type { DeadLetter, DeadSend } from '@copse/contracts'
import type { Command } from '../command.ts'
import { enough, listed } from '../show/listed.ts'
import { since } from '../show/moments.ts'
import { bold, entries } from '../show/table.ts'

const shownOfText = 200

export const deadLetters: Command = {
  name: 'dead-letters',
  usage: '',
  does: 'Messages that could not be handled, and replies that could not be sent.',
  more: 'What was with the customer: copse why <contact>. All of a text: --json.',
  words: { min: 0, max: 0 },
  async run({ tenant, now }) {
    const path = `/api/dead-letters?limit=${enough()}`
    const found = await (await tenant('read')).get<{ messages: DeadLetter[]; sends: DeadSend[] }>(path)
    const [messages, sends] = [listed(found.messages), listed(found.sends)]
    const notHandled = messages.rows.map(({ inboxId, receivedAt, event, error, contactId }) => ({
      cells: [String(inboxId), event.channel, since(receivedAt, now())],
      below: belowOf(error, event.text ?? event.kind, contactId),
    }))
    const notSent = sends.rows.map(({ seq, channel, createdAt, message, error, contactId }) => ({
      cells: [String(seq), channel, since(createdAt, now())],
      below: belowOf(error, message.text, contactId),
    }))
    const parts = [
      ...(notHandled.length === 0
        ? []
        : [`${bold('not handled')}  copse redrive message <n>`, entries(['n', 'channel', 'received'], notHandled)]),
      ...messages.more,
      ...(notHandled.length === 0 || notSent.length === 0 ? [] : ['']),
      ...(notSent.length === 0
        ? []
        : [`${bold('not sent')}  copse redrive send <n>`, entries(['n', 'channel', 'made'], notSent)]),
      ...sends.more,
    ]
    return {
      text: parts.length === 0 ? 'no dead letters' : parts.join('\n'),
      data: { messages: messages.rows, sends: sends.rows },
    }
  },
}

const belowOf = (error: string, text: string, contactId: string): [string, string][] => [
  ['why', error],
  ['text', JSON.stringify(text.length > shownOfText ? `${text.slice(0, shownOfText)}…` : text)],
  ['contact', contactId],
]
