import type { Cell } from './snapshot.ts'

/**
 * Cells by key, copied at the first write: the record it was made of, part of a snapshot, stays what it was. `null` is
 * a cell that was taken out of what lies under.
 */
export class Cells {
  #given: Readonly<Record<string, Cell | null>>
  #own: Map<string, Cell | null> | undefined

  constructor(given: Readonly<Record<string, Cell | null>>) {
    this.#given = given
  }

  get(key: string): Cell | null | undefined {
    if (this.#own !== undefined) return this.#own.get(key)
    return Object.hasOwn(this.#given, key) ? this.#given[key] : undefined
  }

  set(key: string, cell: Cell | null): void {
    this.#mine().set(key, cell)
  }

  delete(key: string): void {
    this.#mine().delete(key)
  }

  record(): Record<string, Cell | null> {
    // A map, not an object, in between: a key named like a part of Object is a key like any other.
    if (this.#own !== undefined) this.#given = Object.fromEntries(this.#own)
    this.#own = undefined
    return this.#given
  }

  #mine(): Map<string, Cell | null> {
    return (this.#own ??= new Map(Object.entries(this.#given)))
  }
}
