import type { InboundEvent, Json, JsonObject, Move, Received } from '@copse/contracts'
import { whatsAppEnvelope, whatsAppMessage, whatsAppStatus, whatsAppText } from '@copse/testkit'
import { describe, expect, it } from 'vitest'
import { openEnvelope } from './envelope.ts'

const account = { phoneNumberId: '1122334455667' }
const now = 1_700_000_000_000
const ana = { id: 'wamid.1', from: '972987654321' }

const openRaw = (raw: Uint8Array): Received => openEnvelope(raw, { channel: 'shop', ...account, now })
const open = (envelope: Json): Received => openRaw(Buffer.from(JSON.stringify(envelope)))
const eventsOf = ({ events }: Received): InboundEvent[] => events.filter((event) => event.kind !== 'move')
const movesOf = ({ events }: Received): Move[] => events.filter((event) => event.kind === 'move')
const eventOf = (envelope: Json) => eventsOf(open(envelope))[0]
const say = (text: string) => eventOf(whatsAppText(account, ana, text))
const tap = (interactive: JsonObject) => eventOf(whatsAppMessage(account, ana, { type: 'interactive', interactive }))

describe('an envelope', () => {
  it('yields all that it holds: every entry, change, message, status, echo and error', () => {
    const value = {
      contacts: [{ wa_id: ana.from, profile: { name: 'Ana' } }],
      messages: [
        { id: 'a', from: ana.from, type: 'text', text: { body: 'one' } },
        { id: 'b', from: '34600000000', type: 'text', text: { body: 'two' } },
      ],
      statuses: [{ id: 'w1', status: 'delivered', timestamp: '1697043300', recipient_user_id: 'CO.1047385771169864' }],
      message_echoes: [{ id: 'e', to: ana.from, type: 'text', text: { body: 'I am a person' } }],
      errors: [{ code: 131000 }],
    }
    const one = whatsAppEnvelope(account, value)['entry'] as JsonObject[]
    const [change = {}] = one.flatMap((entry) => entry['changes'] as JsonObject[])
    const received = open({ entry: [...one, { changes: [change, change] }] })
    expect(eventsOf(received).map(({ text }) => text)).toEqual(['one', 'two', 'one', 'two', 'one', 'two'])
    expect(received.receipts).toHaveLength(3)
    expect(received.echoes[0]).toEqual({ channel: 'shop', messageId: 'e', alias: ana.from, text: 'I am a person' })
    expect(received.dropped).toEqual({ error: 3 })
    expect(eventsOf(received)[0]?.contact).toEqual({ alias: ana.from, name: 'Ana' })
    expect(eventsOf(received)[1]?.contact).toEqual({ alias: '34600000000' })
  })

  it('of tens of thousands of messages without ids, with as many cards, is read in a moment', () => {
    const count = 20_000
    const messages = Array.from({ length: count }, (_, at) => ({ from: `3${at}`, type: 'text', text: { body: 'x' } }))
    const contacts = messages.map(({ from }) => ({ wa_id: from, profile: { name: from } })).toReversed()
    const raw = Buffer.from(JSON.stringify(whatsAppEnvelope(account, { contacts, messages })))
    const begun = performance.now()
    const events = eventsOf(openRaw(raw))
    // A tenth of a second; were it quadratic, a minute in which nobody is served.
    expect(performance.now() - begun).toBeLessThan(5_000)
    expect(new Set(events.map(({ messageId }) => messageId)).size).toBe(count)
    expect(events.every(({ contact }) => contact.name === contact.alias)).toBe(true)
  })

  it('with a place that is not on the globe of numbers is unsupported', () => {
    const text = JSON.stringify(
      whatsAppMessage(account, ana, { type: 'location', location: { latitude: '@', longitude: 1 } }),
    )
    expect(openRaw(Buffer.from(text.replace('"@"', '1e400'))).events[0]?.kind).toBe('unsupported')
  })

  it('of another number of the same app is counted and left', () => {
    const received = open(whatsAppText({ phoneNumberId: '999' }, ana, 'not for us'))
    expect(received).toEqual({ events: [], receipts: [], echoes: [], dropped: { other_binding: 1 } })
  })

  it('that is no JSON, or not an object, is counted once and no fault', () => {
    for (const raw of ['', 'null', '{"entry":', '\0', '\ufeff[]x']) {
      expect(openRaw(Buffer.from(raw)).dropped, JSON.stringify(raw)).toEqual({ not_json: 1 })
    }
  })

  it('of another product, or of another shape, is counted once as unknown', () => {
    const raws = ['[]', '1', '"x"', '{}', '{"entry":{"changes":[]}}', '{"entry":[null,1,{"changes":"x"}]}']
    for (const raw of [...raws, '{"object":"page","entry":[{"messaging":[{"message":{"text":"x"}}]}]}'])
      expect(openRaw(Buffer.from(raw)), raw).toEqual({ events: [], receipts: [], echoes: [], dropped: { unknown: 1 } })
  })

  it('with a change of ours that says nothing we know is counted as unknown, change by change', () => {
    expect(open(whatsAppEnvelope(account, { calls: [{ id: 'c' }] })).dropped).toEqual({ unknown: 1 })
    const change = { field: 'messages', value: { metadata: { phone_number_id: account.phoneNumberId }, messages: {} } }
    const said = { field: 'messages', value: { messages: [{ id: 'm', from: '1', type: 'text', text: { body: 'x' } }] } }
    const received = open({ entry: [{ changes: [change, null, said] }] })
    expect(received).toMatchObject({ events: [{ text: 'x' }], dropped: { unknown: 2 } })
  })

  it('tells the account’s own news apart from messages', () => {
    const news = { entry: [{ changes: [{ field: 'history', value: { messages: [{ id: 'old', from: '1' }] } }] }] }
    expect(open(news)).toMatchObject({ events: [], dropped: { account: 1 } })
  })

  it('answers nobody in a group, and nobody without an address', () => {
    const group = whatsAppMessage(account, ana, { type: 'text', text: { body: 'hi' }, group_id: 'g' })
    expect(open(group)).toMatchObject({ events: [], dropped: { group: 1 } })
    const nobody = whatsAppEnvelope(account, { messages: [{ id: 'x', type: 'text', text: { body: 'hi' } }] })
    expect(open(nobody)).toMatchObject({ events: [], dropped: { sender_unknown: 1 } })
  })
})

describe('a person', () => {
  const from = (message: JsonObject, contacts: Json[] = []) =>
    eventOf(
      whatsAppEnvelope(account, { contacts, messages: [{ id: 'm', type: 'text', text: { body: 'hi' }, ...message }] }),
    )?.contact

  it('with a phone number and a user id is known by both, and the id decides, whichever part says so', () => {
    const card = { wa_id: '34600000000', user_id: 'ES.1' }
    for (const [message, cards] of [
      [{ from: '34600000000', from_user_id: 'ES.1' }, []],
      [{ from: '34600000000' }, [card]],
      [{ from_user_id: 'ES.1' }, [card]],
    ] as const)
      expect(from(message, [...cards])).toEqual({
        alias: '34600000000',
        alsoKnownAs: ['ES.1'],
        decisive: 'ES.1',
      })
  })

  it('without a phone number has the user id', () => {
    expect(from({ from_user_id: 'ES.1' }, [{ user_id: 'ES.1', profile: { name: 'Eva' } }])).toEqual({
      alias: 'ES.1',
      name: 'Eva',
    })
  })

  it('is not taken for another in the same envelope', () => {
    expect(from({ from: '34600000000' }, [{ wa_id: '34611111111', user_id: 'ES.2' }])).toEqual({ alias: '34600000000' })
  })

  it('has the card that names the number in its other spelling, unless one names it as it is', () => {
    const message = { from: '5541988887777' }
    const other = { wa_id: '554188887777', user_id: 'BR.1', profile: { name: 'Bia' } }
    expect(from(message, [other])).toEqual({
      alias: '5541988887777',
      alsoKnownAs: ['BR.1', '554188887777'],
      decisive: 'BR.1',
      name: 'Bia',
    })
    const same = { wa_id: '5541988887777', profile: { name: 'Rui' } }
    expect(from(message, [other, same])).toMatchObject({ name: 'Rui' })
  })

  it.each([
    ['554188887777', '5541988887777'],
    ['5541988887777', '554188887777'],
    ['5491123456789', '541123456789'],
    ['5215512345678', '525512345678'],
    ['525512345678', '5215512345678'],
  ])('with the number %s is the one of %s', (number, other) => {
    expect(from({ from: number })).toEqual({ alias: number, alsoKnownAs: [other] })
  })
})

describe('what a person sends', () => {
  it('may be a tap: the id decides, and the title is kept', () => {
    const said = { kind: 'payload', payload: 'refund', text: 'Refund' }
    expect(tap({ type: 'button_reply', button_reply: { id: 'refund', title: 'Refund' } })).toMatchObject(said)
    expect(tap({ type: 'list_reply', list_reply: { id: 'refund', title: 'Refund' } })).toMatchObject(said)
  })

  it('may be a template’s button without a payload: its words are all that was said', () => {
    const button = eventOf(whatsAppMessage(account, ana, { type: 'button', button: { text: 'Yes' } }))
    expect(button).toMatchObject({ kind: 'text', text: 'Yes' })
    expect(button).not.toHaveProperty('payload')
  })

  it('may be a form; one that cannot be read, or that nobody could write down, keeps its text', () => {
    const form = (json: string) => tap({ type: 'nfm_reply', nfm_reply: { response_json: json } })
    expect(form('{"rating":"4"}')).toMatchObject({ kind: 'form', data: { form: { rating: '4' } } })
    const deep = `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`
    for (const json of ['{invalid', '"text"', '[1]', deep]) {
      expect(form(json)).toMatchObject({ kind: 'form', text: json })
    }
  })

  it.each([
    ['a place without numbers', { type: 'location', location: { name: 'home' } }],
    ['a picture without an id', { type: 'image', image: {} }],
    ['a text without words', { type: 'text', text: { body: ' \0 ' } }],
    ['a poll', { type: 'poll', poll: {} }],
    ['a kind that is no word', { type: ['text'] }],
    ['a kind that every object has', { type: 'constructor' }],
  ])('is unsupported when it is %s', (_, content) => {
    expect(eventOf(whatsAppMessage(account, ana, content))).toMatchObject({ kind: 'unsupported' })
  })

  it('asks to hear no more, or again, when the whole message is such a word', () => {
    for (const word of ['STOP', ' stop. ', 'Unsubscribe', 'BAJA', 'Arrêt', 'désabonner', 'Abmelden'])
      expect(say(word), word).toMatchObject({ kind: 'text', consent: 'out' })
    for (const word of ['START', 'Alta', 'subscribe']) expect(say(word), word).toMatchObject({ consent: 'in' })
    for (const text of ['please stop the order', 'non-stop', 'una temperatura baja', 'cancel'])
      expect(say(text), text).not.toHaveProperty('consent')
  })

  it('is no such word when it is an option of ours that is called so', () => {
    expect(tap({ type: 'button_reply', button_reply: { id: 'halt', title: 'Stop' } })).not.toHaveProperty('consent')
  })

  it('was sent when its clock says, but never later than now', () => {
    const at = (timestamp: Json) =>
      eventOf(whatsAppMessage(account, ana, { type: 'text', text: { body: 'x' }, timestamp }))
    expect(at('1697043223')?.sentAt).toBe(1_697_043_223_000)
    expect(at('99999999999')?.sentAt).toBe(now)
    expect(at('1e400')?.sentAt).toBe(now)
    for (const nonsense of ['', 'soon', '-5', null, [], {}]) expect(at(nonsense)).not.toHaveProperty('sentAt')
  })
})

describe('what a person of the business does in the WhatsApp app', () => {
  it('is heard when it is a message, and counted when it is a reaction, an edit or a deletion', () => {
    const echo = (type: string) => ({ id: `of ${type}`, to: ana.from, type, [type]: { message_id: 'wamid.0' } })
    const message_echoes = ['image', 'reaction', 'edit', 'revoke'].map(echo)
    const { echoes, dropped } = open(whatsAppEnvelope(account, { message_echoes }))
    expect(echoes).toEqual([{ channel: 'shop', messageId: 'of image', alias: ana.from }])
    expect(dropped).toEqual({ reaction: 1, edit: 1, delete: 1 })
  })
})

describe('a receipt', () => {
  it('says what became of a message, and why it failed', () => {
    expect(open(whatsAppStatus(account, 'w', 'read')).receipts).toEqual([
      { channel: 'shop', providerId: 'w', state: 'read', at: 1_697_043_300_000 },
    ])
    const failed = (code: number) => open(whatsAppStatus(account, 'w', 'failed', [{ code, title: 'No' }])).receipts[0]
    expect(failed(131047)?.error).toEqual({ code: '131047', reason: 'No', retryable: false, windowOver: true })
    for (const code of [1, 2, 131000])
      expect(failed(code)?.error).toEqual({ code: `${code}`, reason: 'No', retryable: true })
    const payment = { code: '131042', reason: 'No', retryable: true, channelDown: true }
    expect(failed(131042)?.error).toEqual(payment)
    expect(open(whatsAppStatus(account, 'w', 'failed')).receipts[0]?.error).toMatchObject({ code: 'unknown' })
  })

  it('of a state that nobody knows is counted', () => {
    expect(open(whatsAppStatus(account, 'w', 'teleported')).dropped).toEqual({ status_unknown: 1 })
  })
})

describe('hostile content', () => {
  it('of 3 MB is read, and a text is no longer than a person can write', () => {
    const event = say('€'.repeat(1_000_000))
    expect(event?.text).toHaveLength(65_536)
  })

  it('nested a million deep is read without a fault', () => {
    const deep = `{"entry":[{"changes":[{"value":{"messages":[{"id":"x","from":"1","type":"order","order":${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}}]}}]}]}`
    expect(openRaw(Buffer.from(deep)).events).toMatchObject([{ kind: 'unsupported' }])
  })

  it('with ids of 10 kB stays short, and the same stays the same', () => {
    const long = { ...ana, id: 'x'.repeat(10_000) }
    const [first, again] = [eventOf(whatsAppText(account, long, 'a')), eventOf(whatsAppText(account, long, 'b'))]
    expect(first?.messageId).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(again?.messageId).toBe(first?.messageId)
    const other = { ...ana, id: `${'x'.repeat(9_999)}y` }
    expect(eventOf(whatsAppText(account, other, 'a'))?.messageId).not.toBe(first?.messageId)
    expect(open(whatsAppText(account, { ...ana, from: '1'.repeat(10_000) }, 'a')).dropped).toEqual({
      sender_unknown: 1,
    })
  })

  it('without an id has one of its bytes, so that a second delivery is known', () => {
    const envelope = whatsAppEnvelope(account, {
      messages: [1, 2].map(() => ({ from: '1', type: 'text', text: { body: 'hi' } })),
    })
    const ids = open(envelope).events.map(({ messageId }) => messageId)
    expect(new Set(ids).size).toBe(2)
    expect(open(envelope).events.map(({ messageId }) => messageId)).toEqual(ids)
  })

  it('with bytes that are no text, halves of characters and NULs is read, and can be stored', () => {
    const raw = Buffer.from(JSON.stringify(whatsAppText(account, ana, 'a\0b \\u0000 @')))
    raw[raw.indexOf('@')] = 0xff
    expect(eventsOf(openRaw(raw))[0]?.text).toBe('ab \\u0000 \ufffd')
    expect(say('x\ud800y')?.text).toBe('x\ufffdy')
  })
})

describe('a person with another phone number', () => {
  const told = (more: JsonObject, system: JsonObject) =>
    open(
      whatsAppEnvelope(account, { messages: [{ id: 'm', type: 'system', ...more, system: { body: 'b', ...system } }] }),
    )
  const system = (more: JsonObject, from = '5511987654321') => told({ from }, more)

  it('moves there, with both spellings of the old one', () => {
    const from = ['5511987654321', '551187654321']
    const move = { kind: 'move', channel: 'shop', messageId: 'm', from, to: '34600000000' }
    for (const said of [
      { type: 'user_changed_number', wa_id: '34600000000' },
      { type: 'customer_changed_number', new_wa_id: '34600000000' },
    ])
      expect(system(said)).toEqual({ events: [move], receipts: [], echoes: [], dropped: {} })
  })

  it('stands between what was said before and after, and has an id of the bytes when it came without one', () => {
    const said = (id: string) => ({ id, from: '34600000000', type: 'text', text: { body: 'hi' } })
    const change = { type: 'user_changed_number', wa_id: '34611111111' }
    const messages = [said('a'), { from: '34600000000', type: 'system', system: change }, said('b')]
    const read = () => open(whatsAppEnvelope(account, { messages })).events
    expect(read()).toMatchObject([{ messageId: 'a' }, { kind: 'move' }, { messageId: 'b' }])
    expect(read()[1]?.messageId).toMatch(/^sha256:[0-9a-f]{64}:0:1$/)
    expect(read()).toEqual(read())
  })

  it('has another user id as well, and is known by both', () => {
    const ids = { previous_user_id: 'ES.1', user_id: 'ES.2' }
    expect(movesOf(system({ type: 'user_changed_number', wa_id: '34600000000', ...ids }, '34611111111'))).toMatchObject(
      [{ from: ['ES.1', '34611111111'], to: '34600000000', alsoKnownAs: ['ES.2'] }],
    )
    expect(movesOf(system({ type: 'user_changed_number', wa_id: '5511987654321' }, '34600000000'))).toMatchObject([
      { to: '5511987654321', alsoKnownAs: ['551187654321'] },
    ])
  })

  it('that they do not show has another user id, whichever part of the message says which it was', () => {
    const change = { type: 'user_changed_user_id', user_id: 'ES.2' }
    const move = { kind: 'move', from: ['ES.1'], to: 'ES.2' }
    for (const [message, said] of [
      [{}, { previous_user_id: 'ES.1' }],
      [{ from_user_id: 'ES.1' }, {}],
      [{ from_user_id: 'ES.1' }, { previous_user_id: 'ES.1' }],
      [{ from_user_id: 'ES.2' }, { previous_user_id: 'ES.1' }],
    ])
      expect(told(message!, { ...change, ...said })).toMatchObject({ events: [move], dropped: {} })
    const sameNumber = told({ from: '34600000000' }, { ...change, previous_user_id: 'ES.1', wa_id: '34600000000' })
    expect(movesOf(sameNumber)).toMatchObject([{ from: ['ES.1'], to: '34600000000', alsoKnownAs: ['ES.2'] }])
  })

  it('that is not said whole stays where they are', () => {
    for (const [said, from] of [
      [{ type: 'user_changed_number' }],
      [{ type: 'user_changed_number', wa_id: '34600000000' }, ''],
      [{ type: 'user_changed_number', wa_id: '5511987654321' }],
      [{ type: 'user_changed_number', wa_id: '551187654321' }],
      [{ type: 'user_changed_user_id', user_id: 'ES.2' }, ''],
      [{ type: 'user_identity_changed', wa_id: '34600000000' }],
    ] as const)
      expect(system(said, from)).toMatchObject({ events: [], dropped: { system: 1 } })
  })
})
