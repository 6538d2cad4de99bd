import type { Benchmarks } from '../harness/benchmark.ts'

/** T1 to T10: what the durable turn, and the process that makes it, promise of their speed and size. */
export const benchmarks: Benchmarks = {
  T1: async () => (await import('./t1-turns.ts')).benchmark,
  T2: async () => (await import('./t2-peers.ts')).benchmark,
  T4: async () => (await import('./t4-webhooks.ts')).benchmark,
}
