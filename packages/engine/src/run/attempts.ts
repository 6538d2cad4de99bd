import type { Json } from '../tree/json.ts'
import { countOf } from './remembered.ts'
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
  /** How often what was done from a node on down is to be done again; kept by the outermost retrying node. */
  again?: { [node: string]: number }
}

export function attemptsOf(memory: Json | undefined): Attempts {
  return (memory ?? { attempt: 0 }) as Attempts
}

/** What the next attempt begins with: seen is nothing yet, and that is how keys are shared. */
export function nextAttempt({ attempt, tries, again }: Attempts): Attempts {
  return { attempt: attempt + 1, ...(tries && { tries }), ...(again && { again }) }
}

/** What a visit is called towards the outside: its number, or its place below what retries it. */
export function identityOf(session: State, index: number): number | string {
  const place = placeOf(session, index)
  const outermost = outermostRetry(session, index)
  const again = outermost < 0 ? undefined : attemptsOf(session.notes.get(outermost)?.memory).again
  if (again === undefined) return place
  const { ids, parent } = session.tree
  let times = 0
  for (let above = index; above !== outermost; above = parent[above]!) times += countOf(again[ids[above]!] ?? 0)
  return times === 0 ? place : `${place}~${times}`
}

/** How often this key was asked for before, and counts it; 0 outside of any retry, where it is asked for once. */
export function triesOf(session: State, index: number, key: string): number {
  const outermost = outermostRetry(session, index)
  if (outermost < 0) return 0
  const attempts = attemptsOf(session.notes.get(outermost)?.memory)
  const tries = countOf(attempts.tries?.[key] ?? 0)
  session.notes.at(outermost).memory = { ...attempts, tries: { ...attempts.tries, [key]: tries + 1 } }
  return tries
}

/** What was done from this node on down was undone, or is used up: another try does it again, under another key. */
export function countAgain(session: State, index: number): void {
  const outermost = outermostRetry(session, index)
  if (outermost < 0) return
  const attempts = attemptsOf(session.notes.get(outermost)?.memory)
  const id = session.tree.ids[index]!
  const again = { ...attempts.again, [id]: countOf(attempts.again?.[id] ?? 0) + 1 }
  session.notes.at(outermost).memory = { ...attempts, again }
}

function placeOf(session: State, index: number): number | string {
  const retry = nearestRetry(session, index)
  if (retry < 0) return session.visitOf(index)
  const node = session.tree.ids[index]!
  const visit = session.visitOf(index)
  const attempts = attemptsOf(session.notes.get(retry)?.memory)
  const last = attempts.seen?.[node] ?? undefined
  const before = last === undefined ? 0 : countOf(last[1]) + (last[0] === visit ? 0 : 1)
  if (last?.[0] !== visit) {
    session.notes.at(retry).memory = { ...attempts, seen: { ...attempts.seen, [node]: [visit, before] } }
  }
  return `${placeOf(session, retry)}.${before}`
}

/** One that has settled retries nothing any more; what is undone below it then is undone once. */
function nearestRetry(session: State, index: number): number {
  const { tree } = session
  let retry = tree.near.retry[index]!
  while (retry >= 0 && !session.isRunning(retry)) retry = tree.near.retry[retry]!
  return retry
}

function outermostRetry(session: State, index: number): number {
  let outermost = nearestRetry(session, index)
  for (;;) {
    const next = outermost < 0 ? -1 : nearestRetry(session, outermost)
    if (next < 0) return outermost
    outermost = next
  }
}
