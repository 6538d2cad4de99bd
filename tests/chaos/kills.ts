import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { DeadLetter, EffectView, MessageView, StoreCounts } from '@copse/contracts'
import { verifyFolder } from '@copse/store'
import { stringify } from 'yaml'
import { startTenant, type TenantProcess } from '../e2e/process/tenant-process.ts'
import { chanceOf } from './chance.ts'
import { startLedger, type Call } from './ledger-server.ts'
import { procedures, tenantConfig } from './tenant.ts'

export interface KillReport {
  seed: number
  kills: number
  acknowledged: number
  /** Deliveries that were repeated on purpose, and those that were sent again because no answer came. */
  repeated: number
  /** Each of these is a broken promise, in a sentence. */
  broken: string[]
  /** At most one of a session: nobody could know. */
  uncertain: number
  /** Under way in every one of three kills in a row, and so taken for what killed the process: apologised for, and kept. */
  buried: number
  seconds: number
}

interface Message {
  from: string
  id: string
  text: string
}

const contacts = Array.from({ length: 12 }, (_, at) => `contact-${at}`)

/**
 * A tenant's process under load from many contacts, killed again and again at random moments, while a fifth of the
 * messages are delivered twice and a tenth change places. What the outside and the store say afterwards is compared
 * with what was acknowledged.
 */
export async function killAgainAndAgain({ kills, seed }: { kills: number; seed: number }): Promise<KillReport> {
  const chance = chanceOf(seed)
  const home = await mkdtemp(join(tmpdir(), 'copse-chaos-'))
  const ledger = await startLedger()
  for (const [name, text] of Object.entries(procedures)) await writeFile(join(home, name), text)
  await writeFile(join(home, 'tenant.yaml'), stringify(tenantConfig(ledger.url)))
  const place = { configPath: join(home, 'tenant.yaml'), folder: join(home, 'data'), cache: join(home, 'cache') }
  const begun = Date.now()
  let tenant: TenantProcess = await startTenant(place)
  const over = new AbortController()
  let repeated = 0
  /** By contact, in the order in which the process said that it has them. */
  const acknowledged = new Map<string, Message[]>(contacts.map((contact) => [contact, []]))

  /** As a channel would: again and again until it is acknowledged. */
  async function deliver(message: Message): Promise<void> {
    for (;;) {
      const taken = await fetch(`${tenant.url}/inbound`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ from: message.from, text: message.text, message_id: message.id }),
      }).then(
        (answer) => answer.status === 200,
        () => false,
      )
      if (taken) return
      repeated++
      await sleep(5 + chance() * 20)
    }
  }

  async function talk(contact: string, at: number): Promise<void> {
    for (let number = 0; !over.signal.aborted; number += 2) {
      const pair = [number, number + 1].map((n): Message => {
        const note = `N${at}${String(n).padStart(6, '0')}`
        return { from: contact, id: note, text: `${chance() < 0.5 ? 'keep' : 'pay'} ${note}` }
      })
      if (chance() < 0.1) pair.reverse()
      for (const message of pair) {
        await deliver(message)
        acknowledged.get(contact)!.push(message)
        if (chance() < 0.2) {
          repeated++
          await deliver(message)
        }
      }
      await sleep(chance() * 30)
    }
  }

  try {
    const talks = contacts.map((contact, at) => talk(contact, at + 1))
    for (let kill = 0; kill < kills; kill++) {
      await sleep(20 + chance() * 300)
      await tenant.kill()
      tenant = await startTenant(place)
    }
    over.abort()
    await Promise.all(talks)
    await atRest(tenant)
    const heard = await Promise.all(contacts.map(async (contact) => [contact, await heardBy(tenant, contact)] as const))
    const { effects } = await tenant.get<{ effects: EffectView[] }>('/api/effects?state=uncertain&limit=500')
    const { messages: dead } = await tenant.get<{ messages: DeadLetter[] }>('/api/dead-letters?limit=500')
    const { counts } = await tenant.get<{ counts: StoreCounts }>('/internal/status')
    return {
      seed,
      kills,
      acknowledged: [...acknowledged.values()].reduce((sum, { length }) => sum + length, 0),
      repeated,
      broken: [
        ...heard.flatMap(([contact, messages]) => brokenFor(contact, acknowledged.get(contact)!, messages)),
        ...brokenOutside(ledger.calls),
        ...brokenEffects(effects, new Set(dead.map(({ turnId }) => turnId))),
        ...(await verifyFolder(place.folder)).problems,
      ],
      uncertain: counts.uncertainEffects,
      buried: counts.deadMessages,
      seconds: Math.round((Date.now() - begun) / 1_000),
    }
  } finally {
    over.abort()
    await tenant.kill()
    await ledger.close()
    await rm(home, { recursive: true, force: true })
  }
}

async function atRest(tenant: TenantProcess): Promise<void> {
  for (;;) {
    const { counts } = await tenant.get<{ counts: StoreCounts }>('/internal/status')
    if (counts.pendingMessages === 0) return
    await sleep(20)
  }
}

async function heardBy(tenant: TenantProcess, contact: string): Promise<MessageView[]> {
  const { messages } = await tenant.get<{ messages: MessageView[] }>(`/messages?from=${contact}`)
  return messages
}

/** Everything acknowledged was heard once, in that order, and answered once. */
function brokenFor(contact: string, acknowledged: readonly Message[], messages: readonly MessageView[]): string[] {
  const broken: string[] = []
  const heard = messages.filter(({ author }) => author === 'customer').map(({ text }) => text)
  const wanted = acknowledged.map(({ text }) => text)
  const lost = wanted.filter((text) => !heard.includes(text))
  const twice = heard.filter((text, at) => heard.indexOf(text) !== at)
  if (lost.length > 0) broken.push(`${contact}: acknowledged and lost: ${lost.join(', ')}`)
  if (twice.length > 0) broken.push(`${contact}: handled twice: ${twice.join(', ')}`)
  if (broken.length === 0 && heard.join() !== wanted.join()) broken.push(`${contact}: handled in another order`)
  const turnOf = new Map(
    messages.filter(({ author }) => author === 'customer').map(({ text, turnId }) => [text, turnId]),
  )
  for (const { text } of acknowledged) {
    const answers = messages.filter(({ author, turnId }) => author === 'business' && turnId === turnOf.get(text))
    if (answers.length !== 1) broken.push(`${contact}: ${text} was answered ${answers.length} times`)
  }
  return broken
}

/** One key for each note; what cannot be done twice was called once. */
function brokenOutside(calls: readonly Call[]): string[] {
  const byNote = Map.groupBy(calls, ({ operation, note }) => `${operation} ${note}`)
  return [...byNote].flatMap(([what, same]) => {
    const keys = new Set(same.map(({ key }) => key))
    if (keys.size > 1) return [`${what} was done under ${keys.size} keys`]
    return what.startsWith('pay') && same.length > 1 ? [`${what} was called ${same.length} times`] : []
  })
}

/** A turn that is buried leaves what it had begun to a person, whatever could have been done with it. */
function brokenEffects(uncertain: readonly EffectView[], buried: ReadonlySet<string>): string[] {
  const left = uncertain.filter(({ turnId }) => !buried.has(turnId))
  const bySession = Map.groupBy(left, ({ sessionId }) => sessionId)
  const several = [...bySession].filter(([, effects]) => effects.length > 1)
  const idempotent = left.filter(({ policy }) => policy === 'idempotent')
  return [
    ...several.map(([session, effects]) => `session ${session} has ${effects.length} uncertain effects`),
    ...idempotent.map(({ key }) => `${key} could have been repeated and was left uncertain`),
  ]
}
