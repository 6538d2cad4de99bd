import { expect, it } from 'vitest'
import { live } from './history.ts'

const histories = Number(process.env['COPSE_CHAOS_HISTORIES'] ?? 60)
const first = Number(process.env['COPSE_CHAOS_SEED'] ?? Date.now() % 1_000_000)

it(
  `keeps its promises in ${histories} histories, whatever happens when (from seed ${first})`,
  async () => {
    const sum = { kills: 0, acknowledged: 0, fired: 0 }
    for (let seed = first; seed < first + histories; seed++) {
      const { broken, ...history } = await live(seed)
      expect({ seed, broken }).toEqual({ seed, broken: [] })
      for (const key of ['kills', 'acknowledged', 'fired'] as const) sum[key] += history[key]
    }
    expect(sum.kills).toBeGreaterThan(histories)
    expect(sum.acknowledged).toBeGreaterThan(histories)
    process.stdout.write(`${JSON.stringify({ histories, first, ...sum })}\n`)
  },
  60_000 + histories * 1_000,
)
