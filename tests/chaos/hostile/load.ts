import { setTimeout as sleep } from 'node:timers/promises'
import type { JsonObject } from '@copse/contracts'
import { whatsAppEnvelope, whatsAppText } from '@copse/testkit'
import { many, type HostileCase } from './case.ts'
import { fuzzedEnvelopes } from './envelopes.ts'
import type { Answer, HostileWorld } from './world.ts'

const text = ({ cloud }: HostileWorld, id: string, body: string, from: string): string =>
  JSON.stringify(whatsAppText(cloud, { id, from }, body))

/** One envelope that is as large as the amounts say. */
const crowded = (name: string, value: (count: number) => JsonObject): HostileCase => ({
  name,
  allowed: [200, 503],
  run: (world, { messages }) => world.deliver(JSON.stringify(whatsAppEnvelope(world.cloud, value(messages)))),
})

/** A hundred people who write many messages. */
const from = (at: number): string => `3480000${at % 100}`

/** How much is posted: all of it is signed, and must be kept. */
export const load: readonly HostileCase[] = [
  crowded('thousands of messages without ids in one envelope', (count) => ({
    messages: many(count, (at) => ({ from: from(at), type: 'text', text: { body: `${at}` } })),
  })),
  crowded('thousands of messages and cards in one envelope', (count) => ({
    contacts: many(count, () => ({ wa_id: '1' })),
    messages: many(count / 2, (at) => ({ id: `wamid.c${at}`, from: from(at), type: 'text', text: { body: `${at}` } })),
  })),
  crowded('thousands of receipts in one envelope', (count) => ({
    statuses: many(count, (at) => ({ id: `w${at}`, status: 'read', timestamp: '1697043300' })),
  })),
  crowded('thousands of echoes in one envelope', (count) => ({
    message_echoes: many(count / 2, (at) => ({ id: `e${at}`, to: `3490000${at}`, type: 'text', text: { body: 'hi' } })),
  })),
  {
    name: 'many contacts at once',
    allowed: [200, 503],
    run: async (world, { contacts }) =>
      (
        await Promise.all(many(contacts, (at) => world.deliver(text(world, `wamid.many${at}`, 'hello', `3491${at}`))))
      ).flat(),
  },
  {
    name: 'one contact, 1,000 messages a second',
    allowed: [200, 503],
    async run(world, { floodSeconds }) {
      const answers: Promise<Answer[]>[] = []
      const begun = performance.now()
      for (let sent = 0; sent < floodSeconds * 1_000;) {
        const due = Math.min(performance.now() - begun, floodSeconds * 1_000)
        for (; sent < due; sent++)
          answers.push(world.deliver(text(world, `wamid.flood${sent}`, `${sent}`, '34644444444')))
        await sleep(5)
      }
      return (await Promise.all(answers)).flat()
    },
  },
  {
    name: 'fuzzed envelopes',
    allowed: [200, 503],
    async run(world, { envelopes }, seed) {
      const answers: Answer[] = []
      const source = fuzzedEnvelopes(world.cloud, envelopes, seed)
      await Promise.all(
        many(16, async () => {
          for (const body of source) {
            const got = await world.deliver(body)
            for (const answer of got) answers.push(answer)
            if (got.at(-1) !== 200) throw new Error(`${got.at(-1)} in the end for ${body.toString('base64')}`)
          }
        }),
      )
      return answers
    },
  },
]
