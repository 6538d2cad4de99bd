import { dim } from './table.ts'

const shown = 100

/** One more than is shown, so that a list can say that there are more. */
export const enough = String(shown + 1)

/** As much of a list, the newest first, as one reads, and what to say under it when that is not all. */
export const newest = <T>(all: readonly T[]): { rows: readonly T[]; more: string[] } => ({
  rows: all.slice(0, shown),
  more: all.length > shown ? ['', dim(`These are the newest ${shown}; there are more.`)] : [],
})
