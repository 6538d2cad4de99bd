import type { LeafOp } from '@copse/contracts'
import type { NodeSpec } from '@copse/engine'
import { walkers } from '../leaves/all.ts'
import { decide, type Room } from './room.ts'
import { leave, waited, waitsOf, type Walk } from './walk.ts'

const composites = new Set(['sequence', 'selector', 'if'])

/** Nodes whose doing is not known here: they are taken to be able to leave their stage by every exit. */
export function unknownIn(node: NodeSpec): string[] {
  if (Object.hasOwn(walkers, node.op)) return []
  return composites.has(node.op) ? (node.children ?? []).flatMap(unknownIn) : [node.op]
}

/** Every way through a node, each settled. */
export function walkNode(node: NodeSpec, walk: Walk, room: Room, exits: readonly string[]): Walk[] {
  const children = node.children ?? []
  const inner = (child: NodeSpec, at: number): Room => ({
    ...room,
    leaf: `${room.leaf}/${child.name ?? `${child.op} ${at}`}`,
  })
  const run = (at: number, one: Walk, isLast = room.isLast): Walk[] =>
    walkNode(children[at]!, settledAway(one, node.op === 'selector'), { ...inner(children[at]!, at), isLast }, exits)

  if (node.op === 'sequence' || node.op === 'selector') {
    const goesOn = node.op === 'sequence' ? 'success' : 'failure'
    let open = [leave(walk, goesOn)]
    const settled: Walk[] = []
    children.forEach((_, at) => {
      const isLast = node.op === 'sequence' ? room.isLast : room.isLast && at === children.length - 1
      const ways = merged(open).flatMap((one) => run(at, one, isLast))
      // Who named an exit before failing has left it there; whoever comes next says anew.
      settled.push(...ways.filter(({ left }) => left?.status !== goesOn))
      open = ways.filter(({ left }) => left?.status === goesOn)
    })
    return [...settled, ...open]
  }
  if (node.op === 'if') {
    const branches = (node.config as { branches: unknown[] }).branches
    const ways: Walk[] = []
    let open = [walk]
    branches.forEach((when, at) => {
      const forks = open.flatMap((one) => decide(room.program.condition(when), one, room))
      ways.push(...forks.filter(({ holds }) => holds).flatMap((fork) => run(at, fork.walk)))
      open = forks.filter(({ holds }) => !holds).map((fork) => fork.walk)
    })
    const other = branches.length
    return [...ways, ...open.flatMap((one) => (children[other] ? run(other, one) : [leave(one, 'failure')]))]
  }
  const walker = walkers[node.op as LeafOp]
  if (walker) return walker(node.config as never, walk, room)
  const after = waited(walk, room.leaf, 0)
  return [
    leave(after, 'success'),
    leave(after, 'failure'),
    ...exits.filter((exit) => exit !== 'success' && exit !== 'failure').map((exit) => leave(after, 'failure', exit)),
  ]
}

/** What comes after a failure in a selector may ask how that was. */
function settledAway(walk: Walk, keepsFailure: boolean): Walk {
  const { left, ...rest } = walk
  return keepsFailure && left?.by === 'error' ? { ...rest, failed: left } : rest
}

/**
 * Ways that are alike in all that comes after them are one: told by the shortest, and costing what the longest costs.
 */
export function merged(walks: readonly Walk[]): Walk[] {
  const groups = new Map<string, Walk>()
  for (const walk of walks) {
    const { left, data, read, chosen, agreed, isListEmpty, failed, done } = walk
    const waits = waitsOf(walk) > 0
    const key = JSON.stringify([
      left,
      data.join(),
      read && [...read],
      chosen,
      agreed,
      isListEmpty,
      failed,
      [...done.keys()],
      waits,
    ])
    const before = groups.get(key)
    groups.set(key, before ? together(before, walk) : walk)
  }
  return [...groups.values()]
}

function together(a: Walk, b: Walk): Walk {
  const [short, long] = waitsOf(a) <= waitsOf(b) ? [a, b] : [b, a]
  const segments = long.segments.map((segment, at) => {
    const fromEnd = long.segments.length - 1 - at
    const other = at === 0 ? short.segments[0] : fromEnd === 0 ? short.segments.at(-1) : undefined
    if (!other) return segment
    return {
      asks: segment.asks | other.asks,
      letters: Math.max(segment.letters, other.letters),
      nudges: Math.max(segment.nudges, other.nudges),
    }
  })
  return { ...short, segments }
}
