import { checkSnapshot } from '../run/check-snapshot.ts'
import type { SessionStatus, Snapshot, Wait } from '../run/snapshot.ts'
import type { Tree } from '../tree/tree.ts'

/** How a node stands, for people. `halted` was stopped before it settled. */
export type NodeStatus = 'idle' | 'running' | 'success' | 'failure' | 'halted'

export interface NodeStanding {
  readonly status: NodeStatus
  readonly waits: readonly Wait[]
  /** Code of the failure, or why it was halted. */
  readonly code?: string
}

/** Where a session stands in its tree: what a live view is, and what a snapshot can be read as. */
export interface Standing {
  readonly status: SessionStatus
  /** By node number. */
  at(index: number): NodeStanding
}

const IDLE: NodeStanding = { status: 'idle', waits: [] }

/** A snapshot knows only what runs; what settled before is idle in it. Throws EngineFault for one of another tree. */
export function standingOf(tree: Tree, from: Snapshot | Standing): Standing {
  if (!('v' in from)) return from
  checkSnapshot(tree, from)
  return {
    status: from.status,
    at(index) {
      const id = tree.ids[index]!
      if (index === 0 && (from.status === 'success' || from.status === 'failure'))
        return { ...IDLE, status: from.status }
      if (!Object.hasOwn(from.nodes, id)) return IDLE
      return { status: 'running', waits: from.waits.filter(({ node }) => node === id).map(({ wait }) => wait) }
    },
  }
}

/** `job scan`, `timer at 2026-03-01T12:00:00.000Z`. */
export function printWait({ kind, key, at }: Wait): string {
  const named = key === undefined ? kind : `${kind} ${key}`
  if (at === undefined) return named
  const date = new Date(at)
  return `${named} at ${Number.isNaN(date.valueOf()) ? at : date.toISOString()}`
}
