import type { EffectOutcome, EffectRequest, Journal } from '../../run/journal.ts'
import { EngineFault } from '../../tree/faults.ts'
import { canonicalJson, sha256 } from '../../tree/hash.ts'

export type Line =
  | { kind: 'intent'; key: string; attempt: number; args: string }
  | { kind: 'outcome'; key: string; attempt: number; args: string; outcome: EffectOutcome }
  | { kind: 'arrival'; name: string }

/** The process is gone. */
export class Crash extends Error {}

/** Burns down by one at every moment at which a process may die. */
export interface Fuse {
  left: number
}

/**
 * The journal of one turn, as a store would keep it: what a commit has not reached is lost with the process. A write
 * commits its intent, and everything before it, before it is performed, and its outcome after.
 */
export class WriteAhead implements Journal {
  readonly #durable: Line[]
  readonly #followed: string[]
  #pending: Line[] = []
  readonly #fuse: Fuse
  #isDead = false
  readonly arrivals = {
    next: (): string | undefined => this.#followed[0],
    note: (name: string): void => {
      if (this.#followed[0] === name) this.#followed.shift()
      else this.#pending.push({ kind: 'arrival', name })
    },
  }

  constructor(recorded: readonly Line[] = [], fuse: Fuse = { left: Number.POSITIVE_INFINITY }) {
    this.#durable = [...recorded]
    this.#followed = recorded.flatMap((line) => (line.kind === 'arrival' ? [line.name] : []))
    this.#fuse = fuse
  }

  get durable(): readonly Line[] {
    return this.#durable
  }

  /** Recorded arrivals that never came. */
  get unfollowed(): readonly string[] {
    return this.#followed
  }

  async effect(
    { key, attempt, args, policy }: EffectRequest,
    perform: (key: string, signal: AbortSignal) => Promise<EffectOutcome>,
  ): Promise<EffectOutcome> {
    this.#assertAlive()
    const hash = sha256(canonicalJson(args))
    for (const line of [...this.#durable, ...this.#pending].toReversed()) {
      if (line.kind === 'arrival' || line.key !== key || line.attempt < attempt) continue
      if (line.args !== hash) throw new EngineFault('journal_mismatch', `${key} was recorded with other arguments`)
      if (line.kind === 'outcome') return line.outcome
    }
    const { signal } = new AbortController()
    if (policy === 'read') {
      const outcome = await perform(key, signal)
      this.#pending.push({ kind: 'outcome', key, attempt, args: hash, outcome })
      return outcome
    }
    this.#pending.push({ kind: 'intent', key, attempt, args: hash })
    this.commit()
    const outcome = await perform(key, signal)
    this.#pending.push({ kind: 'outcome', key, attempt, args: hash, outcome })
    this.commit()
    return outcome
  }

  /** Makes everything so far durable. The process may die before, and after. */
  commit(): void {
    this.#burn()
    this.#durable.push(...this.#pending)
    this.#pending = []
    this.#burn()
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
