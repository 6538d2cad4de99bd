import { setTimeout as wait } from 'node:timers/promises'

/** Resolves after `ms`, or as soon as the signal says that nobody waits any more. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>

export const sleepUnlessAborted: Sleep = async (ms, signal) => {
  try {
    await wait(ms, undefined, { signal })
  } catch (error) {
    if (!signal.aborted) throw error
  }
}
