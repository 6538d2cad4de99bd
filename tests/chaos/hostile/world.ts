import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import type { StoreCounts } from '@copse/contracts'
import { startWhatsAppCloud, whatsAppMessage, type WhatsAppCloud } from '@copse/testkit'
import { stringify } from 'yaml'
import { startTenant, type TenantProcess } from '../../e2e/process/tenant-process.ts'
import { procedures, tenantConfig } from '../tenant.ts'

/** A status, or how the connection ended without one. */
export type Answer = number | 'cut' | 'open'

/** A tenant's process with one WhatsApp number, and everybody who writes to it. */
export interface HostileWorld {
  tenant: TenantProcess
  cloud: WhatsAppCloud
  /** Host and port, for those who write their own requests. */
  port: number
  path: string
  /** Posts the bytes, signed unless headers are given. */
  post(raw: string | Uint8Array, headers?: Record<string, string>): Promise<{ answer: Answer; text: string }>
  /** As Meta would: again while it is told that now is no good moment. */
  deliver(raw: string | Uint8Array): Promise<Answer[]>
  /** Rows of contacts, messages and their ids, but for those of the contact who does nothing wrong. */
  rows(): number
  /** How many milliseconds a contact who does nothing wrong waits: for the 200, and for what they read. */
  politely(while_: Promise<unknown>): Promise<{ acknowledgedMs: number[]; answeredMs: number[] }>
  /** Resident memory in MB. */
  memory(): number
  atRest(): Promise<void>
  close(): Promise<void>
}

const polite = '34600000000'
/** Then it counts as this slow. */
const longestAnswerMs = 20_000
/** Three minutes: longer than any backlog of these cases lasts. */
const redeliveries = 1_800

export async function openHostileWorld(): Promise<HostileWorld> {
  const home = await mkdtemp(join(tmpdir(), 'copse-hostile-'))
  const cloud = await startWhatsAppCloud()
  const { accessToken, appSecret, phoneNumberId } = cloud
  for (const [name, text] of Object.entries(procedures)) await writeFile(join(home, name), text)
  await writeFile(join(home, 'meta.json'), JSON.stringify({ accessToken, appSecret, verifyToken: 'a-word-of-ours' }))
  const config = {
    // Nothing of this reaches a connector.
    ...tenantConfig('http://127.0.0.1:9'),
    channels: [{ name: 'shop', type: 'whatsapp', config: { phoneNumberId, baseUrl: cloud.url }, credential: 'meta' }],
    credentials: { meta: 'meta.json' },
  }
  await writeFile(join(home, 'tenant.yaml'), stringify(config))
  const place = { configPath: join(home, 'tenant.yaml'), folder: join(home, 'data'), cache: join(home, 'cache') }
  const tenant = await startTenant(place)
  const port = Number(new URL(tenant.url).port)
  const path = '/webhooks/shop'
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const politeAgent = new Agent({ keepAlive: true })
  let asked = 0

  const postBy: (by: Agent, ...of: Required<Parameters<HostileWorld['post']>>) => ReturnType<HostileWorld['post']> = (
    by,
    raw,
    headers,
  ) =>
    new Promise((resolve) => {
      const call = request({ host: '127.0.0.1', port, path, method: 'POST', headers, agent: by })
      call.on('response', (response) => {
        let said = ''
        response.setEncoding('utf8').on('data', (chunk: string) => (said += chunk))
        response.on('close', () => resolve({ answer: response.statusCode ?? 'cut', text: said }))
      })
      call.on('error', () => resolve({ answer: 'cut', text: '' }))
      call.end(raw)
    })

  const counts = async (): Promise<StoreCounts> =>
    (await tenant.get<{ counts: StoreCounts }>('/internal/status')).counts

  const db = new DatabaseSync(join(place.folder, 'copse.db'), { readOnly: true })
  const countRows = db.prepare(`SELECT
    (SELECT count(*) FROM contacts) +
    (SELECT count(*) FROM inbox WHERE alias <> :polite) +
    (SELECT count(*) FROM dedupe WHERE contact_id <> (SELECT contact_id FROM aliases WHERE alias = :polite)) AS rows`)

  return {
    tenant,
    cloud,
    port,
    path,
    post: (raw, headers = cloud.sign(raw)) => postBy(agent, raw, headers),
    async deliver(raw) {
      const answers: Answer[] = []
      for (let at = 0; at < redeliveries; at++) {
        answers.push((await postBy(agent, raw, cloud.sign(raw))).answer)
        if (answers.at(-1) !== 503) break
        await sleep(100)
      }
      return answers
    },
    rows: () => Number(countRows.get({ polite })?.['rows']),
    async politely(while_) {
      const state = { isOver: false, isGone: false }
      const end = (): void => void (state.isOver = true)
      while_.then(end, end)
      void tenant.ended.then(() => (state.isGone = true))
      const acknowledgedMs: number[] = []
      const answeredMs: number[] = []
      do {
        const id = `wamid.polite${asked++}`
        const reply = { type: 'button_reply', button_reply: { id: `tap${asked}`, title: 'keep' } }
        const envelope = whatsAppMessage(cloud, { id, from: polite }, { type: 'interactive', interactive: reply })
        const before = answersTo(cloud)
        const raw = JSON.stringify(envelope)
        const begun = performance.now()
        const { answer } = await postBy(politeAgent, raw, cloud.sign(raw))
        // One who is told to come back has not been served.
        if (answer !== 200) {
          await sleep(20)
          continue
        }
        acknowledgedMs.push(performance.now() - begun)
        while (answersTo(cloud) === before && performance.now() - begun < longestAnswerMs) await sleep(1)
        answeredMs.push(performance.now() - begun)
        await sleep(10)
      } while (!state.isGone && (!state.isOver || acknowledgedMs.length === 0))
      return { acknowledgedMs, answeredMs }
    },
    memory() {
      const file = `/proc/${tenant.pid}/status`
      const status = existsSync(file) ? readFileSync(file, 'utf8') : ''
      return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024)
    },
    async atRest() {
      for (;;) {
        const { pendingMessages, unsentMessages } = await counts()
        if (pendingMessages + unsentMessages === 0) return
        await sleep(50)
      }
    },
    async close() {
      agent.destroy()
      politeAgent.destroy()
      db.close()
      await tenant.kill()
      await cloud.close()
      await rm(home, { recursive: true, force: true })
    },
  }
}

const seen = new WeakMap<WhatsAppCloud, { upTo: number; count: number }>()

/** How many messages the polite contact has got. */
function answersTo(cloud: WhatsAppCloud): number {
  const known = seen.get(cloud) ?? { upTo: 0, count: 0 }
  for (; known.upTo < cloud.sent.length; known.upTo++) if (cloud.sent[known.upTo]?.body['to'] === polite) known.count++
  seen.set(cloud, known)
  return known.count
}
