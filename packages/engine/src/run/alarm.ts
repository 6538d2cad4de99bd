import { AtWork, type Parked, type State } from './state.ts'
import { timerEvent } from './waits.ts'

/** Deadlines that pass while a turn is at work. The host's clock rings; where a journal recorded that it rang, that does. */
export class Alarm {
  readonly #run: State
  #cancel: (() => void) | undefined
  #at: number | undefined

  constructor(run: State) {
    this.#run = run
  }

  arm(): void {
    const { context } = this.#run
    const recorded = context.journal.arrivals?.next()
    if (recorded?.startsWith('timer ')) return this.#ring(recorded)
    if (context.alarm === undefined) return
    const next = this.#next()
    const at = next?.wait.at
    if (at === this.#at) return
    this.disarm()
    if (next === undefined) return
    this.#at = at
    this.#cancel = context.alarm(at!, () => {
      this.#cancel = this.#at = undefined
      this.#ring(this.#nameOf(next))
    })
  }

  disarm(): void {
    this.#cancel?.()
    this.#cancel = this.#at = undefined
  }

  #ring(name: string): void {
    const run = this.#run
    const parked = run.waits.find((parked) => this.#nameOf(parked) === name)
    if (parked !== undefined && run.isBusy && !this.#isAtWork(parked)) {
      run.context.journal.arrivals?.note(name)
      run.deliver(parked, timerEvent(parked))
    }
    run.rested()
  }

  #next(): Parked | undefined {
    let next: Parked | undefined
    for (const parked of this.#run.waits) {
      const { kind, at } = parked.wait
      if (this.#isAtWork(parked)) continue
      if (kind === 'timer' && at !== undefined && (next === undefined || at < next.wait.at!)) next = parked
    }
    return next
  }

  /** A leaf that waits and works at once hears of its deadline when it is back: it is not run twice at a time. */
  #isAtWork({ index }: Parked): boolean {
    return this.#run.tree.ops[index]!.isLeaf && this.#run.statusOf(index) === AtWork
  }

  #nameOf({ index, visit, wait }: Parked): string {
    return wait.kind === 'timer' ? `timer ${this.#run.tree.ids[index]!}#${visit}` : ''
  }
}
