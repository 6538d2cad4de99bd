import { at, itemsAt, textAt, type Place, type Value } from './value.ts'

/** Where each node of a tree was written, by its id. */
export interface Places {
  /**
   * The node's place; for a node of a subtree the place within the subtree, for one that is not there the nearest
   * around it. `path` leads on from the node: `config.key`.
   */
  get(id: string, path?: string): Place
}

/** What a fault may be about beside its nodes. */
const header = new Set(['v', 'id', 'version', 'aliases', 'fields', 'subtrees', 'returns', 'root'])

export function placesOf(tree: Value): Places {
  return {
    get(id, path = '') {
      const segments = id.split('/').slice(1)
      const keys = path === '' ? [] : path.split('.')
      const isHeader = segments.length === 0 && keys.length > 0 && header.has(keys[0]!)
      const { line, column } = within(isHeader ? tree : nodeAt(tree, segments), keys)
      return { line, column }
    },
  }
}

/** Ids follow names as `compile` gives them; nodes that bring their own children are followed into those. */
function nodeAt(tree: Value, segments: readonly string[]): Value {
  let node = at(tree, 'root') ?? tree
  for (const segment of segments) {
    const next = childOf(tree, node, segment)
    if (next === undefined) break
    node = next
  }
  return node
}

function childOf(tree: Value, node: Value, segment: string): Value | undefined {
  const use = textAt(at(node, 'config'), 'use')
  const root = use === undefined ? undefined : at(at(at(tree, 'subtrees'), use), 'root')
  const children = root === undefined ? itemsAt(node, 'children') : [root]
  const named = children.find((child, position) => segmentOf(child, position) === segment)
  // Copies of one child are called 0, 1, 2 and so on.
  return named ?? (children.length === 1 && /^\d+$/.test(segment) ? children[0] : undefined)
}

function segmentOf(node: Value, position: number): string {
  return textAt(node, 'name') ?? textAt(node, 'op') ?? `#${position}`
}

/** As far down as there is anything. */
function within(value: Value, keys: readonly string[]): Value {
  let found = value
  for (const key of keys) {
    const next = at(found, key)
    if (next === undefined) break
    found = next
  }
  return found
}
