import { EngineFault } from '../tree/faults.ts'
import type { Tree } from '../tree/tree.ts'
import { checkStanding } from './check-standing.ts'
import type { Snapshot } from './snapshot.ts'
import { MAX_VISITS } from './state.ts'

const statuses = ['running', 'success', 'failure', 'faulted', 'cancelled']
const sources = ['customer', 'tool', 'model', 'operator', 'system']

/** Whole, of this tree, and standing where a session of it can stand; else `snapshot_invalid`, saying why. */
export function checkSnapshot(tree: Tree, snapshot: Snapshot): void {
  if (!isShaped(snapshot)) refuse('it is not a whole snapshot')
  if (snapshot.tree.hash !== tree.hash) {
    refuse(`it belongs to ${snapshot.tree.id} ${snapshot.tree.version}, not to this ${tree.id} ${tree.version}`)
  }
  const wrong = checkStanding(tree, snapshot)
  if (wrong !== undefined) refuse(wrong)
}

export function refuse(why: string): never {
  throw new EngineFault('snapshot_invalid', `This snapshot cannot be continued: ${why}.`)
}

function isShaped(snapshot: Snapshot): boolean {
  return (
    isObject(snapshot) &&
    snapshot.v === 1 &&
    statuses.includes(snapshot.status) &&
    isCount(snapshot.seq, Number.MAX_SAFE_INTEGER) &&
    isCount(snapshot.visits, MAX_VISITS) &&
    isObject(snapshot.tree) &&
    [snapshot.tree.id, snapshot.tree.version, snapshot.tree.hash].every((text) => typeof text === 'string') &&
    isObject(snapshot.scopes) &&
    Object.hasOwn(snapshot.scopes, '') &&
    Object.entries(snapshot.scopes).every(([scope, cells]) => areCells(cells, scope !== '')) &&
    isObject(snapshot.nodes) &&
    Object.values(snapshot.nodes).every(isNode) &&
    Array.isArray(snapshot.waits) &&
    snapshot.waits.every((parked) => isObject(parked) && isObject(parked.wait)) &&
    Array.isArray(snapshot.undo) &&
    snapshot.undo.every((undo) => isObject(undo) && (undo.cells === undefined || areCells(undo.cells, false))) &&
    (snapshot.kept === undefined || isObject(snapshot.kept)) &&
    (snapshot.signals === undefined || areTexts(snapshot.signals))
  )
}

/** `null` is a cell that was taken out of what lies under; under the root's frame lies nothing. */
function areCells(cells: object, mayLack: boolean): boolean {
  return isObject(cells) && Object.values(cells).every((cell) => (cell === null ? mayLack : isCell(cell)))
}

function isCell(cell: unknown): boolean {
  if (!isObject(cell)) return false
  const { value, by, unconfirmed } = cell
  return value !== undefined && sources.includes(by as string) && (unconfirmed === undefined || unconfirmed === true)
}

function isNode(node: unknown): boolean {
  if (!isObject(node)) return false
  const { mem = 0, failure } = node
  return Number.isInteger(mem) && mem === (mem as number) >> 0 && (failure === undefined || isFailure(failure))
}

function isFailure(failure: unknown): boolean {
  if (!isObject(failure)) return false
  const { code, reason, retryable } = failure
  return [code, reason].every((text) => typeof text === 'string') && ['undefined', 'boolean'].includes(typeof retryable)
}

function areTexts(list: unknown): boolean {
  return Array.isArray(list) && list.every((text) => typeof text === 'string')
}

function isCount(value: unknown, most: number): boolean {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= most
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
