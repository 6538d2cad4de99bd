import { z } from 'zod'

/**
 * Makes calls go wrong on purpose. `down`: refused before anything is done, and says so. `error`: 500, nothing done.
 * `cut`: the connection ends before it is done, `cut_after`: after it was. `delayMs` comes first in any case.
 */
export const control = z.strictObject({
  delayMs: z.number().int().min(0).max(600_000).default(0),
  fail: z.enum(['none', 'down', 'error', 'cut', 'cut_after']).default('none'),
  /** Only this operation; all of them without it. */
  operation: z.string().optional(),
  /** Only so many calls; every one without it. */
  times: z.number().int().positive().optional(),
})
export type Control = z.infer<typeof control>

export interface FaultSwitch {
  read(): Control
  set(next: Control): void
  /** What is to happen to this call; counts it. */
  take(operation: string): Pick<Control, 'delayMs' | 'fail'>
}

export function createFaultSwitch(): FaultSwitch {
  const calm: Control = { delayMs: 0, fail: 'none' }
  let now = calm
  return {
    read: () => now,
    set(next) {
      now = next
    },
    take(operation) {
      const { delayMs, fail, times } = now
      if (now.operation !== undefined && now.operation !== operation) return calm
      if (times === 1) now = calm
      else if (times !== undefined) now = { ...now, times: times - 1 }
      return { delayMs, fail }
    },
  }
}
