import { EngineFault } from '../tree/faults.ts'
import type { Tree } from '../tree/tree.ts'
import type { Snapshot } from './snapshot.ts'
import { MAX_VISITS } from './state.ts'

const statuses = ['running', 'success', 'failure', 'faulted', 'cancelled']

/** Whole, and of this tree; else `snapshot_invalid`, saying why. */
export function checkSnapshot(tree: Tree, snapshot: Snapshot): void {
  if (!isShaped(snapshot)) refuse('it is not a whole snapshot')
  if (snapshot.tree.hash !== tree.hash) {
    refuse(`it belongs to ${snapshot.tree.id} ${snapshot.tree.version}, not to this ${tree.id} ${tree.version}`)
  }
}

export function refuse(why: string): never {
  throw new EngineFault('snapshot_invalid', `This snapshot cannot be continued: ${why}.`)
}

function isShaped(snapshot: Snapshot): boolean {
  return (
    isObject(snapshot) &&
    snapshot.v === 1 &&
    statuses.includes(snapshot.status) &&
    Number.isInteger(snapshot.seq) &&
    Number.isInteger(snapshot.visits) &&
    snapshot.visits >= 0 &&
    snapshot.visits <= MAX_VISITS &&
    [snapshot.tree, snapshot.scopes, snapshot.nodes].every(isObject) &&
    [snapshot.scopes, snapshot.nodes].every((part) => Object.values(part).every(isObject)) &&
    Object.values(snapshot.scopes).every(areCells) &&
    Array.isArray(snapshot.waits) &&
    snapshot.waits.every((parked) => isObject(parked) && isObject(parked.wait)) &&
    Array.isArray(snapshot.undo) &&
    snapshot.undo.every((undo) => isObject(undo) && (undo.cells === undefined || areCells(undo.cells))) &&
    (snapshot.kept === undefined || isObject(snapshot.kept)) &&
    (snapshot.signals === undefined || Array.isArray(snapshot.signals))
  )
}

function areCells(cells: object): boolean {
  return isObject(cells) && Object.values(cells).every((cell) => cell === null || (isObject(cell) && 'value' in cell))
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}
