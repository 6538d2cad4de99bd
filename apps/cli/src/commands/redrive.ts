import { Fault } from '@copse/contracts'
import type { Command } from '../command.ts'
import { countOf } from '../count.ts'

export const redrive: Command = {
  name: 'redrive',
  usage: 'message|send|notice <n>',
  does: 'Tries a dead letter again.',
  words: { min: 2, max: 2 },
  async run({ tenant, words }) {
    const [what, number] = words as [string, string]
    if (!['message', 'send', 'notice'].includes(what)) {
      throw new Fault('config_invalid', { detail: `"${what}" is none of message, send, notice.` })
    }
    countOf('<n>', number)
    const path = `/api/dead-letters/${what}s/${encodeURIComponent(number)}/redrive`
    return { text: `${what} ${number} is under way again`, data: await (await tenant('operate')).post(path) }
  },
}
