import type { Snapshot } from '../run/snapshot.ts'
import { EngineFault } from '../tree/faults.ts'
import type { Tree } from '../tree/tree.ts'
import { plan, type Plan } from './plan.ts'
import { rename, type Renames } from './renames.ts'

/** A session that must stay in the version it is in. */
export class MigrationRefused extends EngineFault {
  readonly reasons: readonly string[]

  constructor(reasons: readonly string[]) {
    super('migration_refused', `The session has to end in the version it is in: ${reasons.join('; ')}.`)
    this.reasons = reasons
  }
}

/**
 * Says what `migrate` would do, and why. It goes by what the snapshot holds: all that is saved must be there in the new
 * version, as the same kind of node in the same place, and mean what it meant; what cannot be told counts as no. It
 * does not see the code behind an op, declared fields or conditions that were decided already. Throws
 * `snapshot_invalid` for a snapshot that is not one of `from`.
 */
export function planMigration(from: Tree, to: Tree, snapshot: Snapshot, renames: Renames = {}): Plan {
  const { verdict, reasons } = plan(from, to, snapshot, renames)
  return { verdict, reasons }
}

/**
 * The session at rest, to go on in another version of its tree. `renames` are ids of the old version with their names
 * in the new one; what stands below moves along. Between turns only, and not while a call is uncertain: effects, and
 * what a node shares with other sessions, are known by the ids of their nodes. Throws MigrationRefused.
 */
export function migrate(from: Tree, to: Tree, snapshot: Snapshot, renames: Renames = {}): Snapshot {
  const { verdict, reasons, nodes } = plan(from, to, snapshot, renames)
  if (verdict === 'stay') throw new MigrationRefused(reasons)
  const now = (id: string) => rename(id, renames)
  const migrated: Snapshot = {
    ...snapshot,
    tree: { id: to.id, version: to.version, hash: to.hash },
    scopes: rekeyed(snapshot.scopes, now) as Snapshot['scopes'],
    nodes: Object.fromEntries(Object.keys(snapshot.nodes).map((id) => [now(id), nodes.get(now(id))!])),
    waits: snapshot.waits.map((parked) => ({ ...parked, node: now(parked.node) })),
    undo: snapshot.undo.map((undo) => ({ ...undo, node: now(undo.node) })),
  }
  if (snapshot.kept !== undefined) migrated.kept = rekeyed(snapshot.kept, now)
  return migrated
}

function rekeyed<T>(record: Record<string, T>, now: (id: string) => string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([id, value]) => [now(id), value]))
}
