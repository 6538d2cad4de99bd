import type { ScopeKind, Scopes } from '../tree/tree.ts'
import type { Json } from '../tree/json.ts'
import { Cells } from './cells.ts'
import type { Cell, Source } from './snapshot.ts'

/** Aliases may lead to aliases; a circle of them reads as missing. */
const MAX_ALIAS_HOPS = 8

/** The root's frame. */
export const ROOT = -1

const noAliases: ReadonlyMap<string, string> = new Map()

/**
 * The data of one run, in layers: the root's frame, a frame of its own for each subtree, and over them an overlay for
 * each branch that runs beside others. A layer is named by the node that opened it.
 */
export class Blackboard {
  readonly #root: Cells
  #above: Map<number, Cells> | undefined
  readonly #scopes: Scopes

  constructor(root: Record<string, Cell | null>, scopes: Scopes) {
    this.#root = new Cells(root)
    this.#scopes = scopes
  }

  /** By dotted path, from where a scope is; a name with nothing stored under it reads through its alias. */
  read(scope: number, path: string): Json | undefined {
    if (scope !== ROOT) return this.#read(scope, path, MAX_ALIAS_HOPS)
    // The usual case, without a search: a plain key of the root's frame.
    const cell = this.#root.get(path)
    if (cell) return cell.unconfirmed ? undefined : cell.value
    if (this.#scopes.aliases.get(ROOT)!.size === 0 && !path.includes('.')) return undefined
    return this.#read(scope, path, MAX_ALIAS_HOPS)
  }

  /** What is stored under exactly this key, confirmed or not. */
  cell(scope: number, key: string): Cell | undefined {
    let from = scope
    for (;;) {
      const cell = this.#layer(from)?.get(key)
      if (cell === null) return undefined
      if (cell !== undefined) return cell
      if (from === ROOT || !sees(this.#kindOf(from), key)) return undefined
      from = this.#scopes.under(from)
    }
  }

  set(scope: number, key: string, value: Json, by: Source): void {
    this.#open(scope).set(key, { value, by })
  }

  unset(scope: number, key: string): boolean {
    if (this.cell(scope, key) === undefined) return false
    if (scope === ROOT || this.#kindOf(scope) === 'closed') this.#open(scope).delete(key)
    else this.#open(scope).set(key, null)
    return true
  }

  /** Returns whether that changed anything. */
  unconfirm(scope: number, key: string): boolean {
    const cell = this.cell(scope, key)
    if (cell === undefined || cell.unconfirmed) return false
    this.#open(scope).set(key, { ...cell, unconfirmed: true })
    return true
  }

  /** Everything that can be read from a scope. */
  cells(scope: number): Record<string, Cell> {
    if (scope === ROOT) return this.#root.record() as Record<string, Cell>
    const kind = this.#kindOf(scope)
    const seen = new Map<string, Cell>()
    if (kind !== 'closed') {
      for (const [key, cell] of Object.entries(this.cells(this.#scopes.under(scope)))) {
        if (sees(kind, key)) seen.set(key, cell)
      }
    }
    for (const [key, cell] of Object.entries(this.#layer(scope)?.record() ?? {})) {
      if (cell === null) seen.delete(key)
      else seen.set(key, cell)
    }
    return Object.fromEntries(seen)
  }

  /** Nothing but the root's frame holds anything. */
  get isFlat(): boolean {
    return this.#above === undefined || this.#above.size === 0
  }

  /** Puts cells into a scope before anything runs in it. */
  seed(scope: number, cells: Readonly<Record<string, Cell | null>>): void {
    const layer = this.#open(scope)
    for (const [key, cell] of Object.entries(cells)) layer.set(key, cell)
  }

  /** Lays what a scope wrote, beside what it was given, into what it lies on; returns whether there was anything. */
  merge(scope: number, given: Readonly<Record<string, Cell>> = {}, into = this.#scopes.under(scope)): boolean {
    const layer = this.#above?.get(scope)
    if (layer === undefined) return false
    this.#above!.delete(scope)
    for (const [key, cell] of Object.entries(layer.record())) {
      if (cell !== null && Object.hasOwn(given, key) && given[key] === cell) continue
      if (cell !== null) this.#open(into).set(key, cell)
      else this.unset(into, key)
    }
    return true
  }

  /** Returns whether there was anything. */
  drop(scope: number): boolean {
    return this.#above?.delete(scope) ?? false
  }

  /** Every layer but the root's, for the snapshot. */
  *layers(): Iterable<[number, Record<string, Cell | null>]> {
    for (const [scope, layer] of this.#above ?? []) yield [scope, layer.record()]
  }

  #layer(scope: number): Cells | undefined {
    return scope === ROOT ? this.#root : this.#above?.get(scope)
  }

  #open(scope: number): Cells {
    let layer = this.#layer(scope)
    if (layer === undefined) (this.#above ??= new Map()).set(scope, (layer = new Cells({})))
    return layer
  }

  #kindOf(scope: number): ScopeKind {
    return this.#scopes.kinds.get(scope)!
  }

  #read(scope: number, path: string, hops: number): Json | undefined {
    for (const end of ends(path)) {
      const cell = this.cell(scope, path.slice(0, end))
      if (cell !== undefined) return cell.unconfirmed ? undefined : dig(cell.value, path.slice(end + 1))
    }
    if (hops === 0) return undefined
    const aliases = this.#aliasesOf(scope)
    for (const end of ends(path)) {
      const alias = aliases.get(path.slice(0, end))
      if (alias !== undefined) return this.#read(scope, alias + path.slice(end), hops - 1)
    }
    return undefined
  }

  /** Those of the frame that a scope belongs to. */
  #aliasesOf(scope: number): ReadonlyMap<string, string> {
    let frame = scope
    while (frame !== ROOT && this.#kindOf(frame) === 'overlay') frame = this.#scopes.under(frame)
    return this.#scopes.aliases.get(frame) ?? noAliases
  }
}

/** What begins with `_` is private to its frame. */
function sees(kind: ScopeKind, key: string): boolean {
  return kind === 'overlay' || (kind === 'open' && !key.startsWith('_'))
}

/** Where the stored part of a path may end, longest first: `a.b.c`, `a.b`, `a`. */
function ends(path: string): number[] {
  const found = [path.length]
  for (let dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) found.push(dot)
  return found
}

/** Own properties only: a path from an author or a model never reaches a prototype. */
export function dig(value: Json, path: string): Json | undefined {
  if (path === '') return value
  let found: Json | undefined = value
  for (const key of path.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined
    found = (found as { [key: string]: Json })[key]
  }
  return found
}
