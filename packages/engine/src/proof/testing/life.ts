import { advance, type Advance } from '../../run/advance.ts'
import type { TraceEvent } from '../../run/events.ts'
import type { EngineEvent } from '../../run/snapshot.ts'
import type { NodeSpec } from '../../tree/spec.ts'
import { copyOf, stepOf, treeOf, turnOf, type Answer } from './drive.ts'
import { createPlace, createShelf, type Place } from './outside.ts'
import { Crash, WriteAhead, type Fuse, type Line } from './write-ahead.ts'

/** A turn, with all that a re-run of it needs, and what came of it. */
export interface Turn {
  count: number
  before: Advance | undefined
  event: EngineEvent | undefined
  now: number
  lines: readonly Line[]
  trace: TraceEvent[]
  rest: Advance
}

export interface Story {
  turns: Turn[]
  rest: Advance
  trace: TraceEvent[]
  /** Tries of effects, in the order they were performed; those of a dead process too. */
  performed: string[]
  /** Of these, the ones whose outcome was kept already. */
  repeated: string[]
  unfollowed: Line[]
  crashes: number
  /** At which the process could have died. */
  moments: number
}

/**
 * Plays a session with a store: every turn is journaled, and committed at its end. Where the fuse ends the process dies;
 * the next one, where things come back at another tempo, takes up what is durable.
 */
export async function live(root: NodeSpec, given: readonly Answer[], fuse: Fuse): Promise<Story> {
  const lit = fuse.left
  const turns: Turn[] = []
  const performed: string[] = []
  const repeated: string[] = []
  const unfollowed: Line[] = []
  let crashes = 0
  const shelf = createShelf()
  for (let count = 0; count <= given.length; count++) {
    const last = turns.at(-1)
    if (last !== undefined && last.rest.status !== 'running') break
    const step = last && stepOf(given[count - 1]!, last.rest.waits, last.now)
    const turn = { count, before: last?.rest, event: step?.event, now: step?.now ?? 1_000 }
    let lines: readonly Line[] = []
    for (;;) {
      const tried = await tryTurn(root, { ...turn, lines }, createPlace(crashes, shelf), fuse)
      performed.push(...tried.performed)
      const settled = new Set(lines.flatMap((line) => (line.kind === 'outcome' ? [`${line.key}#${line.attempt}`] : [])))
      repeated.push(...tried.performed.filter((key) => settled.has(key)))
      lines = tried.journal.durable
      if (tried.rest !== undefined) {
        unfollowed.push(...tried.journal.unfollowed)
        turns.push({ ...turn, lines, trace: tried.trace, rest: tried.rest })
        break
      }
      crashes++
    }
  }
  const trace = turns.flatMap((turn) => turn.trace)
  return { turns, rest: turns.at(-1)!.rest, trace, performed, repeated, unfollowed, crashes, moments: lit - fuse.left }
}

/** Runs a turn again from what was recorded of it. */
export async function replay(
  root: NodeSpec,
  turn: Turn,
  tempo: number,
): Promise<{ trace: TraceEvent[]; rest: Advance | undefined; performed: readonly string[] }> {
  return tryTurn(root, turn, createPlace(tempo), { left: Number.POSITIVE_INFINITY })
}

async function tryTurn(
  root: NodeSpec,
  { count, before, event, now, lines }: Omit<Turn, 'trace' | 'rest'>,
  place: Place,
  fuse: Fuse,
) {
  const trace: TraceEvent[] = []
  const journal = new WriteAhead(lines, fuse)
  const context = turnOf(place, count, now, journal, (event) => trace.push(event))
  const tried = { trace, journal, performed: journal.performed as readonly string[] }
  try {
    const state = before === undefined ? {} : { snapshot: copyOf(before.snapshot), event: event! }
    const rest = await place.time.until(advance(treeOf(root), state, context))
    journal.commit()
    return { ...tried, rest }
  } catch (error) {
    if (error instanceof Crash) return { ...tried, rest: undefined }
    throw error
  }
}
