import type { Benchmarks } from '../harness/benchmark.ts'

/** A1 and A2: how long an author waits. */
export const benchmarks: Benchmarks = {
  A1: async () => (await import('./a1-compile.ts')).benchmark,
  A2: async () => (await import('./a2-simulate.ts')).benchmark,
}
