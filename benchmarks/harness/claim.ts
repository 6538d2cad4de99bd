import type { Result, Unit } from './benchmark.ts'
import type { Timing } from './race.ts'

export interface Claim {
  id: string
  what: string
  versus: string
  goal: number
  also?: Record<string, number>
}

interface Counted extends Claim {
  unit: Unit
  ours: number
  reference: number
  /** `less` unless said. */
  better?: 'less' | 'more'
}

/** Of two contenders of one race. */
export function claimTimes(claim: Claim, ours: Timing, reference: Timing): Result {
  return {
    ...claimCounts({ ...claim, unit: 'us', ours: ours.min, reference: reference.min }),
    rounds: ours.rounds,
    oursMedian: rounded(ours.median),
    referenceMedian: rounded(reference.median),
  }
}

export function claimCounts({ better = 'less', ours, reference, ...claim }: Counted): Result {
  const ratio = better === 'less' ? ours / reference : reference / ours
  return {
    ...claim,
    ours: rounded(ours),
    reference: rounded(reference),
    ratio: rounded(ratio),
    holds: ratio <= claim.goal,
  }
}

/** What could not be measured does not hold. */
export function missing(id: string, why: string): Result {
  const nothing = { ours: null, reference: null, ratio: null, goal: null }
  return { id, what: 'not measured', unit: 'us', ...nothing, versus: '-', holds: false, missing: why }
}

/** Of what this machine cannot measure, nothing is said; `missing` names what it lacks. */
export function unmeasured(id: string, what: string, why: string): Result {
  return { ...missing(id, why), what, holds: null }
}

/** As many digits as mean something. */
export function rounded(value: number): number {
  return Number(value.toPrecision(4))
}
