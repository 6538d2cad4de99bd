import type { InstanceRef, Seen } from './host.ts'

/** What is wanted of a tenant's process. */
export interface Wanted {
  running: boolean
  port: number
  dev: boolean
}

/** What is known of it. `waiting`: it failed and is started again at `dueAt`. */
export interface Known {
  state: 'stopped' | 'starting' | 'running' | 'stopping' | 'waiting'
  ref: InstanceRef | null
  detail: string | null
  attempts: number
  dueAt: Date | null
  startedAt: Date | null
}

export interface Decision {
  act: 'none' | 'start' | 'ask to stop' | 'stop at once'
  known: Known
}

export const nothingKnown: Known = {
  state: 'stopped',
  ref: null,
  detail: null,
  attempts: 0,
  dueAt: null,
  startedAt: null,
}

/** It ran this long: what fails later is a new failure, not one more of the same. */
const steadyMs = 60_000
/** Nobody starts for so long. */
const slowMs = 30_000
const firstDelayMs = 500
const longestDelayMs = 60_000

/**
 * Level-triggered: looks only at what is wanted, known and seen now, never at what happened, so that a lost event or
 * a crash in between costs a pass and nothing else.
 */
export function decide(wanted: Wanted, known: Known, seen: Seen, now: Date, graceMs: number): Decision {
  if (seen === 'absent') return decideAbsent(wanted, known, now)
  const fits = known.ref?.port === wanted.port && known.ref.dev === wanted.dev
  if (!wanted.running || !fits) return decideUnwanted(known, now, graceMs)
  const livedMs = now.getTime() - (known.startedAt?.getTime() ?? 0)
  const attempts = seen === 'running' && livedMs > steadyMs ? 0 : known.attempts
  const detail = seen === 'starting' && livedMs > slowMs ? silence(wanted) : null
  return { act: 'none', known: { ...known, state: seen, detail, dueAt: null, attempts } }
}

/** Killing it is for a person: it may be busy with what must not be cut off. */
const silence = ({ port }: Wanted): string =>
  `It lives and does not answer on port ${port}. See instance.log in its folder; if it stands still, kill its process: it is started again.`

function decideAbsent(wanted: Wanted, known: Known, now: Date): Decision {
  if (!wanted.running) return { act: 'none', known: nothingKnown }
  const died = known.ref !== null && known.state !== 'stopping'
  if (died) return { act: 'none', known: failed(known, now) }
  if (known.dueAt !== null && known.state === 'waiting' && now < known.dueAt) return { act: 'none', known }
  return { act: 'start', known: { ...known, state: 'starting', dueAt: null, startedAt: now } }
}

/** Tried again later, and later each time. */
export function failed(known: Known, now: Date): Known {
  const delayMs = Math.min(longestDelayMs, firstDelayMs * 2 ** known.attempts)
  const dueAt = new Date(now.getTime() + delayMs)
  return { ...known, state: 'waiting', ref: null, attempts: known.attempts + 1, dueAt }
}

function decideUnwanted(known: Known, now: Date, graceMs: number): Decision {
  if (known.state !== 'stopping' || known.dueAt === null) {
    const dueAt = new Date(now.getTime() + graceMs)
    return { act: 'ask to stop', known: { ...known, state: 'stopping', dueAt } }
  }
  return { act: now < known.dueAt ? 'none' : 'stop at once', known }
}
