/** One workload, or one family of them: what is measured side by side in one process of its own. */
export interface Benchmark {
  id: string
  measure(run: Run): Promise<Result[]>
}

export interface Run {
  /** Fewer and shorter rounds: to see that it runs, not to quote. */
  quick: boolean
}

/** A folder's list: loaded one at a time, so that no benchmark pays for another one's imports. */
export type Benchmarks = Readonly<Record<string, () => Promise<Benchmark>>>

export type Unit = 'us' | 'ms' | 'bytes' | 'MB' | 'per s' | 'levels' | 'refusals' | 'cases'

/** One claim and what came of it. */
export interface Result {
  id: string
  /** What is claimed, as a sentence. */
  what: string
  unit: Unit
  /** `null` where it could not be measured; `missing` says why. */
  ours: number | null
  reference: number | null
  /** What `reference` is. */
  versus: string
  /** ours / reference; where more is better, reference / ours. Smaller is better, always. */
  ratio: number | null
  /** `holds` is `ratio <= goal`; `null` where this machine lacks what it takes to measure it. */
  goal: number | null
  holds: boolean | null
  /** Of so many interleaved rounds, times are the least and rates the median. */
  rounds?: number
  oursMedian?: number
  referenceMedian?: number
  /** Measured beside it, claimed by nobody. */
  also?: Record<string, number>
  missing?: string
}
