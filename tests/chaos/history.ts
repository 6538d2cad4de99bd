import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as breathe, setTimeout as sleep } from 'node:timers/promises'
import {
  digest,
  type Channel,
  type EffectOutcome,
  type HandleTurn,
  type InboundEvent,
  type Store,
  type TimerFiring,
  type Turn,
  type TurnResult,
} from '@copse/contracts'
import { openLane, type Lane } from '@copse/lane'
import { openStore } from '@copse/store'
import { chanceOf } from './chance.ts'

/** A life of a tenant's process, or rather of several, one after the other: every choice follows from the seed. */
export interface History {
  seed: number
  /** Each of these is a broken promise, in a sentence. */
  broken: string[]
  kills: number
  acknowledged: number
  fired: number
}

const contacts = ['ana', 'bea', 'cem']
const day = 86_400_000

export async function live(seed: number): Promise<History> {
  const world = new World(seed)
  try {
    await world.open()
    for (let step = 0; step < 24; step++) await world.step()
    await world.settle()
    return await world.report()
  } finally {
    await world.remove()
  }
}

/** What outlives a process: the disk, the outside, the customers, and the clock on the wall. */
class World {
  readonly #seed: number
  readonly #chance: () => number
  readonly #folder: string
  #now = Date.UTC(2026, 2, 28, 12)
  #latest = this.#now
  #ids = 0
  #process: Process | undefined
  #kills = 0
  #isCalm = false
  /** By contact, in the order in which they were acknowledged. */
  readonly #acknowledged = new Map<string, string[]>(contacts.map((contact) => [contact, []]))
  readonly #delivered: InboundEvent[] = []
  readonly outside = new Outside()

  constructor(seed: number) {
    this.#seed = seed
    this.#chance = chanceOf(seed)
    this.#folder = mkdtempSync(join(tmpdir(), 'copse-history-'))
  }

  async open(): Promise<void> {
    const store = await openStore({ folder: this.#folder, clock: this.clock, ids: this.ids })
    this.#process = await Process.start(store, this)
  }

  readonly clock = { now: (): number => this.#now }
  readonly ids = { newId: (): string => `${this.#seed}-${this.#ids++}` }

  /** Of a thing, not of a moment: what else goes on at the same time changes nothing, and a re-run decides the same. */
  readonly fate = (...of: (string | number)[]): number =>
    Number.parseInt(digest([this.#seed, ...of]).slice(0, 8), 16) / 2 ** 32

  /** How it goes outside: well, once it is calm. */
  readonly luck = (...of: (string | number)[]): number => (this.#isCalm ? 1 : this.fate(...of))

  async step(): Promise<void> {
    const roll = this.#chance()
    if (roll < 0.5) await this.#deliver(this.#newMessage())
    else if (roll < 0.62 && this.#delivered.length > 0) await this.#deliver(this.#pick(this.#delivered))
    else if (roll < 0.74)
      this.#setClock(this.#now + this.#pick([1, 1_000, 60_000, 3_600_000, day, 31 * day, -1_000, -day]))
    else if (roll < 0.86) await this.#kill()
    else for (let turns = this.#chance() * 20; turns > 0; turns--) await breathe()
  }

  /** Nothing goes wrong any more, and all that is still to be done gets its time. */
  async settle(): Promise<void> {
    this.#isCalm = true
    this.#now = this.#latest
    await this.#kill()
    for (let rounds = 0; rounds < 400; rounds++) {
      const { store } = this.#process!
      const { pendingMessages, unsentMessages } = await store.counts()
      const waiting = (await store.timers({ limit: 500 })).filter(({ state }) => state === 'waiting')
      if (pendingMessages + unsentMessages + waiting.length === 0) return
      if (pendingMessages + unsentMessages === 0) this.#now = Math.max(this.#now, ...waiting.map(({ dueAt }) => dueAt))
      else if (rounds % 10 === 9) this.#now += 60_000
      await sleep(2)
    }
    this.outside.broken.push('it does not come to rest')
  }

  async report(): Promise<History> {
    const { store } = this.#process!
    const broken = [...this.outside.broken]
    const rang: string[] = []
    for (const contact of contacts) {
      const acknowledged = this.#acknowledged.get(contact)!
      const known = await store.contact('wire', contact)
      const said = known ? await store.messages({ conversationId: known.conversationId }) : []
      const heard = said.filter(({ author }) => author === 'customer').map(({ text }) => text)
      if (heard.join() !== acknowledged.join()) {
        broken.push(`${contact}: acknowledged ${acknowledged.join()}, handled ${heard.join()}`)
      }
      const replies = said.filter(({ author }) => author === 'business').map(({ text }) => text)
      const sent = this.outside.sent.get(contact) ?? []
      if (withoutRepeats(sent).join() !== withoutRepeats(replies).join()) {
        broken.push(`${contact}: composed ${replies.join()}, sent ${sent.join()}`)
      }
      for (const text of replies) if (text.startsWith('timer of ')) rang.push(text.split(':')[0]!)
      if (sent.length - replies.length > this.#kills) broken.push(`${contact}: more repeats than kills`)
    }
    for (const { name, key, state } of await store.effects({ limit: 500 })) {
      const happened = this.outside.happened.get(key) ?? 0
      if (happened > 1) broken.push(`${name} ${key} happened ${happened} times`)
      if (state === 'done' && happened === 0) broken.push(`${name} ${key} counts as done and never happened`)
      if (state === 'no' && happened > 0) broken.push(`${name} ${key} counts as refused and happened`)
      if (state === 'intent') broken.push(`${name} ${key} is still under way`)
    }
    const fired = (await store.timers({ limit: 500 })).filter(({ state }) => state === 'fired').map(({ key }) => key)
    // Under way in three crashes, it is buried like any other turn, and a person is told.
    for (const { event } of await store.deadLetters(500))
      if (event.kind === 'timer') rang.push((event.data as unknown as TimerFiring).key)
    if (rang.toSorted().join() !== fired.toSorted().join()) broken.push(`fired ${fired.join()}, handled ${rang.join()}`)
    const acknowledged = [...this.#acknowledged.values()].flat().length
    return { seed: this.#seed, broken, kills: this.#kills, acknowledged, fired: fired.length }
  }

  async remove(): Promise<void> {
    await this.#process?.die()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  async #deliver(event: InboundEvent): Promise<void> {
    const isNew = !this.#delivered.includes(event)
    const { duplicate } = await this.#process!.lane.submit(event)
    if (isNew) {
      this.#delivered.push(event)
      this.#acknowledged.get(event.contact.alias)!.push(event.text!)
    } else if (!duplicate) this.outside.broken.push(`${event.messageId} was taken twice`)
  }

  async #kill(): Promise<void> {
    this.#kills++
    await this.#process!.die()
    await this.open()
  }

  #setClock(now: number): void {
    this.#now = now
    this.#latest = Math.max(this.#latest, now)
  }

  #newMessage(): InboundEvent {
    const messageId = `m${this.#delivered.length}`
    return { channel: 'wire', messageId, contact: { alias: this.#pick(contacts) }, kind: 'text', text: messageId }
  }

  #pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.#chance() * from.length)]!
  }
}

/** Everything beyond the process, as it saw it. */
class Outside {
  readonly broken: string[] = []
  /** By key. */
  readonly happened = new Map<string, number>()
  /** By contact, in the order in which they arrived. */
  readonly sent = new Map<string, string[]>()
  readonly atWork = new Set<string>()
}

/** One life. Once dead it changes nothing any more, neither on disk nor outside. */
class Process {
  readonly store: Store
  readonly #world: World
  lane!: Lane
  #isDead = false

  private constructor(store: Store, world: World) {
    this.store = store
    this.#world = world
  }

  static async start(store: Store, world: World): Promise<Process> {
    const started = new Process(store, world)
    const { clock, ids } = world
    world.outside.atWork.clear()
    started.lane = await openLane({
      store: started.#mortal(store),
      handle: (turn) => started.#handle(turn),
      channels: () => new Map([['wire', started.#channel()]]),
      clock,
      ids,
      chance: () => 0,
      limits: {
        retryMs: [0],
        repeatMs: [0, 0],
        stallMs: 1,
        wakeMs: 1,
        sendRetryMs: 1,
        sendAgeMs: 400 * day,
        breakerMs: 1,
        sendAttempts: 1e6,
      },
    })
    return started
  }

  async die(): Promise<void> {
    this.#isDead = true
    await this.store.close()
  }

  /** A store that never answers a dead process: what it asked for may have been done, or not. */
  #mortal(store: Store): Store {
    return new Proxy(store, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name)
        if (typeof value !== 'function') return value
        return async (...args: unknown[]): Promise<unknown> => {
          if (this.#isDead) return new Promise(() => {})
          const answer = (async (): Promise<unknown> =>
            (value as (...args: unknown[]) => unknown).apply(target, args))()
          return new Promise((resolve, reject) => {
            answer.then(
              (found) => this.#isDead || resolve(found),
              (error: unknown) => this.#isDead || reject(error as Error),
            )
          })
        }
      },
    })
  }

  #channel(): Channel {
    const { outside } = this.#world
    const none = { textLength: 1e6, buttons: 0, buttonTitleLength: 0, listRows: 0, rowTitleLength: 0 }
    return {
      name: 'wire',
      limits: { name: 'wire', ...none },
      delivery: 'push',
      send: async ({ alias }, { text }) => {
        await breathe()
        if (this.#isDead) return new Promise(() => {})
        if (
          this.#world.luck('send', alias, text, outside.sent.get(alias)?.length ?? 0, this.#world.clock.now()) < 0.1
        ) {
          return { ok: false, retryable: true, code: 'down', reason: 'not now' }
        }
        outside.sent.set(alias, [...(outside.sent.get(alias) ?? []), text])
        return { ok: true, providerId: this.#world.ids.newId() }
      },
    }
  }

  #handle: HandleTurn = async (turn) => {
    if (this.#isDead) return new Promise(() => {})
    const { outside } = this.#world
    if (outside.atWork.has(turn.contact.id)) outside.broken.push(`two turns of ${turn.contact.alias} at once`)
    outside.atWork.add(turn.contact.id)
    try {
      return await this.#run(turn)
    } finally {
      if (!this.#isDead) outside.atWork.delete(turn.contact.id)
    }
  }

  async #run(turn: Turn): Promise<TurnResult> {
    const [event] = turn.events
    const { luck, fate } = this.#world
    const what = event!.kind === 'timer' ? (event!.data as unknown as TimerFiring).key : event!.text!
    if (event!.kind !== 'timer' && luck('bug', what, turn.attempt) < 0.03) throw new Error('a bug')
    const outcomes: string[] = []
    for (const policy of ['read', 'idempotent', 'at-most-once'] as const) {
      if (fate('does', what, policy) < 0.4) continue
      const node = `tree/${what}/${policy}`
      const key = digest([turn.contact.id, node])
      const outcome = await turn.journal.effect({ key, node, visit: 1, name: policy, args: { what }, policy }, (used) =>
        this.#perform(used, policy),
      )
      outcomes.push(outcome.status)
    }
    const key = `timer of ${what}`
    const sets = event!.kind === 'text' && fate('sets', what) < 0.4
    return {
      messages: [{ text: `${what}: ${outcomes.join(' ')}` }],
      trace: [],
      handoffs: [],
      usage: [],
      ...(sets ? { timers: [{ set: { key, when: { at: turn.now + 3_600_000 }, data: { what } } }] } : {}),
    }
  }

  /** It may happen and be told, happen and not be told, be refused, or not be reached. */
  async #perform(key: string, policy: string): Promise<EffectOutcome> {
    await breathe()
    if (this.#isDead) return new Promise(() => {})
    const { happened } = this.#world.outside
    const roll = this.#world.luck('perform', key, happened.get(key) ?? 0, this.#world.clock.now())
    if (roll < 0.08) return { status: 'unavailable', code: 'down', reason: 'not reached' }
    if (roll < 0.14 && policy !== 'read') return { status: 'uncertain', code: 'cut', reason: 'it did not happen' }
    // What knows keys does a thing once.
    const isKnown = policy !== 'at-most-once' && happened.has(key)
    if (policy !== 'read' && !isKnown) happened.set(key, (happened.get(key) ?? 0) + 1)
    if (roll < 0.2 && policy !== 'read') return { status: 'uncertain', code: 'cut', reason: 'it happened' }
    return { status: 'ok', data: {} }
  }
}

const withoutRepeats = (texts: readonly string[]): string[] => texts.filter((text, at) => text !== texts[at - 1])
