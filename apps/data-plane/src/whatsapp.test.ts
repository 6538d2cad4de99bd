import type { Bundle, JsonObject, TenantStatus } from '@copse/contracts'
import {
  startWhatsAppCloud,
  whatsAppEnvelope,
  whatsAppMessage,
  whatsAppStatus,
  whatsAppText,
  type WhatsAppCloud,
} from '@copse/testkit'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Boot } from './boot/source.ts'
import type { DataPlane } from './compose.ts'
import { greetProcedure, tenantYaml, writeTenant } from './testing/local-tenant.ts'
import { ask, bootFrom, startPlane } from './testing/plane.ts'

const verifyToken = 'a-word-of-the-operator'
/** Long enough for a busy machine; a passing test never waits for it. */
const soon = { timeout: 15_000 }
const ana = '34600000000'

let folder: string
let cloud: WhatsAppCloud
let plane: DataPlane
let publish: (bundle: Bundle) => Promise<void>
let bundle: Bundle

/** Asks twice for a yes. */
const payProcedure = `copse: 1
procedure:
  id: pay
  name: Paying
  version: "1"
  triggers: [pay]
  steps:
    - id: who
      action: collect_info
      say: {en: Who pays?}
      extract_fields: [{key: name, title: name, type: text}]
      required_fields: [name]
      next_step: small
      on_failure: done
    - {id: small, action: confirm, say: {en: Shall we pay 5?}, next_step: large, on_failure: done}
    - {id: large, action: confirm, say: {en: Shall we pay 5000?}, next_step: paid, on_failure: done}
    - {id: paid, action: end, say: {en: Paid 5000.}}
    - {id: done, action: end, say: {en: Bye.}}
`

/** A tenant of two procedures on one WhatsApp number; a second number has the same account and another name. */
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'copse-whatsapp-'))
  cloud = await startWhatsAppCloud()
  const tenant = await writeTenant({
    'greet.yaml': greetProcedure(),
    'pay.yaml': payProcedure,
    'tenant.yaml': tenantYaml.replace('[greet.yaml]', '[greet.yaml, pay.yaml]'),
  })
  const local = await bootFrom(tenant.file, { dataPath: path.join(folder, 'data') })
  await tenant.remove()
  const { accessToken, appSecret, phoneNumberId } = cloud
  const secrets = { meta: JSON.stringify({ accessToken, appSecret, verifyToken }) }
  const config = { phoneNumberId, baseUrl: cloud.url }
  const channels = [{ name: 'shop', type: 'whatsapp', config, credential: 'meta' }]
  bundle = { ...local.bundle, release: { ...local.bundle.release, channels }, credentials: secrets }
  const watch: Boot['watch'] = (_, use) => {
    publish = use
    return async () => {}
  }
  plane = await startPlane({ ...local, bundle, watch })
})
afterEach(async () => {
  await plane.close()
  await cloud.close()
  await rm(folder, { recursive: true })
})

const address = (name = 'shop') => `http://127.0.0.1:${plane.port}/webhooks/${name}`
const say = (id: string, text: string, name?: string) =>
  cloud.post(address(name), whatsAppText(cloud, { id, from: ana }, text))
const texts = () => cloud.sent.map(({ body }) => (body['text'] as { body: string }).body)

test('a signed message gets its answer on WhatsApp, once, however often it is delivered', async () => {
  for (const _ of [1, 2, 3]) expect((await say('wamid.1', 'hello')).status).toBe(200)
  await cloud.taken(1)
  // The answer to the next message comes after all that the first could still cause.
  await say('wamid.2', 'Ana')
  await say('wamid.1', 'hello')
  await cloud.taken(2)
  await say('wamid.3', 'hello')
  await cloud.taken(3)
  expect(texts()).toEqual(['What is your name?', 'Thank you, Ana.', 'What is your name?'])
  expect(cloud.sent[0]?.body).toMatchObject({ to: ana, biz_opaque_callback_data: expect.any(String) })
  expect(cloud.refused).toEqual([])
})

test('all messages of one envelope are answered, each to whom it is from', async () => {
  const people = ['34600000001', '34600000002', '34600000003']
  const messages = people.map((from, at) => ({ id: `wamid.${at}`, from, type: 'text', text: { body: 'hello' } }))
  expect((await cloud.post(address(), whatsAppEnvelope(cloud, { messages }))).status).toBe(200)
  await cloud.taken(3)
  expect(cloud.sent.map(({ body }) => body['to'] as string).toSorted()).toEqual(people)
})

test('a person without a phone number is answered by their user id', async () => {
  const messages = [{ id: 'wamid.1', from_user_id: 'CO.1047385771169864', type: 'text', text: { body: 'hello' } }]
  await cloud.post(address(), whatsAppEnvelope(cloud, { messages }))
  await cloud.taken(1)
  expect(cloud.sent[0]?.body).toMatchObject({ recipient: 'CO.1047385771169864' })
})

test('a person who writes with a phone number, and then without, is one person', async () => {
  const contacts = [{ wa_id: ana, user_id: 'ES.2081978709342942' }]
  const first = { id: 'wamid.1', from: ana, type: 'text', text: { body: 'hello' } }
  await cloud.post(address(), whatsAppEnvelope(cloud, { contacts, messages: [first] }))
  await cloud.taken(1)
  const second = { id: 'wamid.2', from_user_id: 'ES.2081978709342942', type: 'text', text: { body: 'Ana' } }
  await cloud.post(address(), whatsAppEnvelope(cloud, { messages: [second] }))
  await cloud.taken(2)
  expect(texts()).toEqual(['What is your name?', 'Thank you, Ana.'])
})

test('a person who has somebody else’s number now is asked anew, and does not go on for the one before', async () => {
  const hear = (id: string, from_user_id: string, body: string) => {
    const message = { id, from: ana, from_user_id, type: 'text', text: { body } }
    return cloud.post(address(), whatsAppEnvelope(cloud, { messages: [message] }))
  }
  await hear('wamid.1', 'ES.1', 'hello')
  await cloud.taken(1)
  await hear('wamid.2', 'ES.9', 'hello')
  await cloud.taken(2)
  expect(texts()).toEqual(['What is your name?', 'What is your name?'])
})

test('a person who changes their number goes on with the same conversation, and the old number is nobody’s', async () => {
  const moved = '34699999999'
  await say('wamid.1', 'hello')
  await cloud.taken(1)
  const system = { body: 'moved', wa_id: moved, type: 'user_changed_number' }
  const change = whatsAppMessage(cloud, { id: 'wamid.2', from: ana }, { type: 'system', system })
  for (const _ of [1, 2]) expect((await cloud.post(address(), change)).status).toBe(200)
  await cloud.post(address(), whatsAppText(cloud, { id: 'wamid.3', from: moved }, 'Ana'))
  await cloud.taken(2)
  await say('wamid.4', 'hello')
  await cloud.taken(3)
  expect(texts()).toEqual(['What is your name?', 'Thank you, Ana.', 'What is your name?'])
  expect(cloud.sent.map(({ body }) => body['to'])).toEqual([ana, moved, ana])
})

test('a change of number that is delivered again changes nothing, also after they changed back', async () => {
  const other = '34699999999'
  const change = (id: string, from: string, wa_id: string) =>
    whatsAppMessage(cloud, { id, from }, { type: 'system', system: { body: 'b', wa_id, type: 'user_changed_number' } })
  await say('wamid.1', 'hello')
  await cloud.taken(1)
  const first = change('wamid.2', ana, other)
  for (const each of [first, change('wamid.3', other, ana), first]) await cloud.post(address(), each)
  await say('wamid.4', 'Ana')
  await cloud.taken(2)
  expect(texts()).toEqual(['What is your name?', 'Thank you, Ana.'])
})

test('what was written before the number changed, in the same envelope, is of the same person', async () => {
  await say('wamid.1', 'hello')
  await cloud.taken(1)
  const system = { body: 'moved', wa_id: '34699999999', type: 'user_changed_number' }
  const messages = [
    { id: 'wamid.2', from: ana, type: 'text', text: { body: 'Ana' } },
    { id: 'wamid.3', from: ana, type: 'system', system },
  ]
  await cloud.post(address(), whatsAppEnvelope(cloud, { messages }))
  await cloud.taken(2)
  expect(texts()).toEqual(['What is your name?', 'Thank you, Ana.'])
})

test('a person without a phone number whose user id changes goes on with the same conversation', async () => {
  const hear = (message: object) =>
    cloud.post(address(), whatsAppEnvelope(cloud, { messages: [message as JsonObject] }))
  await hear({ id: 'wamid.1', from_user_id: 'ES.1', type: 'text', text: { body: 'hello' } })
  await cloud.taken(1)
  const system = { type: 'user_changed_user_id', previous_user_id: 'ES.1', user_id: 'ES.2' }
  await hear({ id: 'wamid.2', type: 'system', system })
  await hear({ id: 'wamid.3', from_user_id: 'ES.2', type: 'text', text: { body: 'Ana' } })
  await cloud.taken(2)
  expect(texts()).toEqual(['What is your name?', 'Thank you, Ana.'])
})

test('a tap on an earlier question is no answer to the one that is open now', async () => {
  const tapYes = (id: string, on: number) => {
    const context = { from: '15550001111', id: cloud.sent[on]?.wamid ?? '' }
    const interactive = { type: 'button_reply', button_reply: { id: 'yes', title: 'Yes' } }
    const tap = { type: 'interactive', context, interactive }
    return cloud.post(address(), whatsAppMessage(cloud, { id, from: ana }, tap))
  }
  const said = () => JSON.stringify(cloud.sent.at(-1)?.body)
  for (const [at, text] of ['pay', 'Ana', 'yes'].entries()) {
    await say(`wamid.${at}`, text)
    await cloud.taken(at + 1)
  }
  // "Shall we pay 5?" was answered in words: its buttons are still there.
  await tapYes('wamid.4', 1)
  await cloud.taken(4)
  expect(said()).toContain('Shall we pay 5000?')
  await tapYes('wamid.5', 2)
  await cloud.taken(5)
  expect(said()).toContain('Paid 5000.')
})

test('what Meta says later of a message is kept: one that failed for good waits for a person', async () => {
  await say('wamid.1', 'hello')
  const [sent] = await cloud.taken(1)
  const failed = whatsAppStatus(cloud, sent?.wamid ?? '', 'failed', [{ code: 131026, title: 'Undeliverable' }])
  expect((await cloud.post(address(), failed)).status).toBe(200)
  const dead = async () =>
    (await (await fetch(`http://127.0.0.1:${plane.privatePort}/metrics`)).text()).match(/^outbox_dead (\d+)/m)?.[1]
  await expect.poll(dead, soon).toBe('1')
})

test('a payment that Meta misses only afterwards stops the channel, and no message is lost by it', async () => {
  await say('wamid.1', 'hello')
  const [sent] = await cloud.taken(1)
  await cloud.post(address(), whatsAppStatus(cloud, sent?.wamid ?? '', 'failed', [{ code: 131042, title: 'Payment' }]))
  const metrics = async () => (await fetch(`http://127.0.0.1:${plane.privatePort}/metrics`)).text()
  await expect.poll(metrics, soon).toMatch(/^outbox_breaker_total\{channel="shop",state="open"\} 1$/m)
  await cloud.post(address(), whatsAppText(cloud, { id: 'wamid.2', from: '34611111111' }, 'hello'))
  await expect.poll(metrics, soon).toMatch(/^outbox_unsent\{channel="shop"\} 2$/m)
  expect(cloud.sent).toHaveLength(1)
})

test('the bot is silent once a person of the business has answered in the WhatsApp app', async () => {
  await say('wamid.1', 'hello')
  await cloud.taken(1)
  const echo = { id: 'wamid.e', to: ana, type: 'text', text: { body: 'Hi, this is Eva.' } }
  await cloud.post(address(), whatsAppEnvelope(cloud, { message_echoes: [echo] }))
  await say('wamid.2', 'Ana')
  // Somebody else's answer, later, shows that there was time for it.
  await cloud.post(address(), whatsAppText(cloud, { id: 'wamid.3', from: '34611111111' }, 'hello'))
  await cloud.taken(2)
  expect(cloud.sent.map(({ body }) => body['to'])).toEqual([ana, '34611111111'])
})

test('what Meta refuses for now is sent again, and nothing before it is', async () => {
  cloud.reply({ error: 131016, status: 500 })
  await say('wamid.1', 'hello')
  await cloud.taken(1)
  expect(texts()).toEqual(['What is your name?'])
})

/** From now on the number has a template for what is said late. */
async function nameTemplate(): Promise<void> {
  const channels = bundle.release.channels.map((channel) => ({
    ...channel,
    config: { ...channel.config, templates: { reopen: 'news/en_US' } },
  }))
  await publish({ ...bundle, release: { ...bundle.release, number: 2, channels } })
}

test('what Meta calls too late is said by the template, whether it says so at once or afterwards', async () => {
  await nameTemplate()
  cloud.reply({ error: 131047 })
  await say('wamid.1', 'hello')
  await cloud.taken(1)
  await say('wamid.2', 'Ana')
  await cloud.taken(2)
  const [, free] = cloud.sent
  await cloud.post(address(), whatsAppStatus(cloud, free?.wamid ?? '', 'failed', [{ code: 131047, title: 'Too late' }]))
  await cloud.taken(3)
  expect(cloud.sent.map(({ body }) => body['type'])).toEqual(['template', 'text', 'template'])
})

test('a channel that a new release brings is there at once, and one that it drops is not', async () => {
  const other = {
    name: 'repairs',
    type: 'whatsapp',
    config: bundle.release.channels[0]?.config ?? {},
    credential: 'meta',
  }
  expect((await say('wamid.1', 'hello', 'repairs')).status).toBe(404)
  await publish({ ...bundle, release: { ...bundle.release, number: 2, channels: [other] } })
  expect((await say('wamid.1', 'hello', 'repairs')).status).toBe(200)
  expect((await say('wamid.2', 'hello')).status).toBe(404)
  await cloud.taken(1)
})

test('replies that wait for a channel that was taken away are told of, and go out once it is back', async () => {
  cloud.reply({ error: 131016, status: 500 })
  await say('wamid.1', 'hello')
  const unsent = async () => (await ask<TenantStatus>(plane, '/internal/status')).backlog.unsent
  await expect.poll(unsent, soon).toMatchObject([{ channel: 'shop', pushed: true }])
  await publish({ ...bundle, release: { ...bundle.release, number: 2, channels: [] } })
  const error = expect.stringContaining('No channel is called shop') as string
  expect(await unsent()).toMatchObject([{ channel: 'shop', pushed: true, error }])
  await publish({ ...bundle, release: { ...bundle.release, number: 3 } })
  await cloud.taken(1)
  expect(texts()).toEqual(['What is your name?'])
})

test('a release whose channel cannot be built is refused, and the one before goes on', async () => {
  await expect(publish({ ...bundle, credentials: { meta: 'not JSON' } })).rejects.toThrow(
    'channel shop, credential meta',
  )
  await cloud.post(address(), whatsAppMessage(cloud, { id: 'w', from: ana }, { type: 'text', text: { body: 'hello' } }))
  await cloud.taken(1)
})
