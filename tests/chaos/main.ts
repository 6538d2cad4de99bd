/** `make chaos`: the long version of what stands in the tests beside it. Writes docs/reference/chaos.md. */
import { writeFileSync } from 'node:fs'
import { live } from './history.ts'
import { killAgainAndAgain } from './kills.ts'
import { reportOf, type Lived } from './report.ts'

const kills = Number(process.env['COPSE_CHAOS_KILLS'] ?? 500)
const histories = Number(process.env['COPSE_CHAOS_HISTORIES'] ?? 10_000)
const seed = Number(process.env['COPSE_CHAOS_SEED'] ?? Date.now() % 1_000_000)
const say = (text: string): void => void process.stdout.write(`${text}\n`)

say(`${kills} kills under load, seed ${seed} …`)
const killed = await killAgainAndAgain({ kills, seed })
say(JSON.stringify(killed))

const lived: Lived = { histories: 0, kills: 0, acknowledged: 0, fired: 0, broken: [], ms: 0 }
/** Again and again, so that a run which is cut off leaves what it found. */
const write = (): void =>
  writeFileSync(new URL('../../docs/reference/chaos.md', import.meta.url), reportOf(killed, lived))
write()

say(`${histories} histories, from seed ${seed} …`)
const begun = Date.now()
for (let next = seed; next < seed + histories; next++) {
  const history = await live(next)
  for (const key of ['kills', 'acknowledged', 'fired'] as const) lived[key] += history[key]
  lived.broken.push(...history.broken.map((what) => `seed ${next}: ${what}`))
  lived.histories++
  lived.ms = Date.now() - begun
  if (lived.histories % 500 > 0 && lived.histories < histories) continue
  write()
  say(`${lived.histories}: ${lived.broken.length} broken`)
}

const all = [...killed.broken, ...lived.broken]
say(all.length === 0 ? 'every promise was kept' : all.join('\n'))
// Dead processes of histories still wait for answers that never come.
process.exit(all.length === 0 ? 0 : 1)
