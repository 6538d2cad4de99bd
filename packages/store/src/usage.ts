import type { UsageStore } from '@copse/contracts'
import type { Room } from './room.ts'

export function createUsage({ sql }: Room): UsageStore {
  return {
    async tokensSince(purpose, sinceMs) {
      const row = sql.get<{ tokens: number }>(
        'SELECT coalesce(sum(input_tokens + output_tokens), 0) AS tokens FROM usage WHERE at >= ? AND purpose = ?',
        [sinceMs, purpose],
      )
      return row?.tokens ?? 0
    },
  }
}
