import { sha256 } from '../tree/hash.ts'

/** Randomness and ids of one visit in one turn, derived from its seed: a re-run of the turn draws the same. */
export class Chance {
  readonly #seed: string
  #state: number | undefined
  #ids = 0

  constructor(seed: string) {
    this.#seed = seed
  }

  /** mulberry32: small, fast and good enough to choose with; never for secrets. */
  random(): number {
    this.#state ??= Number.parseInt(sha256(`random:${this.#seed}`).slice(0, 8), 16)
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  newId(): string {
    this.#ids += 1
    return sha256(`id:${this.#ids}:${this.#seed}`).slice(0, 32)
  }
}
