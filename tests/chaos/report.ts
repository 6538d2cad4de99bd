import { availableParallelism } from 'node:os'
import type { KillReport } from './kills.ts'

export interface Lived {
  histories: number
  kills: number
  acknowledged: number
  fired: number
  broken: string[]
  ms: number
}

/** The page of docs/reference; what broke stands at its end. */
export function reportOf(killed: KillReport, lived: Lived): string {
  const all = [...killed.broken, ...lived.broken]
  return `# Chaos report

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
| ${lived.histories} | ${lived.kills} | ${lived.acknowledged} | ${lived.fired} | ${lived.broken.length} | ${killed.seed} | ${Math.round(lived.ms / 1_000)} |
${all.length === 0 ? '' : `\n## Broken\n\n${all.map((what) => `- ${what}`).join('\n')}\n`}`
}

function count(found: readonly string[], what: string | RegExp): number {
  return found.filter((line) => (typeof what === 'string' ? line.includes(what) : what.test(line))).length
}
