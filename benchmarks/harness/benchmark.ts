/** One workload, or one family of them: what is measured side by side in one process of its own. */
export interface Benchmark {
  id: string
  measure(): Promise<Result[]>
}

/** A folder's list: loaded one at a time, so that no benchmark pays for another one's imports. */
export type Benchmarks = Readonly<Record<string, () => Promise<Benchmark>>>

export type Unit = 'us' | 'bytes' | 'levels' | 'refusals' | 'cases'

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
  /** `holds` is `ratio <= goal`. */
  goal: number | null
  holds: boolean
  /** Times: `ours` and `reference` are the least of so many interleaved rounds. */
  rounds?: number
  oursMedian?: number
  referenceMedian?: number
  /** Measured beside it, claimed by nobody. */
  also?: Record<string, number>
  missing?: string
}
