import { EngineFault } from '../tree/faults.ts'
import type { Tree } from '../tree/tree.ts'
import { checkStanding } from './check-standing.ts'
import type { Snapshot } from './snapshot.ts'
import { MAX_VISITS } from './state.ts'
import { refuseNewer } from './upcast.ts'

const statuses = ['running', 'success', 'failure', 'faulted', 'cancelled']
const sources = ['customer', 'tool', 'model', 'operator', 'system']

/** Whole, of this tree, and standing where a session of it can stand; else `snapshot_invalid`, saying why. */
export function checkSnapshot(tree: Tree, snapshot: Snapshot): void {
  if (!isShaped(snapshot)) {
    refuseNewer(snapshot)
    refuse('it is not a whole snapshot')
  }
  if (snapshot.tree.hash !== tree.hash) {
    refuse(`it belongs to ${snapshot.tree.id} ${snapshot.tree.version}, not to this ${tree.id} ${tree.version}`)
  }
  const wrong = checkStanding(tree, snapshot)
  if (wrong !== undefined) refuse(wrong)
}

export function refuse(why: string): never {
  throw new EngineFault('snapshot_invalid', `This snapshot cannot be continued: ${why}.`)
}

/** Loops instead of lists of entries: every turn that goes on from a snapshot comes by here. */
function isShaped(snapshot: Snapshot): boolean {
  if (!isObject(snapshot)) return false
  const { v, tree, seq, visits, status, scopes, nodes, waits, undo, kept, signals } = snapshot
  return (
    v === 1 &&
    statuses.includes(status) &&
    isCount(seq, Number.MAX_SAFE_INTEGER) &&
    isCount(visits, MAX_VISITS) &&
    isObject(tree) &&
    typeof tree.id === 'string' &&
    typeof tree.version === 'string' &&
    typeof tree.hash === 'string' &&
    areScopes(scopes) &&
    areNodes(nodes) &&
    Array.isArray(waits) &&
    waits.every((parked) => isObject(parked) && isObject(parked.wait)) &&
    Array.isArray(undo) &&
    undo.every((one) => isObject(one) && (one.cells === undefined || areCells(one.cells, false))) &&
    (kept === undefined || isObject(kept)) &&
    (signals === undefined || areTexts(signals))
  )
}

function areScopes(scopes: Snapshot['scopes']): boolean {
  if (!isObject(scopes) || !Object.hasOwn(scopes, '')) return false
  for (const scope in scopes) if (!areCells(scopes[scope]!, scope !== '')) return false
  return true
}

function areNodes(nodes: Snapshot['nodes']): boolean {
  if (!isObject(nodes)) return false
  for (const id in nodes) if (!isNode(nodes[id])) return false
  return true
}

/** `null` is a cell that was taken out of what lies under; under the root's frame lies nothing. */
function areCells(cells: object, mayLack: boolean): boolean {
  if (!isObject(cells)) return false
  for (const key in cells) {
    const cell = cells[key]
    if (cell === null ? !mayLack : !isCell(cell)) return false
  }
  return true
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
