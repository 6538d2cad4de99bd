import type { Benchmarks } from '../harness/benchmark.ts'

/** T1 to T10: what the durable turn, and the process that makes it, promise of their speed and size. */
export const benchmarks: Benchmarks = {
  T1: async () => (await import('./t1-turns.ts')).benchmark,
  T2: async () => (await import('./t2-peers.ts')).benchmark,
  T4: async () => (await import('./t4-webhooks.ts')).benchmark,
  T6: async () => (await import('./t6-process.ts')).benchmark,
  T8: async () => (await import('./t8-recovery.ts')).benchmark,
  T9: async () => (await import('./t9-timers.ts')).benchmark,
  T10: async () => (await import('./t10-memory.ts')).benchmark,
}
