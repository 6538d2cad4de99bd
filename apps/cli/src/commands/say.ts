import { randomUUID } from 'node:crypto'
import type { Command } from '../command.ts'

export const say: Command = {
  name: 'say',
  usage: '<conversation> <text>',
  does: 'Writes to the customer of a conversation that a person has taken.',
  words: { min: 2, max: 2 },
  async run({ tenant, words }) {
    const [id, text] = words as [string, string]
    const path = `/api/conversations/${encodeURIComponent(id)}/messages`
    const data = await (await tenant('operate')).post<object>(path, { id: randomUUID(), text })
    return { text: 'It is on its way.', data }
  },
}
