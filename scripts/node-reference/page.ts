import { nodes, treeJsonSchema } from '@copse/engine'
import { configOf } from './config.ts'
import { showExample } from './example.ts'
import { readNodes, type NodeSource } from './source.ts'

type Definition = (typeof nodes)[number]

const kinds = [
  ['composite', 'Composites', 'have children, and say which comes next.'],
  ['decorator', 'Decorators', 'change what comes of what they hold.'],
  ['leaf', 'Leaves', 'do something.'],
] as const

/** Every node of the engine: what it answers, how it is configured, an example that a test runs. */
export function nodeReference(): string {
  const schema = treeJsonSchema(nodes)
  const sources = readNodes()
  const parts = kinds.map(([kind, title, does]) => {
    const ofKind = nodes.filter((definition) => definition.kind === kind)
    const links = ofKind.map(({ op }) => `[\`${op}\`](#${op.toLowerCase()})`).join(' · ')
    return [
      `## ${title}`,
      '',
      `${title} ${does}`,
      '',
      links,
      '',
      ...ofKind.flatMap((node) => section(node, sources, schema)),
    ]
  })
  return [...opening, ...parts.flat()].join('\n')
}

const opening = [
  '# Nodes',
  '',
  'A node answers `success`, `failure` (with a code and a reason) or `running`, which means exactly one thing: something in',
  'it waits for an event, and the session is at rest. What follows is made from the nodes themselves; every example is run',
  'by a test. Conditions in the examples are written in the language of `@copse/conditions`; `call` stands for a leaf of your',
  'own that asks something outside, through the journal, and leaves what came back under its name.',
  '',
  'Written by `scripts/write-node-reference.ts` from `packages/engine/src/nodes`.',
  '',
]

function section(definition: Definition, sources: ReadonlyMap<string, NodeSource>, schema: unknown): string[] {
  const { op } = definition
  const source = sources.get(op)
  if (source === undefined || source.statuses.length === 0) {
    throw new Error(`"${op}" needs a comment above its definition that says what it answers: child success → … · …`)
  }
  if (source.example === undefined)
    throw new Error(`"${op}" needs a file ${op}.example.yaml beside it, like the others`)
  return [
    `### ${op}`,
    '',
    ...source.summary.flatMap((paragraph) => [paragraph, '']),
    ...traits(definition, schema),
    `| ${definition.kind === 'leaf' ? 'when' : 'child'} | it answers |`,
    '|---|---|',
    ...source.statuses.map(
      ({ when, answer }) => `| ${row(when.replace(/^child /, '')) || 'always'} | ${row(answer)} |`,
    ),
    '',
    ...config(op, source, schema),
    ...showExample(source.example),
    '',
  ]
}

function config(op: string, { keys: comments }: NodeSource, schema: unknown): string[] {
  const { keys, forms } = configOf(op, schema)
  if (keys.length === 0) return []
  return [
    ...(forms > 1 ? [`Its config has ${forms} forms, laid over each other here.`, ''] : []),
    '| config | | |',
    '|---|---|---|',
    ...keys.map(
      ({ key, type, isRequired }) =>
        `| \`${key}\`${isRequired ? '' : '?'} | ${row(type)} | ${row(comments.get(key) ?? '')} |`,
    ),
    '',
  ]
}

/** What else is to be known of it, in a line. */
function traits(definition: Definition, schema: unknown): string[] {
  const said = [childrenOf(definition, schema)]
  if (definition.pure) said.push(definition.kind === 'leaf' ? 'only reads' : 'only reads where its children do')
  if (definition.parks) said.push(definition.parks === true ? 'waits' : 'may wait, by its config')
  if (definition.readsLast) said.push('results are kept in trees that use it')
  if (definition.kind !== 'leaf') {
    if (definition.exits) said.push('its children are stages')
    if (definition.overlays) {
      said.push(
        definition.overlays === true ? 'each child writes beside the others' : 'some children write beside the others',
      )
    }
    if (definition.frame) said.push('its children have a blackboard of their own')
    if (definition.retries) said.push('effects below it keep their keys from attempt to attempt')
    if (definition.tick) said.push('is asked before every event')
  }
  const line = said.filter((part) => part !== '').join('; ')
  return line === '' ? [] : [`*${line[0]!.toUpperCase()}${line.slice(1)}.*`, '']
}

function childrenOf({ op, kind }: Definition, schema: unknown): string {
  if (kind === 'leaf') return ''
  const { $defs } = schema as {
    $defs: Record<string, { properties: { children: { minItems?: number; maxItems?: number } } }>
  }
  const { minItems: min = 0, maxItems: max } = $defs[`op.${op}`]!.properties.children
  if (max === 0) return ''
  if (min === max) return min === 1 ? 'one child' : `${min} children`
  return max === undefined ? `${min} or more children` : `${min} to ${max} children`
}

const row = (text: string): string => text.replaceAll('|', '\\|')
