import { EngineFault } from '../tree/faults.ts'
import type { State } from './state.ts'

/**
 * In which order nodes that are at work at once come back. What comes too early, by the journal, is kept until it is
 * its turn, so that a re-run decides as the first run did.
 */
export class Order {
  readonly #session: State
  readonly #early = new Map<string, () => void>()

  constructor(session: State) {
    this.#session = session
  }

  arrived(arrival: string, land: () => void): void {
    const { arrivals } = this.#session.context.journal
    const expected = arrivals?.next()
    if (expected !== undefined && expected !== arrival && this.#session.working > 1) {
      this.#early.set(arrival, land)
      this.#assertPossible()
      return
    }
    // Where only one is at work there is no order to speak of.
    if (this.#session.working > 1 || expected === arrival) arrivals?.note(arrival)
    land()
    this.#landEarly()
  }

  #landEarly(): void {
    const { arrivals } = this.#session.context.journal
    while (this.#early.size > 0 && !this.#session.isOver()) {
      const expected = arrivals!.next()
      const [next] = expected !== undefined && this.#early.has(expected) ? [expected] : this.#early.keys()
      if (expected !== undefined && next !== expected && this.#session.working > 1) return this.#assertPossible()
      const land = this.#early.get(next!)!
      this.#early.delete(next!)
      if (this.#session.working > 1 || next === expected) arrivals!.note(next!)
      land()
    }
  }

  #assertPossible(): void {
    if (this.#early.size < this.#session.working) return
    const expected = this.#session.context.journal.arrivals!.next()
    this.#session.stop(0, new EngineFault('journal_mismatch', `${expected} is recorded to have come back, and did not`))
  }
}
