/** The part of `make chaos` that is hostile. Writes docs/reference/hostile-input.md. */
import { writeFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import type { Amounts } from './case.ts'
import { pageOf } from './page.ts'
import { beHostile } from './run.ts'

const seed = Number(process.env['COPSE_CHAOS_SEED'] ?? Date.now() % 1_000_000)
const say = (text: string): void => void process.stdout.write(`${text}\n`)

/** Of the full amounts: 1 takes a quarter of an hour on a machine that has nothing else to do. */
const share = Number(process.env['COPSE_CHAOS_SHARE'] ?? 1)
const of = (amount: number): number => Math.ceil(amount * share)

const amounts: Amounts = {
  warmUpMs: 5_000,
  quietMs: of(20_000),
  envelopes: of(100_000),
  contacts: of(10_000),
  messages: of(8_000),
  floodSeconds: of(10),
  connections: of(2_000),
  heldBack: of(400),
  // More than the limit of a body.
  tinyChunks: 3_200_000,
  patienceMs: 45_000,
  isCalmBetween: true,
}
const bounds = { memoryMb: 600, timesQuiet: 30, leastMs: 2_000 }

say(`hostile input, seed ${seed} …`)
const report = await beHostile({ amounts, seed, bounds, show: (one) => say(JSON.stringify(one)) })
const page = pageOf(report, amounts, bounds, {
  date: new Date().toISOString().slice(0, 10),
  node: process.versions.node,
  cores: availableParallelism(),
  share,
  load: loadavg()[2] ?? 0,
})
writeFileSync(new URL('../../../docs/reference/hostile-input.md', import.meta.url), page)
say(report.broken.length === 0 ? 'every promise was kept' : report.broken.join('\n'))
process.exit(report.broken.length === 0 ? 0 : 1)
