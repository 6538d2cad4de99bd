import type { Channel, Clock, SendResult } from '@copse/contracts'
import {
  startWhatsAppCloud,
  whatsAppEnvelope,
  whatsAppMessage,
  whatsAppStatus,
  whatsAppText,
  type WhatsAppCloud,
} from '@copse/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createChannels } from '../create.ts'
import { provePushChannel } from '../testing/push-channel.ts'

const verifyToken = 'a-word-of-the-operator'
const clock: Clock = { now: () => 1_700_000_000_000 }

async function open(cloud: WhatsAppCloud, config: object = {}): Promise<Channel> {
  const { accessToken, appSecret, phoneNumberId } = cloud
  const binding = {
    name: 'shop_whatsapp',
    type: 'whatsapp',
    config: { phoneNumberId, baseUrl: cloud.url, ...config },
    credential: 'meta',
  }
  const secrets = { meta: JSON.stringify({ accessToken, appSecret, verifyToken }) }
  const channel = (await createChannels([binding], secrets, clock)).get('shop_whatsapp')
  if (!channel) throw new Error('The binding made no channel.')
  return channel
}

const dateIn = (ms: number): string => new Date(clock.now() + ms).toUTCString()

const ana = { id: 'wamid.1', from: '972987654321' }

provePushChannel('whatsapp', async () => {
  const cloud = await startWhatsAppCloud()
  const { appSecret, accessToken } = cloud
  const meta =
    (error: number, more: object = {}) =>
    () =>
      cloud.reply({ error, ...more })
  const refusal = (name: string, arrange: () => void, result: Partial<SendResult>) => ({ name, arrange, result })
  return {
    channel: await open(cloud),
    alias: '972987654321',
    secrets: [accessToken, appSecret, verifyToken],
    sign: cloud.sign,
    taken: () => cloud.sent.length,
    close: cloud.close,
    envelopes: [
      whatsAppText(cloud, ana, 'hello'),
      whatsAppMessage(cloud, ana, {
        type: 'interactive',
        interactive: { type: 'nfm_reply', nfm_reply: { response_json: '{"a":[1,{"b":2}]}' } },
      }),
      whatsAppMessage(cloud, ana, {
        type: 'interactive',
        interactive: { type: 'list_reply', list_reply: { id: 'refund', title: 'Refund' } },
      }),
      whatsAppMessage(cloud, ana, { type: 'image', image: { id: '1', mime_type: 'image/png', caption: 'this' } }),
      whatsAppMessage(cloud, ana, { type: 'location', location: { latitude: 0, longitude: 0, name: 'Null Island' } }),
      whatsAppMessage(cloud, ana, { type: 'order', order: { product_items: [{ quantity: 1 }] } }),
      whatsAppMessage(cloud, ana, { type: 'reaction', reaction: { message_id: 'wamid.0', emoji: '👍' } }),
      whatsAppMessage(cloud, ana, {
        type: 'system',
        system: { body: 'moved', wa_id: '34600000000', type: 'user_changed_number' },
      }),
      whatsAppStatus(cloud, 'wamid.7', 'failed', [{ code: 131026, title: 'Undeliverable' }]),
      whatsAppEnvelope(cloud, { errors: [{ code: 130429 }], message_echoes: [{ id: 'e', to: '1', type: 'text' }] }),
    ],
    refusals: [
      refusal('too fast', meta(130429), { ok: false, retryable: true, code: '130429' }),
      refusal('told how long', meta(130429, { retryAfter: '7' }), { retryable: true, retryAfterMs: 7_000 }),
      refusal('told until when', meta(130429, { retryAfter: dateIn(120_000) }), { retryAfterMs: 120_000 }),
      refusal('told a time of before', meta(80007, { retryAfter: dateIn(-120_000) }), { retryAfterMs: 60_000 }),
      refusal('told nonsense', meta(80007, { retryAfter: 'soon' }), { retryAfterMs: 60_000 }),
      refusal('told to wait for a year', meta(80007, { retryAfter: '31536000' }), { retryAfterMs: 60_000 }),
      refusal('too often to one person', meta(131056), { retryable: true, retryAfterMs: 6_000 }),
      refusal('out of order', meta(131016, { status: 500 }), { retryable: true }),
      refusal('too slow for a proxy', meta(999_999, { status: 408 }), { retryable: true }),
      refusal('too early for a proxy', meta(999_999, { status: 425 }), { retryable: true }),
      refusal('an error without a known code', meta(999_999, { status: 503 }), { retryable: true }),
      refusal('window closed', meta(131047), { retryable: false, windowOver: true, code: '131047' }),
      refusal('undeliverable', meta(131026), { retryable: false }),
      refusal('another template', meta(132001), { retryable: false }),
      refusal('token expired', meta(190, { status: 401, message: `Malformed access token ${accessToken}` }), {
        retryable: true,
        channelDown: true,
        reason: '(#190) Malformed access token [token]',
      }),
      refusal('no permission', meta(200, { status: 403 }), { channelDown: true }),
      refusal('locked', meta(131031), { channelDown: true }),
      refusal('not paid', meta(131042), { channelDown: true }),
      refusal('blocked', meta(368), { channelDown: true }),
      refusal('no such number', meta(100, { subcode: 33 }), { channelDown: true }),
      refusal('number deleted', meta(33), { retryable: true, channelDown: true }),
      refusal('number not registered', meta(133010), { retryable: true, channelDown: true }),
      refusal('name not approved', meta(131037), { retryable: true, channelDown: true }),
      refusal('reported as spam', meta(131048), { channelDown: true }),
      refusal('enough for this person', meta(131049), { retryable: false }),
      refusal('a country that is not served', meta(130497, { status: 403 }), {
        ok: false,
        retryable: false,
        code: '130497',
      }),
      refusal('cut', () => cloud.reply({ broken: 'cut' }), { retryable: true, code: 'outcome_unknown' }),
      refusal('no JSON', () => cloud.reply({ broken: 'malformed' }), { retryable: true, code: 'outcome_unknown' }),
    ],
  }
})

describe('whatsapp', () => {
  let cloud: WhatsAppCloud
  let channel: Channel
  beforeAll(async () => {
    cloud = await startWhatsAppCloud()
    channel = await open(cloud)
  })
  afterAll(() => cloud.close())

  const send = async (alias: string, message: Parameters<NonNullable<Channel['send']>>[1], key?: string) => {
    const to = { alias, ...(key === undefined ? {} : { key }) }
    const result = await channel.send?.(to, message, AbortSignal.timeout(10_000))
    return { result, body: cloud.sent.at(-1)?.body }
  }

  it('sends a text to a phone number, and takes its id from the answer', async () => {
    const { result, body } = await send('972987654321', { text: 'Hello' }, '42')
    expect(result).toEqual({ ok: true, providerId: cloud.sent.at(-1)?.wamid })
    expect(body).toMatchObject({ to: '972987654321', type: 'text', text: { body: 'Hello' } })
    expect(body).toMatchObject({ biz_opaque_callback_data: '42' })
  })

  it('sends to a person without a phone number by their user id', async () => {
    const { body } = await send('CO.1047385771169864', { text: 'Hello' })
    expect(body).toMatchObject({ recipient: 'CO.1047385771169864' })
    expect(body).not.toHaveProperty('to')
  })

  it('shows few options as buttons, more or described ones as a list', async () => {
    const option = (id: string) => ({ id, title: id })
    const few = await send('972987654321', { text: 'Which?', options: ['a', 'b', 'c'].map(option) })
    expect(few.body).toMatchObject({ interactive: { type: 'button' } })
    const more = await send('972987654321', { text: 'Which?', options: ['a', 'b', 'c', 'd'].map(option) })
    expect(more.body).toMatchObject({ interactive: { type: 'list', action: { button: 'Options' } } })
    const described = await send('972987654321', {
      text: 'Which?',
      options: [{ ...option('a'), description: 'First' }],
    })
    expect(described.body).toMatchObject({ interactive: { type: 'list' } })
    expect(cloud.refused).toEqual([])
  })

  it('sends a file by its address, asks that its receipt be awaited, and has no template for it', async () => {
    const media = { type: 'image', link: 'https://shop.example/shoe.jpg' } as const
    const { result, body } = await send('972987654321', { text: '', media })
    expect(result).toEqual({ ok: true, providerId: cloud.sent.at(-1)?.wamid, awaited: true })
    expect(body).toMatchObject({ type: 'image', image: { link: media.link } })
    const named = await open(cloud, { templates: { reopen: 'news/en_US' } })
    const late = { alias: '972987654321', beyondWindow: true } as const
    expect(await named.send?.(late, { text: '', media }, AbortSignal.timeout(10_000))).toMatchObject({
      ok: false,
      retryable: false,
      code: 'outside_window',
    })
  })

  it('says in a template, if the binding names one, what is said too late for free words', async () => {
    const late = { alias: '972987654321', beyondWindow: true } as const
    const named = await open(cloud, { templates: { reopen: 'news/en_US' } })
    expect([channel.beyondWindow, named.beyondWindow]).toEqual([undefined, true])
    const options = [
      { id: 'a', title: 'Yes' },
      { id: 'b', title: 'No' },
    ]
    const message = { text: 'Your refund is there.\nAll\t     right?', options }
    expect(await named.send?.(late, message, AbortSignal.timeout(10_000))).toMatchObject({ ok: true })
    const text = 'Your refund is there. All right? 1. Yes 2. No'
    expect(cloud.sent.at(-1)?.body).toMatchObject({
      to: '972987654321',
      type: 'template',
      template: {
        name: 'news',
        language: { code: 'en_US' },
        components: [{ type: 'body', parameters: [{ type: 'text', text }] }],
      },
    })
    await named.send?.({ alias: '972987654321' }, { text: 'Free again' }, AbortSignal.timeout(10_000))
    expect(cloud.sent.at(-1)?.body).toMatchObject({ type: 'text' })
  })

  it('says each option whole in a template, also what stood in the second line of a row', async () => {
    const named = await open(cloud, { templates: { reopen: 'news/en_US' } })
    const options = [
      { id: 'a', title: 'Home delivery before no…', description: 'Home delivery before noon tomorrow' },
      { id: 'b', title: 'Pick up', description: 'Costs nothing' },
      { id: 'c', title: '3. Home delivery in the…', description: 'Home delivery in the evening' },
      { id: 'd', title: 'Later…', description: 'We ask again' },
    ]
    const late = { alias: '972987654321', beyondWindow: true } as const
    await named.send?.(late, { text: 'How?', options }, AbortSignal.timeout(10_000))
    expect(JSON.stringify(cloud.sent.at(-1)?.body)).toContain(
      '"How? 1. Home delivery before noon tomorrow 2. Pick up: Costs nothing 3. Home delivery in the evening 4. Later…: We ask again"',
    )
  })

  it('cuts nothing to fit a template: what is too long for one is refused, with what to do', async () => {
    const named = await open(cloud, { templates: { reopen: 'news/en' } })
    const before = cloud.sent.length
    expect(
      await named.send?.({ alias: '1', beyondWindow: true }, { text: 'x'.repeat(901) }, AbortSignal.timeout(10_000)),
    ).toMatchObject({
      ok: false,
      retryable: false,
      code: 'outside_window',
      reason: expect.stringContaining('Send it again'),
    })
    expect(cloud.sent).toHaveLength(before)
    await expect(open(cloud, { templates: { reopen: 'News' } })).rejects.toThrow('a template as name/language')
  })

  it('says that a message never left when nobody listens', async () => {
    const closed = await startWhatsAppCloud()
    await closed.close()
    expect(await (await open(closed)).send?.({ alias: '1' }, { text: 'x' }, AbortSignal.timeout(10_000))).toMatchObject(
      {
        ok: false,
        retryable: true,
        code: 'unreachable',
      },
    )
  })

  it('says that nobody knows when no answer came in time', async () => {
    cloud.reply({ broken: 'silent' })
    const called = cloud.taken(cloud.sent.length + 1)
    const stop = new AbortController()
    const sending = channel.send?.({ alias: '972987654321' }, { text: 'x' }, stop.signal)
    await called
    stop.abort()
    expect(await sending).toMatchObject({ ok: false, retryable: true, code: 'outcome_unknown' })
  })

  it('answers the handshake with the challenge to who knows the word, and to nobody else', () => {
    const asked = { 'hub.mode': 'subscribe', 'hub.verify_token': verifyToken, 'hub.challenge': '1158201444' }
    expect(channel.webhook?.handshake(asked)).toBe('1158201444')
    expect(channel.webhook?.handshake({ ...asked, 'hub.verify_token': `${verifyToken}x` })).toBeUndefined()
    expect(channel.webhook?.handshake({ ...asked, 'hub.verify_token': '' })).toBeUndefined()
    expect(channel.webhook?.handshake({ ...asked, 'hub.mode': 'unsubscribe' })).toBeUndefined()
    expect(channel.webhook?.handshake({})).toBeUndefined()
  })
})
