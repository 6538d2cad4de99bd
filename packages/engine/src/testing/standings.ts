import { expect } from 'vitest'
import { open, type Advance } from '../run/advance.ts'
import type { TraceEvent } from '../run/events.ts'
import type { Cell, EngineEvent, Snapshot } from '../run/snapshot.ts'
import type { TurnContext } from '../run/turn.ts'
import type { Json } from '../tree/json.ts'
import type { NodeSpec, TreeSpec } from '../tree/spec.ts'
import { overJson, playAnew, type PlayedAnew } from './anew.ts'
import { build, specOf, turn } from './play.ts'

export type TimedEvent = EngineEvent & { now?: number }

export interface Course {
  events?: readonly TimedEvent[]
  cells?: Record<string, Json>
  spec?: Partial<TreeSpec>
  /** What a run gets; made for each, since what is outside remembers. */
  context?: () => Partial<TurnContext>
}

/** A session that stays in memory, and one that is carried over to another process at every rest: they must be alike. */
export async function playBoth(root: NodeSpec, course: Course = {}): Promise<PlayedAnew> {
  const { events = [], cells = {}, spec = {}, context = () => ({}) } = course
  const treeOf = () => build(specOf(overJson(root), spec))
  const carried = await playAnew(treeOf, { events, cells }, context())

  const trace: TraceEvent[] = []
  const staying = turn({ subscribe: (event) => trace.push(event), ...context() })
  const begun = Object.entries(cells).map(([key, value]): [string, Cell] => [key, { value, by: 'system' }])
  const run = open(treeOf(), staying, { cells: Object.fromEntries(begun) })
  await run.start()
  const snapshots: Snapshot[] = [overJson(run.snapshot())]
  for (const { now = staying.now, ...event } of events) {
    await run.send(event, { ...staying, now })
    snapshots.push(overJson(run.snapshot()))
  }
  expect(carried.trace).toEqual(trace)
  expect(carried.rests.map(({ snapshot }) => snapshot)).toEqual(snapshots)
  return carried
}

/** How it stood after each turn: `running input, timer 1500`, `ignored`, `success`, `failure code`, `faulted code`. */
export async function standings(root: NodeSpec, course?: Course): Promise<string[]> {
  return (await playBoth(root, course)).rests.map(standing)
}

export function standing(rest: Advance, turn = 0, rests: readonly Advance[] = [rest]): string {
  const { status, waits, failure, fault, snapshot } = rest
  // An event that nobody heard may still have come after a deadline.
  if (turn > 0 && snapshot.seq === rests[turn - 1]!.snapshot.seq) return 'ignored'
  if (status === 'running') {
    const printed = waits.map(({ wait: { kind, at } }) => (at === undefined ? kind : `${kind} ${at}`))
    return `running ${printed.toSorted().join(', ')}`
  }
  const code = fault?.code ?? failure?.code
  return code === undefined ? status : `${status} ${code}`
}

/** Wakes whatever timer is due by then. */
export const timerAt = (now: number): TimedEvent => ({ kind: 'timer', data: null, now })
export const signal = (key: string): TimedEvent => ({ kind: 'signal', key, data: null })
