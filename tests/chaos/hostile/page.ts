import type { Amounts } from './case.ts'
import type { Bounds, CaseReport, HostileReport } from './run.ts'

interface Machine {
  date: string
  node: string
  cores: number
  /** Of the full amounts. */
  share: number
  /** Processes that wanted a core, over the last quarter of an hour. */
  load: number
}

const count = (value: number): string => value.toLocaleString('en')

/** What docs/reference/hostile-input.md says. */
export function pageOf(report: HostileReport, amounts: Amounts, bounds: Bounds, machine: Machine): string {
  const { quiet, cases, broken, highestMemoryMb, seed } = report
  const command = `${machine.share === 1 ? '' : `COPSE_CHAOS_SHARE=${machine.share} `}node tests/chaos/hostile/main.ts`
  return `# Hostile input

Made by \`${command}\`, which is a part of \`make chaos\`, on ${machine.date} with seed ${seed}: Node
${machine.node}, ${machine.cores} shared cores. Over the last quarter of an hour ${machine.load.toFixed(1)} processes wanted a core, this
test and others: where that is more than the cores, the slowest answers say more about the machine than about Copse.

A tenant's process with a WhatsApp number is sent everything hostile that we know, one case after the other, by others who
know the secret and by others who do not. Meanwhile one contact does nothing wrong, writes all the time and waits for each
answer. ${count(amounts.envelopes)} envelopes are real ones of Meta's with parts replaced, removed, wrapped, repeated or cut; ${count(amounts.contacts)} contacts
write at once; one writes 1,000 messages a second for ${amounts.floodSeconds} seconds; ${count(amounts.connections)} connections drip; ${amounts.heldBack} bodies of 3 MB lack
their last byte.

What must hold, and fails the run otherwise: the process lives; each request gets an answer that is listed for its case,
or its connection is cut; what is signed is kept in the end; what is not signed, or not whole, leaves not a row; an
endless request ends, refused at its limit or after 30 seconds; memory stays below ${bounds.memoryMb} MB; and the other contact's messages
are acknowledged, 99 of 100 of them, within ${bounds.timesQuiet} times what it takes when nobody is hostile, or ${count(bounds.leastMs)} ms if that is more.

The process takes ${quiet.memoryMb} MB when nobody is hostile, and ${highestMemoryMb} MB at its highest. \`cut\` is a connection that was ended before
an answer could be read. 408 is a request that took longer than 30 seconds; 503 says that there is too much at once, and
whoever is told so by a signed request comes back. Of a case that was over before the other contact wrote a hundred
messages, the slowest is shown.

| case | answers | seconds | acknowledged, ms | answered, ms | memory, MB |
|---|---|---|---|---|---|
${[quiet, ...cases].map(row).join('\n')}

${broken.length === 0 ? 'Nothing was broken.' : `## Broken\n\n${broken.map((what) => `- ${what}`).join('\n')}`}
`
}

const row = ({ name, answers, seconds, acknowledgedP99Ms, answeredP99Ms, memoryMb }: CaseReport): string =>
  `| ${[
    name,
    Object.entries(answers)
      .map(([answer, times]) => `${answer} × ${count(times)}`)
      .join(', '),
    seconds.toFixed(1),
    acknowledgedP99Ms,
    answeredP99Ms,
    memoryMb,
  ].join(' | ')} |`
