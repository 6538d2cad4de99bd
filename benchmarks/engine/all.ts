import type { Benchmarks } from '../harness/benchmark.ts'

/** P1 to P10: what the engine promises of its speed and size. */
export const benchmarks: Benchmarks = {
  P1: async () => (await import('./p1-sync.ts')).benchmark,
  P2: async () => (await import('./p2-traced.ts')).benchmark,
  P3: async () => (await import('./p3-async.ts')).benchmark,
  P4: async () => (await import('./p4-deep.ts')).benchmark,
  P5: async () => (await import('./p5-resume.ts')).benchmark,
  P6: async () => (await import('./p6-parallel.ts')).benchmark,
  P7: async () => (await import('./p7-states.ts')).benchmark,
  P8: async () => (await import('./p8-size.ts')).benchmark,
  P9: async () => (await import('./p9-conditions.ts')).benchmark,
  P10: async () => (await import('./p10-tables.ts')).benchmark,
}
