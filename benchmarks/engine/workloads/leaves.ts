/** What leaves count in. */
export interface Tally {
  steps: number
  sum: number
}

export type Leaf = (tally: Tally) => void

export const newTally = (): Tally => ({ steps: 0, sum: 0 })

/** Twenty functions, not one twenty times: a real tree calls many, and no compiler may know which comes next. */
export const leaves: readonly Leaf[] = [
  (tally) => void (tally.steps++, (tally.sum += 1)),
  (tally) => void (tally.steps++, (tally.sum += 2)),
  (tally) => void (tally.steps++, (tally.sum += 3)),
  (tally) => void (tally.steps++, (tally.sum += 4)),
  (tally) => void (tally.steps++, (tally.sum += 5)),
  (tally) => void (tally.steps++, (tally.sum += 6)),
  (tally) => void (tally.steps++, (tally.sum += 7)),
  (tally) => void (tally.steps++, (tally.sum += 8)),
  (tally) => void (tally.steps++, (tally.sum += 9)),
  (tally) => void (tally.steps++, (tally.sum += 10)),
  (tally) => void (tally.steps++, (tally.sum -= 1)),
  (tally) => void (tally.steps++, (tally.sum -= 2)),
  (tally) => void (tally.steps++, (tally.sum -= 3)),
  (tally) => void (tally.steps++, (tally.sum -= 4)),
  (tally) => void (tally.steps++, (tally.sum -= 5)),
  (tally) => void (tally.steps++, (tally.sum -= 6)),
  (tally) => void (tally.steps++, (tally.sum -= 7)),
  (tally) => void (tally.steps++, (tally.sum -= 8)),
  (tally) => void (tally.steps++, (tally.sum -= 9)),
  (tally) => void (tally.steps++, (tally.sum -= 10)),
]

/** As plain code has it. Each engine has its own, just as short: an async function that answers what it must. */
export async function asyncLeaf(tally: Tally): Promise<void> {
  tally.steps++
}
