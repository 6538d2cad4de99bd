import { inspect } from 'node:util'
import {
  Fault,
  type Channel,
  type InboundEvent,
  type JsonObject,
  type Move,
  type Option,
  type OutboundMessage,
  type Received,
  type Webhook,
} from '@copse/contracts'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mutated } from './mutate.ts'

/** A push channel with the outside that it speaks to. */
export interface PushSubject {
  channel: Channel
  /** An address that the outside takes messages for. */
  alias: string
  /** What nobody may ever see. */
  secrets: readonly string[]
  sign: (raw: Uint8Array) => Record<string, string>
  /** Envelopes that hold every kind of thing the outside posts. */
  envelopes: readonly JsonObject[]
  /** Makes the outside answer the next message so, and says what must come of it. */
  refusals: readonly { name: string; arrange: () => void; result: object }[]
  /** How many messages the outside has taken. */
  taken: () => number
  close: () => Promise<void>
}

const runs = 10_000
const inAMinute = (): AbortSignal => AbortSignal.timeout(60_000)
const options = (count: number, titleLength: number): Option[] =>
  Array.from({ length: count }, (_, at) => ({ id: `o${at}`, title: `${at}`.padEnd(titleLength, 'x') }))

/** What holds for every channel that is called from outside and sends by itself. */
export function provePushChannel(name: string, open: () => Promise<PushSubject>): void {
  describe(`${name}, as every push channel,`, () => {
    let subject: PushSubject
    let webhook: Webhook
    beforeAll(async () => {
      subject = await open()
      if (!subject.channel.webhook) throw new Error('A push channel is called from outside.')
      webhook = subject.channel.webhook
    })
    afterAll(() => subject.close())

    const send = async (to: { alias: string; key?: string }, message: OutboundMessage, signal = inAMinute()) =>
      subject.channel.send?.(to, message, signal)
    const receive = (raw: Uint8Array, headers = subject.sign(raw)): Received => webhook.receive({ raw, headers })

    it('is taken by the outside at each of its limits', async () => {
      const { limits } = subject.channel
      const long = 'x'.repeat(limits.optionsTextLength ?? limits.textLength)
      const messages = [
        { text: 'x'.repeat(limits.textLength) },
        { text: long, options: options(limits.buttons, limits.buttonTitleLength) },
        { text: long, options: options(limits.listRows, limits.rowTitleLength) },
      ]
      const before = subject.taken()
      for (const message of messages) {
        expect(await send({ alias: subject.alias, key: '7' }, message)).toMatchObject({ ok: true })
      }
      expect(subject.taken()).toBe(before + messages.length)
    })

    it('answers a refusal by its class, and never throws', async () => {
      for (const { name: what, arrange, result } of subject.refusals) {
        arrange()
        expect(await send({ alias: subject.alias }, { text: 'hello' }), what).toMatchObject(result)
      }
    })

    it('does not throw when it is called off', async () => {
      expect(await send({ alias: subject.alias }, { text: 'hello' }, AbortSignal.abort())).toMatchObject({ ok: false })
    })

    it('reads what is signed, and nothing of which one bit is another', () => {
      for (const envelope of subject.envelopes) {
        const raw = Buffer.from(JSON.stringify(envelope))
        const headers = subject.sign(raw)
        const { events, receipts, echoes, dropped } = receive(raw, headers)
        const read = events.length + receipts.length + echoes.length
        expect(read + Object.keys(dropped).length).toBeGreaterThan(0)
        fc.assert(
          fc.property(fc.nat(raw.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
            const changed = Buffer.from(raw)
            changed[at] = changed[at]! ^ mask
            expect(codeOf(() => receive(changed, headers))).toBe('signature_invalid')
          }),
        )
      }
    })

    it('refuses any other signature with signature_invalid and nothing else', () => {
      const raw = Buffer.from(JSON.stringify(subject.envelopes[0]))
      const signed = subject.sign(raw)
      const given = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constant(undefined))
      fc.assert(
        fc.property(given, (value) => {
          const headers = Object.fromEntries(Object.keys(signed).map((key) => [key, value]))
          expect(codeOf(() => webhook.receive({ raw, headers }))).toBe('signature_invalid')
        }),
        { numRuns: 300 },
      )
    })

    it(`reads ${runs} envelopes that are somehow wrong, without a fault, into what can be stored`, () => {
      const bytes = fc.tuple(mutated(subject.envelopes), fc.nat(), fc.nat(50)).map(([envelope, at, cut]) => {
        const raw = Buffer.from(JSON.stringify(envelope))
        // One in ten is cut somewhere, or has a byte that is no text.
        if (cut === 0) return raw.subarray(0, at % raw.length)
        if (cut < 5) raw[at % raw.length] = 0xff
        return raw
      })
      fc.assert(
        fc.property(bytes, (raw) => {
          expect(faultsIn(receive(raw), subject.channel.name)).toEqual([])
        }),
        { numRuns: runs },
      )
    }, 60_000)

    it('reads the same of the same bytes', () => {
      for (const envelope of subject.envelopes) {
        const raw = Buffer.from(JSON.stringify(envelope))
        expect(receive(raw)).toEqual(receive(raw))
      }
    })

    it('shows no secret: not in its own looks, not in a fault, not in a result', async () => {
      const shown = [inspect(subject.channel, { depth: Infinity, showHidden: true }), JSON.stringify(subject.channel)]
      try {
        webhook.receive({ raw: Buffer.from('{}'), headers: {} })
      } catch (error) {
        shown.push(inspect(error, { depth: Infinity, showHidden: true }))
      }
      for (const { arrange } of subject.refusals) {
        arrange()
        shown.push(JSON.stringify(await send({ alias: subject.alias }, { text: 'hello' })))
      }
      for (const secret of subject.secrets) expect(shown.join('\n')).not.toContain(secret)
    })
  })
}

function codeOf(read: () => unknown): string {
  try {
    read()
  } catch (error) {
    return error instanceof Fault ? error.code : String(error)
  }
  return 'none'
}

const aliasesOf = (event: InboundEvent | Move): string[] =>
  event.kind === 'move' ? [event.to, ...event.from] : [event.contact.alias]

/** What keeps this from being stored, and its people from being answered. */
function faultsIn(received: Received, channel: string): string[] {
  const { events, receipts, dropped } = received
  const length = JSON.stringify(received).length
  return [
    ...events.filter((event) => event.channel !== channel).map(() => 'channel'),
    ...events.filter(({ messageId }) => messageId === '' || messageId.length > 512).map(() => 'messageId'),
    ...events.filter((event) => aliasesOf(event).some((one) => one === '' || one.length > 512)).map(() => 'alias'),
    ...events
      .filter((event) => event.kind !== 'move' && (event.text === '' || event.text?.includes('\0')))
      .map(() => 'text'),
    ...receipts.filter(({ at }) => !Number.isSafeInteger(at)).map(() => 'at'),
    ...Object.entries(dropped).flatMap(([reason, count]) => (count > 0 ? [] : [reason])),
    ...(length > 0 ? [] : ['empty']),
  ]
}
