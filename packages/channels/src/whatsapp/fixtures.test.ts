import { createHmac } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import type { InboundEvent, Received } from '@copse/contracts'
import { describe, expect, it } from 'vitest'
import { createWebhook } from './webhook.ts'

const fixtures = new URL('../../../../../shared/fixtures/webhooks/', import.meta.url)
const isThere = existsSync(fixtures)

/** One expectation of the index; `kind` is of the vocabulary that all channels share. */
interface Expected {
  kind: string
  contact?: string
  contact_alt?: string
  id?: string
  at?: number
  text?: string
  payload?: string
  media?: string
  filename?: string
  forwarded?: boolean
  lat?: number
  lng?: number
  name?: string
  reply_to?: string
  parse_ok?: boolean
  len_gt?: number
  status?: string
  code?: number
  retryable?: boolean
  old?: string
  new?: string
}
interface Case {
  file: string
  channel: string
  expected: { note: string; events: Expected[] }
}
const cases = isThere
  ? (JSON.parse(readFileSync(new URL('index.json', fixtures), 'utf8')) as { cases: Case[] }).cases.filter(
      ({ channel }) => channel === 'whatsapp',
    )
  : []

const appSecret = 'an-app-secret-of-a-test'

function receive(file: string): Received {
  const raw = readFileSync(new URL(file, fixtures))
  const phoneNumberId = /"phone_number_id": *"([^"]+)"/.exec(raw.toString())?.[1] ?? '1'
  const webhook = createWebhook('wa', { phoneNumberId }, { appSecret, verifyToken: 'unused' }, Date)
  const signature = createHmac('sha256', appSecret).update(raw).digest('hex')
  return webhook.receive({ raw, headers: { 'x-hub-signature-256': `sha256=${signature}` } })
}

const ours: Record<string, InboundEvent['kind']> = { reply: 'payload', contacts: 'form', order: 'form' }
const turns = new Set(['text', 'reply', 'media', 'location', 'contacts', 'order', 'form', 'unsupported'])

/** The index's words for an event, in those of the port. */
function inOurWords(expected: Expected): object {
  const { kind, contact, id, at, text, payload, media, filename, forwarded, lat, lng, name, reply_to } = expected
  const data = {
    ...(forwarded === undefined ? {} : { forwarded }),
    ...(reply_to === undefined ? {} : { replyTo: reply_to }),
    ...(lat === undefined ? {} : { location: expect.objectContaining({ lat, lng, name }) }),
    ...(expected.code === undefined ? {} : { code: expected.code }),
  }
  return {
    channel: 'wa',
    kind: ours[kind] ?? kind,
    ...(contact === undefined ? {} : { contact: expect.objectContaining({ alias: contact }) }),
    ...(id === undefined ? {} : { messageId: id }),
    ...(at === undefined ? {} : { sentAt: at * 1_000 }),
    ...(text === undefined ? {} : { text }),
    ...(payload === undefined ? {} : { payload }),
    ...(media === undefined ? {} : { media: { type: media, ...(filename === undefined ? {} : { filename }) } }),
    ...(Object.keys(data).length === 0 ? {} : { data }),
  }
}

describe.skipIf(!isThere)('payloads that others have met', () => {
  it('are as many as there should be', () => expect(cases.length).toBeGreaterThanOrEqual(24))

  it.each(cases)('$file: $expected.note', ({ file, expected }) => {
    const received = receive(file)
    const events = received.events.filter((event) => event.kind !== 'move')
    const moves = received.events.filter((event) => event.kind === 'move')
    const heard = expected.events.filter(({ kind }) => turns.has(kind))
    expect(events).toHaveLength(heard.length)
    expect(events).toMatchObject(heard.map(inOurWords))
    for (const [at, { contact_alt, len_gt, parse_ok }] of heard.entries()) {
      const event = events[at]
      if (contact_alt !== undefined) expect(event?.contact.alsoKnownAs).toContain(contact_alt)
      if (len_gt !== undefined) expect(event?.text?.length).toBeGreaterThan(len_gt)
      if (event?.kind === 'form' && event.data?.['contacts'] === undefined)
        expect(event.text === undefined).toBe(parse_ok !== false)
    }

    const statuses = expected.events.filter(({ kind }) => kind === 'status')
    expect(received.receipts).toMatchObject(
      statuses.map(({ status, code, retryable }) => ({
        state: status,
        ...(code === undefined ? {} : { error: { code: String(code), retryable } }),
      })),
    )
    expect(received.echoes).toHaveLength(expected.events.filter(({ kind }) => kind === 'echo').length)

    const others = expected.events
      .map(({ kind }) => kind)
      .filter((kind) => !turns.has(kind) && !['status', 'echo'].includes(kind))
    const counted = Object.entries(received.dropped).flatMap(([reason, count]) => Array<string>(count).fill(reason))
    // A move is of the system, and is more than counted.
    const moved = moves.map(() => 'system')
    expect([...counted, ...moved].toSorted()).toEqual(others.toSorted())
    expect(moves).toMatchObject(
      expected.events.flatMap((event) => (event.new === undefined ? [] : [{ from: [event.old], to: event.new }])),
    )
  })

  it('make one person of two envelopes: first with a phone number and a user id, then with the user id alone', () => {
    const contactIn = (file: string) =>
      receive(file).events.map((event) => (event.kind === 'move' ? undefined : event.contact))[0]
    const both = contactIn('whatsapp/58-phone-and-bsuid.json')
    const alone = contactIn('whatsapp/59-bsuid-followup.json')
    expect([both?.alias, ...(both?.alsoKnownAs ?? [])]).toContain(alone?.alias)
  })
})
