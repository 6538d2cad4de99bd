import { createActor, createMachine, fromPromise, type AnyActor, type AnyStateMachine, type Snapshot } from 'xstate'
import { newTally, type Leaf, type Tally } from '../workloads/leaves.ts'

const work = fromPromise<void, Tally>(async ({ input }) => {
  input.steps++
})
const invoke = (tally: Tally, onDone?: string) => ({
  src: work,
  input: tally,
  ...(onDone === undefined ? {} : { onDone }),
})

/** So many promises, one state after the other. */
export function chainOf(length: number, tally: Tally): AnyStateMachine {
  const states: Record<string, object> = { end: { type: 'final' } }
  for (let at = 0; at < length; at++) {
    states[`s${at}`] = { invoke: invoke(tally, at + 1 < length ? `s${at + 1}` : 'end') }
  }
  return createMachine({ initial: 's0', states })
}

/** So many promises, each in a region of its own. */
export function regionsOf(width: number, tally: Tally): AnyStateMachine {
  const region = () => ({
    initial: 'at',
    states: { at: { invoke: invoke(tally, 'end') }, end: { type: 'final' as const } },
  })
  const states = Object.fromEntries(Array.from({ length: width }, (_, at) => [`r${at}`, region()]))
  return createMachine({ type: 'parallel', states })
}

export function runToEnd(machine: AnyStateMachine, tally: Tally): Promise<number> {
  tally.steps = 0
  const actor: AnyActor = createActor(machine)
  return new Promise((resolve, reject) => {
    actor.subscribe({ complete: () => resolve(tally.steps), error: reject })
    actor.start()
  })
}

/** The leaves as entry actions, one state after the other; the one at `pause` waits to be told to go on. */
export function pausing(leaves: readonly Leaf[], pause: number): AnyStateMachine {
  const states: Record<string, object> = { end: { type: 'final' } }
  for (const [at, leaf] of leaves.entries()) {
    const entry = ({ context }: { context: { tally: Tally } }) => leaf(context.tally)
    const next = at + 1 === pause ? 'pause' : at + 1 < leaves.length ? `s${at + 1}` : 'end'
    states[`s${at}`] = { entry, always: next }
  }
  states['pause'] = { on: { GO: `s${pause}` } }
  return createMachine({ initial: 's0', context: () => ({ tally: newTally() }), states })
}

/** What was counted before comes back in the context. */
export function stopAndResume(machine: AnyStateMachine, anew: AnyStateMachine): number {
  const before = createActor(machine).start()
  const kept = JSON.stringify(before.getPersistedSnapshot())
  before.stop()
  const after = createActor(anew, { snapshot: JSON.parse(kept) as Snapshot<unknown> }).start()
  after.send({ type: 'GO' })
  const { status, context } = after.getSnapshot()
  if (status !== 'done') throw new Error(`XState ended as ${status}.`)
  return (context as { tally: Tally }).tally.steps
}

/** A ring of states in which every event moves on. */
export function ringOf(size: number, next: (at: number) => number): AnyStateMachine {
  const states = Object.fromEntries(
    Array.from({ length: size }, (_, at) => [`s${at}`, { on: { NEXT: `s${next(at)}` } }]),
  )
  return createMachine({ initial: 's0', states })
}
