import { advance, type Advance } from '../run/advance.ts'
import type { TraceEvent } from '../run/events.ts'
import type { Cell, EngineEvent, Snapshot } from '../run/snapshot.ts'
import type { TurnContext } from '../run/turn.ts'
import type { Json } from '../tree/json.ts'
import type { Tree } from '../tree/tree.ts'
import { memoryJournal } from '../testing.ts'
import { turn, type Played } from './play.ts'

export const overJson = <T>(json: T): T => JSON.parse(JSON.stringify(json)) as T

export interface PlayedAnew extends Played {
  /** How it stood after each turn. */
  rests: Advance[]
}

/** Every turn in a tree that is made anew, from a snapshot that was JSON in between; each at its own time. */
export async function playAnew(
  treeOf: () => Tree,
  given: { events?: readonly (EngineEvent & { now?: number })[]; cells?: Record<string, Json> } = {},
  more: Partial<TurnContext> = {},
): Promise<PlayedAnew> {
  const trace: TraceEvent[] = []
  const context = turn({ journal: memoryJournal(), subscribe: (event) => trace.push(event), ...more })
  const cells = Object.entries(given.cells ?? {}).map(([key, value]): [string, Cell] => [key, { value, by: 'system' }])
  const rests = [await advance(treeOf(), { cells: Object.fromEntries(cells) }, context)]
  for (const { now = context.now, ...event } of given.events ?? []) {
    const snapshot: Snapshot = overJson(rests.at(-1)!.snapshot)
    rests.push(await advance(treeOf(), { snapshot, event }, { ...context, now }))
  }
  return { ...rests.at(-1)!, rests, trace }
}
