export interface Contender {
  /**
   * Runs the workload once; answers how many of its steps really happened. What it answers is added up and compared,
   * so nothing can be optimised away and nobody is faster for having skipped a part.
   */
  run: () => number | Promise<number>
  /** What `run` must answer. */
  steps: number
  /** The workload holds so many of what is measured: what is timed is divided by it. 1 unless said. */
  per?: number
}

/** In microseconds. */
export interface Timing {
  min: number
  median: number
  rounds: number
}

/** Many short ones, since on a busy machine only a short one is ever left alone. */
const ROUNDS = 51
/** Long enough still that a round pays for the garbage it makes. */
const ROUND_MS = 12
const WARM_UP_MS = 250

/**
 * Measures all of them in the same rounds, one after the other, so that whatever else the machine does meets them all.
 * Every round starts with another one.
 */
export async function race<Name extends string>(contenders: Record<Name, Contender>): Promise<Record<Name, Timing>> {
  const lanes = Object.entries<Contender>(contenders).map(([name, contender]) => ({
    name,
    contender,
    times: 1,
    found: [] as number[],
  }))
  for (const lane of lanes) lane.times = await warmUp(lane.name, lane.contender)
  for (let round = 0; round < ROUNDS; round++) {
    for (let turn = 0; turn < lanes.length; turn++) {
      const { name, contender, times, found } = lanes[(turn + round) % lanes.length]!
      globalThis.gc?.({ type: 'minor' })
      found.push((await time(name, contender, times)) / (contender.per ?? 1))
    }
  }
  return Object.fromEntries(lanes.map(({ name, found }) => [name, timing(found)])) as Record<Name, Timing>
}

/** Until the compiler had its time; returns how many runs make a round. */
async function warmUp(name: string, contender: Contender): Promise<number> {
  const start = performance.now()
  let times = 1
  for (;;) {
    const each = await time(name, contender, times)
    times = Math.max(1, Math.ceil((ROUND_MS * 1000) / Math.max(each, 0.001)))
    if (performance.now() - start >= WARM_UP_MS) return times
  }
}

/** Microseconds per run. What is synchronous is not awaited. */
async function time(name: string, { run, steps }: Contender, times: number): Promise<number> {
  let done = 0
  const start = performance.now()
  const first = run()
  if (typeof first === 'number') {
    done = first
    for (let at = 1; at < times; at++) done += run() as number
  } else {
    done = await first
    for (let at = 1; at < times; at++) done += await run()
  }
  const spent = performance.now() - start
  if (done !== steps * times) {
    throw new Error(`"${name}" did ${done} of ${steps * times} steps: it does not run the workload that is measured.`)
  }
  return (spent * 1000) / times
}

export function timing(found: readonly number[]): Timing {
  const sorted = found.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
  return { min: sorted[0]!, median, rounds: sorted.length }
}
