import type { Arrivals, EffectOutcome, EffectRequest, Journal } from '../../run/journal.ts'
import { EngineFault } from '../../tree/faults.ts'
import { canonicalJson, sha256 } from '../../tree/hash.ts'
import { breath } from './virtual-time.ts'

type Asked = { key: string; attempt: number; args: string }
export type Line =
  | ({ kind: 'intent' } & Asked)
  | ({ kind: 'outcome'; outcome: EffectOutcome } & Asked)
  | { kind: 'arrival'; name: string }

/** The process is gone. */
export class Crash extends Error {}

/** Burns down by one at every moment at which a process may die. */
export interface Fuse {
  left: number
}

/**
 * The journal of one turn, as a store would keep it: what a commit has not reached is lost with the process. A write
 * commits its intent, and everything before it, before it is performed, and its outcome after. Outcomes are handed on
 * one at a time, each when what the one before set off has been done, and those recorded in the order recorded.
 */
export class WriteAhead implements Journal {
  readonly #durable: Line[]
  /** Recorded outcomes and arrivals that were not handed on yet. */
  readonly #toCome: Exclude<Line, { kind: 'intent' }>[]
  readonly #claims = new Map<Line, () => void>()
  readonly #fuse: Fuse
  #pending: Line[] = []
  #isDead = false
  /** Each try of each effect that was really performed. */
  readonly performed: string[] = []
  #before: Promise<void> = Promise.resolve()

  constructor(recorded: readonly Line[] = [], fuse: Fuse = { left: Number.POSITIVE_INFINITY }) {
    this.#durable = [...recorded]
    this.#toCome = recorded.filter((line) => line.kind !== 'intent')
    this.#fuse = fuse
  }

  get durable(): readonly Line[] {
    return this.#durable
  }

  /** Recorded, and never came. */
  get unfollowed(): readonly Line[] {
    return this.#toCome
  }

  readonly arrivals: Arrivals = {
    next: () => {
      const [next] = this.#toCome
      return next?.kind === 'outcome' ? 'first the outcome that is recorded' : next?.name
    },
    note: (name) => {
      const [next] = this.#toCome
      if (next === undefined) this.#pending.push({ kind: 'arrival', name })
      else if (next.kind === 'arrival' && next.name === name) this.#came(next)
      else throw new EngineFault('journal_mismatch', `${name} came, where something else is recorded`)
    },
  }

  async effect(
    { key, attempt, args, policy }: EffectRequest,
    perform: (key: string, signal: AbortSignal) => Promise<EffectOutcome>,
  ): Promise<EffectOutcome> {
    this.#assertAlive()
    const asked: Asked = { key, attempt, args: sha256(canonicalJson(args)) }
    const known = this.#find(asked)
    if (known?.kind === 'outcome') {
      if (this.#toCome.includes(known)) await this.#turnOf(known)
      return known.outcome
    }
    const isWrite = policy !== 'read'
    if (isWrite) this.#record({ kind: 'intent', ...asked }, true)
    this.performed.push(`${key}#${attempt}`)
    const outcome = await perform(key, new AbortController().signal)
    await this.#gap()
    while (this.#toCome.length > 0 && !this.#isDead) await this.#gap()
    this.#record({ kind: 'outcome', ...asked, outcome }, isWrite)
    return outcome
  }

  /** Makes everything so far durable. The process may die before, and after. */
  commit(): void {
    this.#burn()
    this.#durable.push(...this.#pending)
    this.#pending = []
    this.#burn()
  }

  /** Of this attempt; or an earlier one that went well, since that is not repeated under the same key. */
  #find({ key, attempt, args }: Asked): Line | undefined {
    const lines = [...this.#durable, ...this.#pending].toReversed()
    const same = lines.filter((line) => line.kind !== 'arrival' && line.key === key)
    const known = same.find((line) => isOf(line, attempt)) ?? same.find((line) => isGood(line, attempt))
    if (known === undefined || known.kind === 'arrival' || known.args === args) return known
    throw new EngineFault('journal_mismatch', `${key} was recorded with other arguments`)
  }

  #record(line: Line, isDurable: boolean): void {
    this.#assertAlive()
    this.#pending.push(line)
    if (isDurable) this.commit()
  }

  /** When all that is recorded before it has come. */
  async #turnOf(line: Line): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#claims.set(line, resolve)
    void this.#handOn()
    await promise
    this.#assertAlive()
  }

  async #handOn(): Promise<void> {
    await this.#gap()
    const [next] = this.#toCome
    const claim = next === undefined ? undefined : this.#claims.get(next)
    if (claim === undefined) return
    this.#claims.delete(next!)
    this.#came(next!)
    claim()
  }

  #came(line: Line): void {
    this.#toCome.splice(this.#toCome.indexOf(line as never), 1)
    void this.#handOn()
  }

  /** Long enough for what the one before set off. */
  async #gap(): Promise<void> {
    this.#before = this.#before.then(breath)
    return this.#before
  }

  #burn(): void {
    this.#assertAlive()
    this.#isDead = this.#fuse.left-- === 0
    this.#assertAlive()
  }

  #assertAlive(): void {
    if (this.#isDead) throw new Crash('killed')
  }
}

const isOf = (line: Line, attempt: number): boolean => line.kind !== 'arrival' && line.attempt === attempt

const isGood = (line: Line, attempt: number): boolean =>
  line.kind === 'outcome' && line.attempt < attempt && line.outcome.status === 'ok'
