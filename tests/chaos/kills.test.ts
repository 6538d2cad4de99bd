import { expect, it } from 'vitest'
import { killAgainAndAgain } from './kills.ts'

const kills = Number(process.env['COPSE_CHAOS_KILLS'] ?? 6)
const seed = Number(process.env['COPSE_CHAOS_SEED'] ?? Date.now() % 1_000_000)

it(
  `keeps its promises through ${kills} kills under load (seed ${seed})`,
  async () => {
    const report = await killAgainAndAgain({ kills, seed })
    process.stdout.write(`${JSON.stringify({ ...report, broken: report.broken.length })}\n`)
    expect(report.broken).toEqual([])
    expect(report.acknowledged).toBeGreaterThan(kills)
  },
  60_000 + kills * 5_000,
)
