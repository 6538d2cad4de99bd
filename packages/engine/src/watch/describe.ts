import type { Snapshot } from '../run/snapshot.ts'
import type { Tree } from '../tree/tree.ts'
import { printWait, standingOf, type Standing } from './standing.ts'

/** The tree as indented text; with a snapshot or a live view, where the session stands and what it waits for. */
export function describe(tree: Tree, at?: Snapshot | Standing): string {
  const standing = at && standingOf(tree, at)
  const lines: string[] = []
  const show = (index: number, depth: number) => {
    const how = standing && print(standing, index)
    lines.push('  '.repeat(depth) + labelOf(tree, index) + (how === undefined ? '' : `: ${how}`))
    for (let child = tree.first[index]!; child < tree.end[index]!; child++) show(child, depth + 1)
  }
  show(0, 0)
  return lines.join('\n')
}

function labelOf(tree: Tree, index: number): string {
  const op = tree.ops[index]!.name
  const name = tree.names[index]!
  const title = tree.titles[index]
  return (name === op ? op : `${name} (${op})`) + (title === undefined ? '' : ` "${title}"`)
}

function print(standing: Standing, index: number): string | undefined {
  if (index === 0) return standing.status
  const { status, waits, code } = standing.at(index)
  if (status === 'idle') return undefined
  if (waits.length > 0) return `waits for ${waits.map(printWait).join(', ')}`
  return code === undefined ? status : `${status} ${code}`
}
