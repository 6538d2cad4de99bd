import type { Json } from '../tree/json.ts'

/**
 * What a `stages` node remembers, in its memory, beside the cursor in `mem`. The leaves below reach it through
 * `ctx.exit` and `ctx.entered`.
 */
export type Passage = {
  /** How the current stage was entered. */
  entered?: Entered
  /** The exit a leaf named during the current visit of the stage. */
  named?: { exit: string; by?: string }
  /** Innermost last: where the current stage goes when it leaves by success. */
  returns?: string[]
}

export type Entered = {
  from: string
  exit: string
  by?: string
}

export function passageOf(memory: Json | undefined): Passage {
  return (memory ?? {}) as Passage
}

export function named(exit: string, by: string | undefined): { exit: string; by?: string } {
  return by === undefined ? { exit } : { exit, by }
}
