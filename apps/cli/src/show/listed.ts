import { dim } from './table.ts'

const most = 100

/** How many to ask for so that `count` can be shown: one more tells that there are more. */
export const enough = (count = most): string => String(count + 1)

/** As much of a list as one reads, and what to say under it when that is not all. */
export const listed = <T>(all: readonly T[], count = most): { rows: readonly T[]; more: string[] } => ({
  rows: all.slice(0, count),
  more: all.length > count ? [dim(`Only ${count} are shown; there are more.`)] : [],
})
