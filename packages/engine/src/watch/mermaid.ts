import type { Snapshot } from '../run/snapshot.ts'
import type { Tree } from '../tree/tree.ts'
import { printWait, standingOf, type NodeStatus, type Standing } from './standing.ts'

const colours: Readonly<Record<Exclude<NodeStatus, 'idle'>, string>> = {
  running: 'fill:#fff3cd,stroke:#b58105,color:#3d2c00',
  success: 'fill:#d7f0dd,stroke:#2e7d43,color:#10331b',
  failure: 'fill:#f8d7da,stroke:#a5303b,color:#42090f',
  halted: 'fill:#e2e3e5,stroke:#6c757d,color:#2b2f33',
}

/** Brackets around a label: what a node is shows in its outline. */
const outlines = { leaf: ['(', ')'], composite: ['[', ']'], decorator: ['{{', '}}'] } as const

/**
 * The tree as a Mermaid flowchart, top down; with a snapshot or a live view, coloured by how its nodes stand. Ways from
 * stage to stage are dotted. Text of authors is escaped. Mermaid itself draws 500 lines at most unless told otherwise.
 */
export function mermaid(tree: Tree, at?: Snapshot | Standing): string {
  const standing = at && standingOf(tree, at)
  const nodes: string[] = []
  const lines: string[] = []
  for (let index = 0; index < tree.size; index++) {
    nodes.push(`  ${boxOf(tree, index, standing)}`)
    for (let child = tree.first[index]!; child < tree.end[index]!; child++) lines.push(`  n${index} --> n${child}`)
    lines.push(...waysOf(tree, index))
  }
  const classes = standing ? Object.entries(colours).map(([status, style]) => `  classDef ${status} ${style}`) : []
  return ['flowchart TD', ...nodes, ...lines, ...classes].join('\n')
}

function boxOf(tree: Tree, index: number, standing: Standing | undefined): string {
  const op = tree.ops[index]!
  const name = tree.names[index]!
  const texts = [tree.titles[index] ?? name, ...(name === op.name && tree.titles[index] === undefined ? [] : [op.name])]
  const { status, waits, code } = standing?.at(index) ?? { status: 'idle', waits: [] }
  if (waits.length > 0) texts.push(`waits for ${waits.map(printWait).join(', ')}`)
  else if (code !== undefined) texts.push(code)
  const [opening, closing] = outlines[op.definition.kind]
  const box = `n${index}${opening}"${texts.map(escape).join('<br/>')}"${closing}`
  return status === 'idle' ? box : `${box}:::${status}`
}

/** Where the stages below a machine lead, by exit; what ends it or goes back leads nowhere in the picture. */
function waysOf(tree: Tree, index: number): string[] {
  const { definition } = tree.ops[index]!
  if (definition.kind === 'leaf' || definition.exits !== true) return []
  const { exits } = tree.configs[index] as { exits?: Record<string, Record<string, unknown>> }
  const numberOf = (name: unknown) => tree.byId.get(`${tree.ids[index]!}/${String(name)}`)
  const ways: string[] = []
  for (const [stage, targets] of Object.entries(exits ?? {})) {
    for (const [exit, aim] of Object.entries(targets)) {
      const to = numberOf(typeof aim === 'object' && aim !== null && 'to' in aim ? aim.to : aim)
      if (to !== undefined) ways.push(`  n${numberOf(stage)!} -. "${escape(exit)}" .-> n${to}`)
    }
  }
  return ways
}

/** Everything that Mermaid, or the HTML it makes of a label, would read as more than text. */
function escape(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N} .,:;!?()/+*=@$_-]/gu, (character) => `#${character.codePointAt(0)!};`)
}
