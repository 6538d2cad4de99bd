/**
 * Writes docs/reference from the code. `--check` only says whether it is fresh: CI runs that, so that a page and the code
 * cannot drift apart.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { faults, metrics, type MetricSpec } from '@copse/contracts'
import { nodes, treeJsonSchema } from '@copse/engine'
import { flowJsonSchema, procedureJsonSchema } from '@copse/procedures'
import { readNodes } from './node-reference/source.ts'

const folder = new URL('../docs/reference/', import.meta.url)
const check = process.argv.includes('--check')

const pages: Record<string, string> = {
  'faults.md': faultsPage(),
  'flow-keys.md': flowKeysPage(),
  'flow.schema.json': `${JSON.stringify(flowJsonSchema(), null, 2)}\n`,
  'metrics.md': metricsPage(),
  'procedure-keys.md': procedureKeysPage(),
  'procedure.schema.json': `${JSON.stringify(procedureJsonSchema(), null, 2)}\n`,
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

/** The same that an editor shows, to read at one go. */
function procedureKeysPage(): string {
  const { procedure } = procedureJsonSchema()['properties'] as Record<string, Keyed>
  const steps = procedure!.properties!['steps']!.items!.allOf!.map((one) => one.then)
  return [
    '# Keys of a procedure',
    '',
    'Everything that a procedure in our format can say. An editor that knows YAML shows the same while you type, and marks',
    'what does not fit, when this is the first line of the file (with the way from it to this folder):',
    '',
    '```yaml',
    '# yaml-language-server: $schema=../docs/reference/procedure.schema.json',
    '```',
    '',
    'Written by `scripts/write-reference.ts` from `packages/procedures/src/steps` and `editors/meanings.ts`.',
    '',
    '## The procedure',
    '',
    ...keysTable(procedure!),
    ...steps.flatMap((step) => ['', `## \`${step.title}\``, '', ...keysTable(step)]),
    '',
  ].join('\n')
}

/** The same of a flow. */
function flowKeysPage(): string {
  const schema = flowJsonSchema() as { properties: Record<string, Keyed>; $defs: Record<string, Keyed> }
  const { state, task, action } = schema.$defs
  const transition = state!.properties!['transitions']!.items!
  const shown = (of: Keyed): string[] => keysTable(of, ['transitions', 'on_enter'])
  return [
    '# Keys of a flow',
    '',
    'Everything that a flow in our format can say, under `flow:`. An editor that knows YAML shows the same while you type, and',
    'marks what does not fit, when this is the first line of the file (with the way from it to this folder):',
    '',
    '```yaml',
    '# yaml-language-server: $schema=../docs/reference/flow.schema.json',
    '```',
    '',
    'Written by `scripts/write-reference.ts` from `packages/procedures/src/flows` and `editors/flow-meanings.ts`.',
    '',
    '## The flow',
    '',
    ...keysTable(schema.properties['flow']!, ['global_transitions']),
    '',
    '## A state',
    '',
    ...shown(state!),
    '',
    '## A transition',
    '',
    'A global one may also say `priority: true`: then it is tried before those of the state.',
    '',
    ...keysTable(transition),
    '',
    '## A task',
    '',
    ...keysTable(task!),
    ...action!.allOf!.flatMap(({ then: one }) => ['', `## \`${one.title}\``, '', ...keysTable(one)]),
    '',
  ].join('\n')
}

interface Keyed {
  title?: string
  description?: string
  properties?: Record<string, Keyed>
  required?: string[]
  items?: Keyed
  allOf?: { then: Keyed }[]
  anyOf?: Keyed[]
}

/** `apart`: keys whose own keys have tables of their own. */
function keysTable(of: Keyed, apart: readonly string[] = ['steps']): string[] {
  return ['| key | needed | what it is for |', '|---|---|---|', ...keyRows(of, '', apart)]
}

function keyRows({ properties = {}, required = [] }: Keyed, before: string, apart: readonly string[]): string[] {
  return Object.entries(properties).flatMap(([key, below]) => {
    const row = `| \`${before}${key}\` | ${required.includes(key) ? 'yes' : ''} | ${below.description ?? ''} |`
    const inside = [below, below.items, ...(below.anyOf ?? [])].find((one) => one?.properties)
    return [row, ...(inside && !apart.includes(key) ? keyRows(inside, `${before}${key}.`, apart) : [])]
  })
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
