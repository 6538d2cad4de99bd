import { EngineFault } from '../tree/faults.ts'
import type { EngineEvent, Wait } from './snapshot.ts'
import type { Parked, State } from './state.ts'

/** What nothing could ever answer, or no snapshot could keep, is no wait. */
export function isWait(wait: Wait): boolean {
  // Without a set or a copy: every step through a machine comes by here.
  const { kind, key, at } = wait ?? NO_WAIT
  const isKind = kind === 'input' || kind === 'timer' || kind === 'job' || kind === 'approval' || kind === 'event'
  return isKind && (key === undefined || typeof key === 'string') && (at === undefined || Number.isFinite(at))
}

export function checkWait(wait: Wait): void {
  if (isWait(wait)) return
  throw new EngineFault(
    'wait_invalid',
    `it waits for ${JSON.stringify(wait)}; give a kind, a text as key and a time as at`,
  )
}

const NO_WAIT = {} as Wait

/**
 * The wait an event is for. Two nodes that fit are as bad as none: an event is never delivered by guess. A timer that
 * comes before its time is for nobody.
 */
export function findWait(
  waits: readonly Parked[],
  event: EngineEvent,
  now: number,
  tree: State['tree'],
): Parked | undefined {
  let found: Parked | undefined
  for (const parked of waits) {
    if (!isFor(parked, event, now, tree)) continue
    if (found !== undefined && found.index !== parked.index) return undefined
    found ??= parked
  }
  return found
}

export function isFor({ wait, index }: Parked, event: EngineEvent, now: number, tree: State['tree']): boolean {
  if (wait.kind !== event.kind) return false
  if (event.key !== undefined && event.key !== wait.key) return false
  if (event.node !== undefined && event.node !== tree.ids[index]) return false
  return wait.kind !== 'timer' || (wait.at ?? now) <= now
}

const NONE: readonly Parked[] = []

/** Timers whose time has come, the earliest first. */
export function due(waits: readonly Parked[], now: number): readonly Parked[] {
  let found: Parked[] | undefined
  for (const parked of waits) {
    if (parked.wait.kind === 'timer' && (parked.wait.at ?? Infinity) <= now) (found ??= []).push(parked)
  }
  return found === undefined ? NONE : found.sort((a, b) => a.wait.at! - b.wait.at!)
}

/** What a node waits for to hear a signal. */
export const signalKey = (name: string): string => `signal:${name}`

/** All who want to hear a signal; it is for everybody. */
export function listenersOf(waits: readonly Parked[], event: EngineEvent): Parked[] {
  const key = signalKey(event.key ?? '')
  return waits.filter(({ wait }) => wait.kind === 'event' && wait.key === key)
}

/** What a timer's wait is answered with when its time has come. */
export function timerEvent({ wait }: Parked): EngineEvent {
  return { kind: 'timer', ...(wait.key === undefined ? {} : { key: wait.key }), data: wait.at ?? null }
}
