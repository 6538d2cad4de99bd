import type { Json } from '../tree/json.ts'
import type { State } from './state.ts'

/**
 * What a retrying node remembers. Its attempts are new visits, with spans of their own in the trace, but an effect
 * below it keeps its key: the n-th visit of a node in one attempt is, to the outside, the n-th of the attempt before.
 */
export type Attempts = {
  attempt: number
  /** In this attempt, by node: the visit that was counted last, and how many there were before it. */
  seen?: { [node: string]: [visit: number, before: number] }
  /** How often an effect was asked for, by key; kept by the outermost retrying node. */
  tries?: { [key: string]: number }
}

export function attemptsOf(memory: Json | undefined): Attempts {
  return (memory ?? { attempt: 0 }) as Attempts
}

/** What a visit is called towards the outside: its number, or its place below what retries it. */
export function identityOf(session: State, index: number): number | string {
  const retry = session.tree.near.retry[index]!
  if (retry < 0) return session.visitOf[index]!
  const node = session.tree.ids[index]!
  const visit = session.visitOf[index]!
  const attempts = attemptsOf(session.notes.get(retry)?.memory)
  const last = attempts.seen?.[node]
  const before = last === undefined ? 0 : last[0] === visit ? last[1] : last[1] + 1
  if (last?.[0] !== visit) {
    session.notes.at(retry).memory = { ...attempts, seen: { ...attempts.seen, [node]: [visit, before] } }
  }
  return `${identityOf(session, retry)}.${before}`
}

/** How often this key was asked for before, and counts it; 0 outside of any retry, where it is asked for once. */
export function triesOf(session: State, index: number, key: string): number {
  let outermost = session.tree.near.retry[index]!
  if (outermost < 0) return 0
  const { retry } = session.tree.near
  while (retry[outermost]! >= 0) outermost = retry[outermost]!
  const attempts = attemptsOf(session.notes.get(outermost)?.memory)
  const tries = attempts.tries?.[key] ?? 0
  session.notes.at(outermost).memory = { ...attempts, tries: { ...attempts.tries, [key]: tries + 1 } }
  return tries
}
