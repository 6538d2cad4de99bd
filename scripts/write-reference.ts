/**
 * Writes docs/reference from the code. `--check` only says whether it is fresh: CI runs that, so that a page and the code
 * cannot drift apart.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { faults, metrics, type MetricSpec } from '@copse/contracts'
import { nodes, treeJsonSchema } from '@copse/engine'
import { readNodes } from './node-reference/source.ts'

const folder = new URL('../docs/reference/', import.meta.url)
const check = process.argv.includes('--check')

const pages: Record<string, string> = {
  'faults.md': faultsPage(),
  'metrics.md': metricsPage(),
  'tree.schema.json': `${JSON.stringify(treeSchema(), null, 2)}\n`,
}

function faultsPage(): string {
  const rows = Object.entries(faults).map(
    ([code, { kind, status, retryable, title }]) =>
      `| \`${code}\` | ${kind} | ${status} | ${retryable ? 'yes' : 'no'} | ${title} |`,
  )
  return [
    '# Faults',
    '',
    'Errors that a person or a program outside can meet. Over HTTP each is `application/problem+json` with `code`, `title`,',
    '`detail` and `requestId`. *Again* says whether the same request can succeed later without a change.',
    '',
    'Written by `scripts/write-reference.ts` from `packages/contracts/src/faults.ts`.',
    '',
    '| code | kind | status | again | what to do |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}

function metricsPage(): string {
  const rows = Object.entries<MetricSpec>(metrics).map(
    ([name, { kind, labels, help }]) =>
      `| \`${name}\` | ${kind} | ${labels.map((label) => `\`${label}\``).join(', ')} | ${help} |`,
  )
  return [
    '# Metrics',
    '',
    'What `GET /metrics` of a tenant’s process says, in the text format of Prometheus. The room comes first, the unit last.',
    'Counters and histograms begin at 0 with the process and appear with their first value; gauges are read when asked.',
    'A family takes at most 2,000 sets of labels; what comes beyond is counted in `metrics_dropped_total`.',
    '',
    'Written by `scripts/write-reference.ts` from `packages/contracts/src/metrics.ts`.',
    '',
    '| metric | kind | labels | what it says |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}

/** With what the comments of the nodes say, for whoever writes one in an editor. */
function treeSchema() {
  const words = [...readNodes()].map(([op, { summary, statuses, keys }]) => {
    const table = statuses.map(({ when, answer }) => `${when} → ${answer}`).join(' · ')
    return [op, { summary: [...summary, table].join('\n\n'), keys }] as const
  })
  return treeJsonSchema(nodes, new Map(words))
}

for (const [name, text] of Object.entries(pages)) {
  const file = new URL(name, folder)
  if (!check) writeFileSync(file, text)
  else if (readFileSync(file, 'utf8') !== text) {
    process.stderr.write(`docs/reference/${name} is not fresh: run node scripts/write-reference.ts\n`)
    process.exitCode = 1
  }
}
