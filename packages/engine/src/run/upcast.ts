import { EngineFault } from '../tree/faults.ts'
import type { Json } from '../tree/json.ts'
import type { Snapshot } from './snapshot.ts'

/** From version n to n + 1: pure, and never changed once it was released. */
export type Upcast = (stored: Record<string, Json>) => Record<string, Json>

/** The first one goes from 1 to 2; the version of today is one more than there are. */
const steps: readonly Upcast[] = []

/**
 * A stored snapshot as this version writes it, when a turn loads it and not before. One of a newer version is refused
 * as `snapshot_newer`; what is no snapshot at all is left for the check that every turn makes.
 */
export function upcast(stored: Json, all: readonly Upcast[] = steps): Snapshot {
  let snapshot = stored
  while (isVersioned(snapshot) && snapshot.v !== all.length + 1) {
    refuseNewer(snapshot, all.length + 1)
    const { v } = snapshot
    const step = all[v - 1]
    if (!step) break
    snapshot = { ...step(snapshot), v: v + 1 }
  }
  return snapshot as unknown as Snapshot
}

/** What a later engine wrote is not broken: that engine goes on from it, and nobody else may. */
export function refuseNewer(stored: unknown, known = steps.length + 1): void {
  if (!isVersioned(stored) || stored.v <= known) return
  throw new EngineFault('snapshot_newer', `This snapshot has version ${stored.v}; this engine knows ${known}.`)
}

function isVersioned(stored: unknown): stored is { [key: string]: Json; v: number } {
  return (
    typeof stored === 'object' &&
    stored !== null &&
    !Array.isArray(stored) &&
    Number.isInteger((stored as { v?: unknown }).v)
  )
}
