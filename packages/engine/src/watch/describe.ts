import { checkSnapshot } from '../run/check-snapshot.ts'
import type { Snapshot } from '../run/snapshot.ts'
import { statusNames } from '../tree/status.ts'
import type { Tree } from '../tree/tree.ts'

/** The tree as indented text; with a snapshot, where the session stands and what it waits for. */
export function describe(tree: Tree, snapshot?: Snapshot): string {
  if (snapshot !== undefined) checkSnapshot(tree, snapshot)
  const lines: string[] = []
  const show = (index: number, depth: number) => {
    lines.push('  '.repeat(depth) + line(tree, index, snapshot))
    for (let child = tree.first[index]!; child < tree.end[index]!; child++) show(child, depth + 1)
  }
  show(0, 0)
  return lines.join('\n')
}

function line(tree: Tree, index: number, snapshot: Snapshot | undefined): string {
  const op = tree.ops[index]!.name
  const name = tree.names[index]!
  const title = tree.titles[index]
  const label = (name === op ? op : `${name} (${op})`) + (title === undefined ? '' : ` "${title}"`)
  const standing = snapshot && standingOf(tree.ids[index]!, index, snapshot)
  return standing === undefined ? label : `${label}: ${standing}`
}

function standingOf(id: string, index: number, snapshot: Snapshot): string | undefined {
  if (index === 0) return snapshot.status
  const waits = snapshot.waits.filter(({ node }) => node === id)
  if (waits.length > 0) {
    return `waits for ${waits.map(({ wait }) => (wait.key === undefined ? wait.kind : `${wait.kind} ${wait.key}`)).join(', ')}`
  }
  const state = snapshot.nodes[id]
  return state && statusNames[state.status]
}
