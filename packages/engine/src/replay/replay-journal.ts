import { EngineFault, RecordedError } from '../tree/faults.ts'
import { canonicalJson, sha256 } from '../tree/hash.ts'
import type { Arrivals, EffectOutcome, EffectRequest, Journal } from '../run/journal.ts'
import type { LogEntry } from './log.ts'

/** Longer than any leaf takes that waits for nothing but effects. */
const STUCK_MS = 2_000

type Recorded = Extract<LogEntry, { kind: 'effect' }>

interface Claim {
  resolve(outcome: EffectOutcome): void
  reject(error: unknown): void
}

/**
 * Answers a turn from its log and never performs anything. What is recorded comes in the order it came in then, one at
 * a time, each when what the one before set off has been done. Whatever the log does not hold ends the replay.
 */
export class ReplayJournal implements Journal {
  readonly #entries: readonly LogEntry[]
  readonly #turn: string
  readonly #ended = new AbortController()
  readonly #claims = new Map<number, Claim>()
  #position = 0
  #isDue = false
  #ring: (() => void) | undefined
  #watch: NodeJS.Timeout | undefined

  /** `turn` is how faults call it. */
  constructor(entries: readonly LogEntry[], turn: string) {
    this.#entries = entries
    this.#turn = turn
  }

  /** Aborted, with an EngineFault, when the session does something else than the log says. */
  get signal(): AbortSignal {
    return this.#ended.signal
  }

  effect(request: EffectRequest): Promise<EffectOutcome> {
    // Beside what ended the replay, others may still ask; nobody would answer them.
    if (this.signal.aborted) return Promise.reject(this.signal.reason as EngineFault)
    const { node, name, key, args } = request
    const position = this.#find(key)
    if (position < 0) return Promise.reject(this.#mismatch(`${node} asks for "${name}", and the log holds no outcome`))
    const { argsHash } = this.#entries[position] as Recorded
    if (argsHash !== sha256(canonicalJson(args))) {
      return Promise.reject(this.#mismatch(`${node} asks for "${name}" with other arguments than the log says`))
    }
    return new Promise((resolve, reject) => {
      this.#claims.set(position, { resolve, reject })
      this.#goOn()
    })
  }

  readonly arrivals: Arrivals = {
    next: () => {
      const entry = this.#entries[this.#position]
      if (entry === undefined) return undefined
      if (entry.kind === 'arrival' && !isDeadline(entry)) return entry.arrival
      // Whatever arrives now is early: that comes first, and only when everything before it has been done.
      return `first ${print(entry)}`
    },
    note: (arrival) => {
      const entry = this.#entries[this.#position]
      if (entry?.kind === 'arrival' && entry.arrival === arrival) {
        this.#position++
        this.#goOn()
      } else this.#mismatch(`${arrival} came, and the log has ${print(entry)}`)
    },
  }

  /** Rings when the log says that a deadline passed. */
  alarm = (_: number, fire: () => void): (() => void) => {
    this.#ring = fire
    this.#goOn()
    return () => void (this.#ring = undefined)
  }

  /** To be called when the turn came to rest. Throws if the log holds more. */
  end(): void {
    clearTimeout(this.#watch)
    const entry = this.#entries[this.#position]
    if (entry !== undefined) throw this.#mismatch(`it is over, and the log goes on with ${print(entry)}`)
  }

  #find(key: string): number {
    return this.#entries.findIndex(
      (entry, position) =>
        position >= this.#position && entry.kind === 'effect' && entry.key === key && !this.#claims.has(position),
    )
  }

  #goOn(): void {
    clearTimeout(this.#watch)
    if (this.signal.aborted) return
    const stuck = () =>
      void this.#mismatch(`the log goes on with ${print(this.#entries[this.#position])}, which never came`)
    this.#watch = setTimeout(stuck, STUCK_MS)
    if (this.#isDue) return
    this.#isDue = true
    setImmediate(() => {
      this.#isDue = false
      this.#next()
    })
  }

  #next(): void {
    const position = this.#position
    const entry = this.#entries[position]
    if (entry === undefined || this.signal.aborted) return
    if (entry.kind === 'effect') {
      const claim = this.#claims.get(position)
      if (claim === undefined) return
      this.#position++
      this.#claims.delete(position)
      if ('outcome' in entry) claim.resolve(entry.outcome)
      else claim.reject(new RecordedError(entry.thrown.message, entry.thrown.code))
      this.#goOn()
    } else if (isDeadline(entry) && this.#ring !== undefined) this.#ring()
  }

  #mismatch(what: string): EngineFault {
    const fault = new EngineFault('journal_mismatch', `In ${this.#turn} ${what}.`)
    clearTimeout(this.#watch)
    this.#ended.abort(fault)
    for (const claim of this.#claims.values()) claim.reject(fault)
    this.#claims.clear()
    return fault
  }
}

function isDeadline({ arrival }: { arrival: string }): boolean {
  return arrival.startsWith('timer ')
}

function print(entry: LogEntry | undefined): string {
  if (entry === undefined) return 'nothing more'
  return entry.kind === 'effect' ? `the outcome of "${entry.name}" of ${entry.node}` : entry.arrival
}
