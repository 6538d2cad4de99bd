import type { Benchmark } from '../harness/benchmark.ts'
import { missing } from '../harness/claim.ts'

export const benchmark: Benchmark = {
  id: 'P10',
  measure: async () => [missing('P10', 'there is no packages/decisions yet, so no table of ours can be measured')],
}
