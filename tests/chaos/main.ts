/** `make chaos`: the long version of what stands in the tests beside it. Writes docs/reference/chaos.md. */
import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { live } from './history.ts'
import { killAgainAndAgain } from './kills.ts'

const kills = Number(process.env['COPSE_CHAOS_KILLS'] ?? 500)
const histories = Number(process.env['COPSE_CHAOS_HISTORIES'] ?? 10_000)
const seed = Number(process.env['COPSE_CHAOS_SEED'] ?? Date.now() % 1_000_000)
const say = (text: string): void => void process.stdout.write(`${text}\n`)

say(`${kills} kills under load, seed ${seed} …`)
const killed = await killAgainAndAgain({ kills, seed })
say(JSON.stringify(killed))

say(`${histories} histories, from seed ${seed} …`)
const begun = Date.now()
const sum = { kills: 0, acknowledged: 0, fired: 0 }
const broken: string[] = []
for (let next = seed; next < seed + histories; next++) {
  const history = await live(next)
  for (const key of ['kills', 'acknowledged', 'fired'] as const) sum[key] += history[key]
  broken.push(...history.broken.map((what) => `seed ${next}: ${what}`))
  if ((next - seed + 1) % 500 === 0) say(`${next - seed + 1}: ${broken.length} broken`)
}

const all = [...killed.broken, ...broken]
const report = `# Chaos report

Made by \`make chaos\` on ${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${availableParallelism()} cores.

## Kills under load

A tenant's process with 12 contacts that write all the time, killed with SIGKILL at random moments and started again on
the same folder. A fifth of the messages are delivered twice, a tenth change places, and what was not acknowledged is sent
again. Half of them end in a write that an outside system recognises by its key, half in one that it does not.

| kills | messages acknowledged | repeated deliveries | lost | handled twice | out of order | effects done twice | uncertain effects | buried | seed | seconds |
|---|---|---|---|---|---|---|---|---|---|---|
| ${killed.kills} | ${killed.acknowledged} | ${killed.repeated} | ${count(killed.broken, 'lost')} | ${count(killed.broken, 'handled twice')} | ${count(killed.broken, 'another order')} | ${count(killed.broken, /keys|called/)} | ${killed.uncertain} | ${killed.buried} | ${killed.seed} | ${killed.seconds} |

An uncertain effect is a write that cannot be repeated and was cut off by a kill: at most one of a session, visible to a
person. Buried are messages whose turns were under way in three kills in a row, as those of a message that kills the process
would be: the customer got an apology, a person was told, and one call tries them again.

## Histories

Lives of several processes on one disk, one after the other, where every choice follows from a seed: new and repeated
messages, kills, an outside that is unreachable, cuts answers or does what it was asked without saying so, a channel that
refuses, handlers with bugs, timers, and a clock that jumps by seconds, days and a month, also back.

| histories | kills | messages | timers fired | broken promises | first seed | seconds |
|---|---|---|---|---|---|---|
| ${histories} | ${sum.kills} | ${sum.acknowledged} | ${sum.fired} | ${broken.length} | ${seed} | ${Math.round((Date.now() - begun) / 1_000)} |
${all.length === 0 ? '' : `\n## Broken\n\n${all.map((what) => `- ${what}`).join('\n')}\n`}`
writeFileSync(new URL('../../docs/reference/chaos.md', import.meta.url), report)
say(all.length === 0 ? 'every promise was kept' : all.join('\n'))
// Dead processes of histories still wait for answers that never come.
process.exit(all.length === 0 ? 0 : 1)

function count(found: readonly string[], what: string | RegExp): number {
  return found.filter((line) => (typeof what === 'string' ? line.includes(what) : what.test(line))).length
}
