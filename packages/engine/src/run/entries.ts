/** How often stages were entered since the last event. Most turns enter one, and for that no map is touched. */
export class Entries {
  #first = -1
  #count = 0
  #others: Map<number, number> | undefined

  begin(): void {
    this.#first = -1
    this.#others = undefined
  }

  /** Counts one more and returns how many that makes. */
  count(index: number): number {
    if (this.#first < 0) {
      this.#first = index
      this.#count = 0
    }
    if (this.#first === index) return ++this.#count
    this.#others ??= new Map()
    const count = (this.#others.get(index) ?? 0) + 1
    this.#others.set(index, count)
    return count
  }
}
