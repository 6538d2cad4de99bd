/** W6: states in a ring, each waiting for an event that moves on to another one far away. */
import { createActor } from 'xstate'
import { compileTree, open, turn, type EngineEvent, type NodeSpec } from '../ours.ts'
import { ringOf } from '../peers/xstate.ts'
import { newTally } from './leaves.ts'

/** Reaches every state of a ring whose size is no multiple of 7, none after its neighbour. */
export const next = (size: number) => (at: number) => (at + 7) % size

export function ringSpec(size: number): NodeSpec {
  const names = Array.from({ length: size }, (_, at) => `s${at}`)
  return {
    op: 'stages',
    config: {
      initial: 's0',
      exits: Object.fromEntries(names.map((name, at) => [name, { success: `s${next(size)(at)}` }])),
    },
    children: names.map((name) => ({ op: 'wait', name, config: { kind: 'event' } })),
  }
}

/** Each answers how many events moved it on; the sessions go on from one run to the next. */

export function ourTicks(size: number, ticks: number): () => number {
  const session = open(compileTree(ringSpec(size)), turn(newTally()))
  void session.start()
  const event: EngineEvent = { kind: 'event', data: null }
  void session.send(event)
  const [parked] = session.snapshot().waits
  if (parked?.node !== 'bench/s7') throw new Error(`After one event it waits at ${parked?.node}.`)
  return () => {
    let moved = 0
    for (let at = 0; at < ticks; at++) if (session.send(event) === 'running' && !session.ignored) moved++
    return moved
  }
}

export function mapTicks(size: number, ticks: number): () => number {
  const table = new Map(Array.from({ length: size }, (_, at) => [`s${at}`, `s${next(size)(at)}`]))
  let state = 's0'
  return () => {
    let moved = 0
    for (let at = 0; at < ticks; at++) {
      const to = table.get(state)
      if (to === undefined) continue
      state = to
      moved++
    }
    return moved
  }
}

export function xstateTicks(size: number, ticks: number): () => number {
  const actor = createActor(ringOf(size, next(size))).start()
  const event = { type: 'NEXT' }
  actor.send(event)
  if (actor.getSnapshot().value !== 's7') throw new Error(`After one event XState is in ${actor.getSnapshot().value}.`)
  return () => {
    let moved = 0
    let before = actor.getSnapshot()
    for (let at = 0; at < ticks; at++) {
      actor.send(event)
      const after = actor.getSnapshot()
      if (after !== before) moved++
      before = after
    }
    return moved
  }
}
