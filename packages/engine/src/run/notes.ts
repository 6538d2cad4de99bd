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

/** By node number; most nodes have none. */
export class Notes extends Map<number, Note> {
  at(index: number): Note {
    let note = this.get(index)
    if (note === undefined) {
      note = { mem: 0, memory: undefined, failure: undefined, result: undefined, controller: undefined }
      this.set(index, note)
    }
    return note
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
