import type { DeadLetter, DeadSend } from '@copse/contracts'
import type { Command } from '../command.ts'
import { since } from '../show/moments.ts'
import { bold, table } from '../show/table.ts'

export const deadLetters: Command = {
  name: 'dead-letters',
  usage: '',
  does: 'Messages that could not be handled, and replies that could not be sent.',
  words: { min: 0, max: 0 },
  async run({ tenant, now }) {
    const found = await (await tenant('read')).get<{ messages: DeadLetter[]; sends: DeadSend[] }>('/api/dead-letters')
    const messages = found.messages.map(({ inboxId, receivedAt, event, error }) => [
      String(inboxId),
      since(receivedAt, now()),
      JSON.stringify(event.text ?? event.kind),
      error,
    ])
    const sends = found.sends.map(({ seq, channel, createdAt, message, error }) => [
      String(seq),
      channel,
      since(createdAt, now()),
      JSON.stringify(message.text),
      error,
    ])
    const parts = [
      ...(messages.length === 0
        ? []
        : [`${bold('not handled')}  copse redrive message <n>\n${table(['n', 'received', 'text', 'why'], messages)}`]),
      ...(sends.length === 0
        ? []
        : [`${bold('not sent')}  copse redrive send <n>\n${table(['n', 'channel', 'made', 'text', 'why'], sends)}`]),
    ]
    return { text: parts.length === 0 ? 'no dead letters' : parts.join('\n\n'), data: found }
  },
}
