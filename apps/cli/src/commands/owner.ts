import { Fault } from '@copse/contracts'
import type { Command } from '../command.ts'

export const owner: Command = {
  name: 'owner',
  usage: '<conversation> bot|human [--why text]',
  does: 'Takes a conversation over, or gives it back to the bot.',
  words: { min: 2, max: 2 },
  options: { why: { type: 'string' } },
  async run({ tenant, words, options }) {
    const [id, next] = words as [string, string]
    if (next !== 'bot' && next !== 'human') {
      throw new Fault('config_invalid', { detail: `"${next}" is neither bot nor human.` })
    }
    const body = { owner: next, ...(options['why'] === undefined ? {} : { why: options['why'] }) }
    const path = `/api/conversations/${encodeURIComponent(id)}/owner`
    const data = await (await tenant('operate')).post<{ dropped?: number }>(path, body)
    const dropped = data.dropped ? ` ${data.dropped} unsent messages of the bot were dropped.` : ''
    return { text: `It is the ${next === 'bot' ? 'bot’s' : 'person’s'} now.${dropped}`, data }
  },
}
