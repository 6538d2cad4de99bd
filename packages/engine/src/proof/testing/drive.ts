import * as fc from 'fast-check'
import { advance, open, type Advance, type LiveRun } from '../../run/advance.ts'
import type { TraceEvent } from '../../run/events.ts'
import type { Journal } from '../../run/journal.ts'
import type { EngineEvent, Snapshot } from '../../run/snapshot.ts'
import type { TurnContext } from '../../run/turn.ts'
import type { Json } from '../../tree/json.ts'
import type { NodeSpec, TreeSpec } from '../../tree/spec.ts'
import type { Tree } from '../../tree/tree.ts'
import { build, specOf, turn } from '../../testing/play.ts'
import { createPlace, type Place } from './outside.ts'
import { subtrees } from './parents.ts'
import { allNodes } from './trees.ts'
import { WriteAhead } from './write-ahead.ts'

/** What happens to a session at rest: one of its waits is answered, or something comes that nobody waits for. */
export interface Answer {
  pick: number
  laterMs: number
  data: Json
  how: 'answer' | 'stranger' | 'early' | 'signal'
}

export const answers: fc.Arbitrary<Answer[]> = fc.array(
  fc.record({
    pick: fc.nat({ max: 20 }),
    laterMs: fc.constantFrom(0, 1, 7, 60),
    data: fc.constantFrom<Json>('yes', 3, null, { deep: ['x'] }, { ok: true, data: 'done' }),
    how: fc.constantFrom('answer', 'answer', 'answer', 'answer', 'answer', 'stranger', 'early', 'signal'),
  }),
  { minLength: 4, maxLength: 12 },
)

export interface Step {
  event: EngineEvent
  now: number
}

export function stepOf({ pick, laterMs, data, how }: Answer, waits: Snapshot['waits'], before: number): Step {
  const now = before + laterMs
  if (how === 'signal') return { now, event: { kind: 'signal', key: `s${pick % 2}`, data } }
  if (how === 'stranger') return { now, event: { kind: 'job', key: 'of nobody', data } }
  const { node, wait } = waits[pick % waits.length]!
  const event: EngineEvent = { kind: wait.kind, node, data }
  if (wait.key !== undefined) event.key = wait.key
  return { event, now: how === 'early' ? now : Math.max(now, wait.at ?? 0) }
}

/** How a session gets from one rest to the next. */
export interface Carriage {
  begin(context: TurnContext): Promise<Advance>
  go(rest: Advance, event: EngineEvent, context: TurnContext): Promise<Advance>
}

/** Stays in memory. */
export function staying(tree: Tree): Carriage {
  let run: LiveRun
  return {
    async begin(context) {
      run = open(tree, context)
      await run.start()
      return run.rest()
    },
    async go(_, event, context) {
      await run.send(event, context)
      return run.rest()
    },
  }
}

/** Written down as JSON at every rest, and taken up in a tree that is made anew. */
export function carried(treeOf: () => Tree): Carriage {
  return {
    begin: async (context) => advance(treeOf(), {}, context),
    go: async ({ snapshot }, event, context) => advance(treeOf(), { snapshot: copyOf(snapshot), event }, context),
  }
}

export const copyOf = <T>(json: T): T => JSON.parse(JSON.stringify(json)) as T

export const specFor = (root: NodeSpec): TreeSpec => specOf(root, { subtrees })
export const treeOf = (root: NodeSpec): Tree => build(specFor(root), allNodes)

export interface Played {
  trace: TraceEvent[]
  rests: Advance[]
  place: Place
}

/** Plays a session to its end, or as long as there are answers. */
export async function play(
  carriage: Carriage,
  given: readonly Answer[],
  place: Place = createPlace(),
  journalOf: () => Journal = () => new WriteAhead(),
): Promise<Played> {
  const trace: TraceEvent[] = []
  let now = 1_000
  let count = 0
  const context = (): TurnContext => turnOf(place, count++, now, journalOf(), (event) => trace.push(event))
  const rests = [await place.time.until(carriage.begin(context()))]
  for (const answer of given) {
    const last = rests.at(-1)!
    if (last.status !== 'running') break
    const step = stepOf(answer, last.waits, now)
    now = step.now
    rests.push(await place.time.until(carriage.go(last, step.event, context())))
  }
  return { trace, rests, place }
}

export function turnOf(
  place: Place,
  count: number,
  now: number,
  journal: Journal,
  subscribe: (event: TraceEvent) => void,
): TurnContext {
  return turn({ now, seed: `turn ${count}`, journal, services: place, shelf: place.shelf, subscribe })
}
