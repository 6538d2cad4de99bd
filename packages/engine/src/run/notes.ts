import type { Json } from '../tree/json.ts'
import { Success, type Settled } from '../tree/status.ts'
import type { FailureNote } from './snapshot.ts'

/** What a node keeps while it runs, beside its status and visit. */
export interface Note {
  mem: number
  memory: Json | undefined
  /** Of the node itself once it failed, until then of the child that settled last. */
  failure: FailureNote | undefined
  result: Json | undefined
  controller: AbortController | undefined
}

const UNNAMED: FailureNote = { code: 'failed', reason: '' }

const NOBODY = -2

/** By node number. Most nodes have none, and most sessions one: that one is kept at hand, without a map. */
export class Notes {
  #index = NOBODY
  #note: Note | undefined
  #others: Map<number, Note> | undefined

  get isEmpty(): boolean {
    return this.#index === NOBODY && (this.#others === undefined || this.#others.size === 0)
  }

  get(index: number): Note | undefined {
    return index === this.#index ? this.#note : this.#others?.get(index)
  }

  at(index: number): Note {
    let note = this.get(index)
    if (note === undefined) {
      note = { mem: 0, memory: undefined, failure: undefined, result: undefined, controller: undefined }
      this.set(index, note)
    }
    return note
  }

  /** For an index that has none. */
  set(index: number, note: Note): void {
    if (this.#index === NOBODY) {
      this.#index = index
      this.#note = note
    } else (this.#others ??= new Map()).set(index, note)
  }

  delete(index: number): void {
    if (index === this.#index) {
      this.#index = NOBODY
      this.#note = undefined
    } else this.#others?.delete(index)
  }

  *values(): Iterable<Note> {
    if (this.#note !== undefined) yield this.#note
    if (this.#others !== undefined) yield* this.#others.values()
  }

  /**
   * A node settled: what it kept is gone, and what it left goes to the node above. Returns why it failed; a node that
   * says nothing of its own fails with what failed below it.
   */
  settle(index: number, above: number, status: Settled): FailureNote | undefined {
    const own = this.get(index)
    if (own !== undefined) this.delete(index)
    const failure = status === Success ? undefined : (own?.failure ?? UNNAMED)
    const result = own?.result
    if (failure !== undefined || result !== undefined) {
      const note = this.at(above)
      note.failure = failure
      if (result !== undefined) note.result = result
    } else {
      const note = this.get(above)
      if (note !== undefined) note.failure = undefined
    }
    return failure
  }
}
