import { expect, it } from 'vitest'
import { beHostile } from './run.ts'

const seed = Number(process.env['COPSE_CHAOS_SEED'] ?? Date.now() % 1_000_000)

it(`refuses or handles whatever is posted, and nobody else waits for it (seed ${seed})`, async () => {
  const isShown = process.env['COPSE_CHAOS_SHOW'] !== undefined
  const { broken } = await beHostile({
    seed,
    amounts: {
      warmUpMs: 500,
      quietMs: 1_000,
      envelopes: 300,
      contacts: 200,
      messages: 1_000,
      floodSeconds: 0.5,
      connections: 60,
      heldBack: 60,
      tinyChunks: 50_000,
      patienceMs: 1_000,
      isCalmBetween: false,
    },
    show: (report) => void (isShown && process.stdout.write(`${JSON.stringify(report)}\n`)),
    // Of a machine that does much else.
    bounds: { memoryMb: 600, timesQuiet: 50, leastMs: 5_000 },
  })
  expect(broken).toEqual([])
}, 120_000)
