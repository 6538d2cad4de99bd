/**
 * Customers, in a process of their own: each taps a button once, at a fixed rate, whether or not what came before was
 * answered. Also the outside that the replies are sent to. Says when each message was due and when it was acknowledged.
 */
import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { startWhatsAppCloud, whatsAppMessage } from '@copse/testkit'

export interface Order {
  webhook: string
  perS: number
  forMs: number
}

/** By message id; times are the wall clock's, in ms. */
export type Sent = Record<string, { dueAt: number; ackedAt: number }>

export interface Account {
  url: string
  phoneNumberId: string
  accessToken: string
  appSecret: string
}

const cloud = await startWhatsAppCloud()
const agent = new Agent({ keepAlive: true, maxSockets: 64 })
const now = (): number => performance.timeOrigin + performance.now()
let messages = 0

async function load({ webhook, perS, forMs }: Order): Promise<Sent> {
  const sent: Sent = {}
  const waiting: Promise<void>[] = []
  const start = now()
  const count = Math.round((perS * forMs) / 1000)
  while (waiting.length < count) {
    while (waiting.length < count) {
      const dueAt = start + (waiting.length * 1000) / perS
      if (dueAt > now()) break
      const id = `wamid.${messages++}`
      waiting.push(tap(webhook, id).then((ackedAt) => void (sent[id] = { dueAt, ackedAt })))
    }
    await sleep(1)
  }
  await Promise.all(waiting)
  return sent
}

function tap(webhook: string, id: string): Promise<number> {
  const interactive = { type: 'button_reply', button_reply: { id: 'refund', title: 'I want a refund' } }
  const from = { id, from: String(34_600_000_000 + messages) }
  const body = JSON.stringify(whatsAppMessage(cloud, from, { type: 'interactive', interactive }))
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', ...cloud.sign(body) }
    request(webhook, { agent, method: 'POST', headers }, (response) => {
      response.resume().on('end', () => {
        if (response.statusCode === 200) resolve(now())
        else reject(new Error(`A webhook was answered with ${response.statusCode}.`))
      })
    })
      .on('error', reject)
      .end(body)
  })
}

process.on('message', (order) => void load(order as Order).then((sent) => process.send!(sent)))
const { url, phoneNumberId, accessToken, appSecret } = cloud
process.send!({ url, phoneNumberId, accessToken, appSecret } satisfies Account)
