import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { verifyFolder } from '@copse/store'
import { whatsAppText } from '@copse/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../apps/control-plane/src/testing/eventually.ts'
import { parseExposition } from './exposition.ts'
import { openMeta, type Meta } from './process/meta.ts'
import { openPlanes, type Planes, type Tenant } from './process/planes.ts'

/**
 * The shipped refund over WhatsApp, as it is in production: the secrets come sealed from the control plane, customers and
 * people reach different ports, Meta repeats itself and tells things in no order, and the process is killed at the worst
 * moments. The cases are one story and run in order.
 */
const verifyToken = 'a-word-of-the-operator'

/** Where it is killed, and how often Meta then has the answer: who dies without knowing that it was taken sends it again. */
const points = [
  { at: 'accepted', answers: 1 },
  { at: 'in the middle of the refund', answers: 1 },
  { at: 'outcome-committed', answers: 1 },
  { at: 'committed', answers: 1 },
  { at: 'send-claimed', answers: 1 },
  { at: 'in the middle of the send', answers: 2 },
  { at: 'send-returned', answers: 2 },
  { at: 'receipts-applied', answers: 1 },
] as const

let meta: Meta
let planes: Planes
let techmart: Tenant
let byHand: ChildProcess
let patrons: ReturnType<typeof openPatron>[]

beforeAll(async () => {
  meta = await openMeta()
  planes = await openPlanes()
  const { accessToken, appSecret, phoneNumberId, url: baseUrl } = meta.cloud
  techmart = await planes.deploy('techmart', {
    dev: false,
    async more(base) {
      const value = JSON.stringify({ accessToken, appSecret, verifyToken })
      await planes.ask('PUT', `${base}/credentials/meta`, { value })
      const config = { phoneNumberId, baseUrl }
      await planes.ask('PUT', `${base}/channels/shop`, { type: 'whatsapp', config, credential: 'meta' })
    },
  })
  meta.callAt(webhook())
  patrons = points.map((_, at) => openPatron(10 + at))
})
afterAll(async () => {
  await planes.close()
  await meta.cloud.close()
})

const webhook = () => `http://127.0.0.1:${techmart.port}/webhooks/shop`

/** Somebody with an order that was delivered last week. */
function openPatron(number: number) {
  const { database } = planes.business
  const [id, order, phone] = [`CUST-9${number}`, `ORD-9${number}`, `346000009${number}`]
  database
    .prepare("INSERT INTO customers VALUES (?, 'Ann', ?, ?, 'active', 'gold', 1, '2024-01-01')")
    .run(id, `${id}@example.com`, `+${phone}`)
  database
    .prepare("INSERT INTO orders VALUES (?, ?, 'Shop', 50, 'USD', 'delivered', 9, 5, 'card', 'Main St 1')")
    .run(order, id)
  database.prepare("INSERT INTO order_items VALUES (NULL, ?, 'Blue Lamp', 'BL-1', 1, 50)").run(order)
  return { ...meta.customer(phone), order }
}
type Patron = ReturnType<typeof openPatron>

const opening = 'I want a refund'

const asksForOrder =
  'Sure, let me find your order. The number (like ORD-123) is best, but the shop, the item or the amount will do too.'

/** What they have read when they were asked which order it is, when it was found, and when it was paid back. */
function storyOf({ order }: Patron) {
  const reference = refundsOf(order)[0]?.refund_id
  return [
    { text: asksForOrder, buttons: [] },
    {
      text: `I found your order ${order} from Shop: Blue Lamp for $50.00, delivered 5 days ago. Is that the order you mean?`,
      buttons: ['Yes', 'No'],
    },
    {
      text: `Your refund of $50.00 for order ${order} is on its way. It goes back the way you paid and takes 5 to 7 business days. Your reference is ${reference}. Thank you for your patience. Write to me any time if there is anything else.`,
      buttons: [],
    },
  ]
}

const refundsOf = (order: string) =>
  planes.business.database
    .prepare<unknown[], { refund_id: string; idempotency_key: string }>('SELECT * FROM refunds WHERE order_id = ?')
    .all(order)

/** One refund outside, one effect of each kind inside, and both sides of the conversation once. */
async function expectOneRefund({ phone, order }: Patron): Promise<void> {
  const refunds = refundsOf(order)
  expect(refunds).toHaveLength(1)
  const { sessions } = (await techmart.get(`/api/sessions?channel=shop&user_id=${phone}`)).body
  expect(sessions).toMatchObject([{ status: 'completed', outcome: 'resolved' }])
  const { effects } = (await techmart.get(`/api/effects?session_id=${sessions[0].id}`)).body
  expect(effects).toHaveLength(2)
  expect(effects).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ name: 'issue_refund', state: 'done', key: refunds[0]?.idempotency_key }),
      expect.objectContaining({ name: 'update_case_status', state: 'done' }),
    ]),
  )
  const { messages } = (await techmart.get(`/api/sessions/${sessions[0].id}/messages`)).body
  expect(messages).toMatchObject([
    { author: 'customer', text: opening },
    { author: 'business' },
    { author: 'customer', text: order },
    { author: 'business' },
    { author: 'customer', text: 'Yes' },
    { author: 'business' },
  ])
}

async function metric(name: string, labels: Record<string, string> = {}): Promise<number> {
  const samples = parseExposition(await techmart.read('/metrics')).filter(
    (sample) =>
      sample.name === name && Object.entries(labels).every(([label, value]) => sample.labels[label] === value),
  )
  return samples.reduce((sum, { value }) => sum + value, 0)
}

describe('the refund over WhatsApp', () => {
  it('goes from the first word to one refund, and each answer reaches Meta once', async () => {
    const ann = openPatron(1)
    await ann.says(opening)
    await ann.got(1)
    await ann.reads()
    await ann.says(ann.order)
    await ann.got(2)
    await ann.taps('Yes')
    await ann.got(3)
    await ann.reads()
    await meta.deliverAgain()
    expect(ann.shown()).toEqual(storyOf(ann))
    await expectOneRefund(ann)
  })

  it('takes nothing that is not signed, and nothing that is for another number', async () => {
    const ben = openPatron(2)
    const from = { id: 'wamid.forged', from: ben.phone }
    const body = JSON.stringify(whatsAppText(meta.cloud, from, opening))
    const forged = await fetch(webhook(), { method: 'POST', headers: meta.cloud.sign(`${body} `), body })
    expect([forged.status, await forged.text()]).toEqual([401, ''])
    const other = whatsAppText({ phoneNumberId: '999999' }, from, opening)
    expect((await meta.cloud.post(webhook(), other)).status).toBe(200)
    // What is taken rests for a second before its turn, and would be seen here.
    expect(await metric('inbox_pending')).toBe(0)
    expect(await metric('webhook_refused_total', { channel: 'shop' })).toBe(1)
    expect(await metric('webhook_dropped_total', { channel: 'shop', reason: 'other_binding' })).toBe(1)
    expect((await fetch(`http://127.0.0.1:${techmart.port}/metrics`)).status).toBe(404)
  })

  it('is silent for who writes STOP, and speaks again for who writes START', async () => {
    const eve = openPatron(3)
    await eve.says(opening)
    await eve.got(1)
    await eve.says('STOP')
    await eve.got(2)
    await eve.says(eve.order)
    await eventually(async () => (await metric('outbox_withheld_total', { reason: 'opted_out' })) === 1)
    await eve.says('START')
    await eve.got(3)
    expect(eve.shown()).toMatchObject([
      { text: asksForOrder },
      { text: 'You will get no more messages from us here. Write START if you change your mind.' },
      // What was withheld is said now: the word that lets us speak again answers nothing.
      { text: expect.stringMatching(/^I found your order .*Is that the order you mean\?$/), buttons: ['Yes', 'No'] },
    ])
  })

  it('survives that everything dies when all have been told that they were heard, without the control plane', async () => {
    const pid = Number.parseInt((await planes.instance('techmart')).process ?? '', 10)
    await planes.killControlPlane()
    await Promise.all(patrons.map((patron) => patron.says(opening)))
    process.kill(pid, 'SIGKILL')
    byHand = await planes.startByHand('techmart', techmart.port, 'killable')
    await meta.deliverAgain()
    await Promise.all(patrons.map((patron) => patron.got(1)))
    await Promise.all(patrons.map((patron) => patron.reads()))
    await Promise.all(patrons.map((patron) => patron.says(patron.order)))
    await Promise.all(patrons.map((patron) => patron.got(2)))
    for (const patron of patrons) expect(patron.shown()).toEqual(storyOf(patron).slice(0, 2))
  })

  it.for(points.map((point, at) => ({ ...point, patron: at })))(
    'is made once by a process that is killed at «$at»',
    async ({ at, answers, patron: index }) => {
      const patron = patrons[index]!
      const died = once(byHand, 'exit')
      let pending: Promise<void>
      if (at === 'in the middle of the refund') {
        planes.business.faults.set({ delayMs: 100, fail: 'none', operation: 'issue_refund', times: 1 })
        pending = patron.taps('Yes')
        await eventually(() => planes.business.faults.read().delayMs === 0)
        byHand.kill('SIGKILL')
      } else if (at === 'in the middle of the send') {
        meta.cloud.reply({ broken: 'silent' })
        pending = patron.taps('Yes')
        await patron.got(3)
        byHand.kill('SIGKILL')
      } else if (at === 'receipts-applied') {
        await patron.taps('Yes')
        await patron.got(3)
        await armedAt(at)
        pending = patron.reads()
      } else {
        await armedAt(at)
        pending = patron.taps('Yes')
      }
      expect(await died).toEqual([null, 'SIGKILL'])

      byHand = await planes.startByHand('techmart', techmart.port, 'killable')
      await meta.deliverAgain()
      await pending
      await patron.got(2 + answers)
      await patron.reads()
      expect(await metric('outbox_redelivered_total')).toBe(answers === 2 || at === 'send-claimed' ? 1 : 0)
      await expectOneRefund(patron)
    },
  )

  it('has left nothing unsaid, undone or in doubt, and its secrets nowhere', async () => {
    const { counts } = (await techmart.get('/internal/status')).body
    expect(counts).toMatchObject({
      pendingMessages: 0,
      deadMessages: 0,
      unsentMessages: 0,
      deadSends: 0,
      uncertainEffects: 0,
    })
    for (const [at, patron] of patrons.entries()) {
      const [asked, found, paid] = storyOf(patron)
      expect(patron.shown()).toEqual([asked, found, ...Array.from({ length: points[at]!.answers }, () => paid)])
      // An answer that Meta had twice is known by its name: it is the same one.
      expect(new Set(patron.keys()).size).toBe(3)
    }
    expect(meta.cloud.refused).toEqual([])
    expect(await verifyFolder(join(planes.folder('techmart'), 'data'))).toEqual({ ok: true, problems: [] })
    const files = globSync(join(planes.dataFolder, '**/*')).filter((file) => statSync(file).isFile())
    const seen = [...planes.heard, ...files.map((file) => readFileSync(file, 'latin1'))]
    const { accessToken, appSecret } = meta.cloud
    for (const secret of [accessToken, appSecret, verifyToken])
      expect(seen.some((text) => text.includes(secret))).toBe(false)
  })
})

/** It dies the next time that it comes there. */
async function armedAt(point: string): Promise<void> {
  byHand.send(point)
  await once(byHand, 'message')
}
