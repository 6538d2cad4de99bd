/** Time that passes only when everything waits for it: what takes a while comes back in the same order in every run. */
export class VirtualTime {
  #now = 0
  #sleepers: { at: number; wake: () => void }[] = []

  /** Ticks have no length. Who sleeps equally long wakes in the order of falling asleep. */
  async sleep(ticks: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#sleepers.push({ at: this.#now + ticks, wake: resolve })
    return promise
  }

  get sleepers(): number {
    return this.#sleepers.length
  }

  /** Lets the next sleeper go; false when nobody sleeps. */
  wakeNext(): boolean {
    const [next] = this.#sleepers.toSorted((a, b) => a.at - b.at)
    if (next === undefined) return false
    this.#sleepers = this.#sleepers.filter((sleeper) => sleeper !== next)
    this.#now = next.at
    next.wake()
    return true
  }

  /** Lets time pass until the turn is at rest. Rejects when nothing that could bring it there is left. */
  async until<T>(turn: T | Promise<T>, atEachTick: () => void = () => {}): Promise<T> {
    const state = { isDone: false }
    const watched = Promise.resolve(turn).finally(() => (state.isDone = true))
    // It is awaited below; until then a rejection must not count as unhandled.
    watched.catch(() => {})
    let still = 0
    for (;;) {
      await breath()
      if (state.isDone) return watched
      atEachTick()
      if (this.wakeNext()) still = 0
      else if (++still > LONG) throw new Error('The turn hangs: nobody sleeps, and it is not at rest.')
    }
  }

  /** Lets everybody who still sleeps wake, and finish what they were doing. */
  async passAll(): Promise<void> {
    do await breath()
    while (this.wakeNext())
  }
}

/** In breaths: a journal that hands on one thing at a time needs some. */
const LONG = 1_000

/** Long enough for everything that is ready to have happened. */
export const breath = async (): Promise<void> => new Promise((resolve) => void setImmediate(resolve))
