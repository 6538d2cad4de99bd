import { asks, dependsOn, type PathTaken, type Taken } from './path.ts'

/** What a correction of some fields means for the way that was taken since they were asked for. */
export interface Redo {
  /** Where on the way it begins anew. */
  start: number
  /** What was found out by the old values. */
  forgotten: string[]
  /** Steps with writes that were done by the old values, or would perhaps not have come at all; the last one first. */
  affected: Taken[]
  /** Some step on the way, other than the one that waits, depends on the fields. */
  isWide: boolean
}

/** `waiting`: the step that the customer is at. Undefined: how the fields came to be known is not remembered any more. */
export function redoFor(path: PathTaken, fields: readonly string[], waiting: string): Redo | undefined {
  const { corrections, taken, again } = path
  const starts = fields.map((field) => {
    const asked = ({ step }: Taken): boolean => corrections.askedBy[field]?.includes(step) ?? false
    const at = taken.findLastIndex(asked)
    // Asked for further on, before an earlier correction: it can begin anew only where something is asked for.
    return at < 0 && again.some(asked) ? taken.findLastIndex(({ step }) => asks(corrections, step)) : at
  })
  if (starts.some((at) => at < 0)) return undefined
  let start = beforeDetours(path, Math.min(...starts))
  for (;;) {
    const found = redoFrom(path, start, fields, waiting)
    const earlier = askedBeforeFound(path, start, found.forgotten)
    if (earlier === undefined) return found
    start = beforeDetours(path, earlier)
  }
}

function redoFrom(path: PathTaken, start: number, fields: readonly string[], waiting: string): Redo {
  const { corrections, taken, open, again } = path
  const here: Taken = { step: waiting, exit: '', ...open }
  const way = [...taken.slice(start), here, ...again]
  const changed = new Set(fields)
  const dependent = new Set<string>()
  const mayNotCome = ({ step }: Taken): boolean =>
    corrections.steps[step]?.decidedBy?.some((decider) => dependent.has(decider)) ?? false
  // The step that waits is begun anew, whatever it did.
  const isDoneAnew = (one: Taken): boolean => one.did !== undefined && (one === here || mayNotCome(one))
  for (let size = -1; size < changed.size + dependent.size;) {
    size = changed.size + dependent.size
    for (const one of way)
      if (dependsOn(corrections, one, changed) || isDoneAnew(one)) {
        dependent.add(one.step)
        // What is taken back is done anew, and may come to something else; what it decides may be found out elsewhere.
        const { writes = [], sways = [] } = corrections.steps[one.step] ?? {}
        for (const field of [...writes, ...sways]) changed.add(field)
      }
  }
  const affected = way.filter(({ step, did }) => did !== undefined && dependent.has(step))
  return {
    start,
    forgotten: [...changed].filter((field) => !fields.includes(field)),
    affected: affected.toReversed(),
    isWide: [...dependent].some((step) => step !== waiting),
  }
}

/** What is forgotten was found out before: the step that is begun anew to find it out again is the one that asks before. */
function askedBeforeFound({ corrections, taken }: PathTaken, start: number, forgotten: string[]): number | undefined {
  const before = taken.slice(0, start)
  const found = before.findIndex(({ step }) =>
    corrections.steps[step]?.writes?.some((name) => forgotten.includes(name)),
  )
  const asked = before.findLastIndex(({ step }, at) => at <= found && asks(corrections, step))
  return asked < 0 ? undefined : asked
}

/** A step that was gone to for what another one lacked is gone to from there again, so that it leads back. */
function beforeDetours({ corrections, taken }: PathTaken, from: number): number {
  let start = from
  for (let before = taken[start - 1]; before; before = taken[start - 1]) {
    if (!corrections.detours[before.step]?.includes(before.exit)) return start
    start -= 1
  }
  return start
}
