import type { Cell, Source } from './snapshot.ts'
import type { Json } from './spec.ts'

/** Aliases may lead to aliases; a circle of them reads as missing. */
const MAX_ALIAS_HOPS = 8

/**
 * The data of one run: cells with their provenance. Cells are replaced, never changed in place, so that the snapshot a
 * turn began with stays what it was.
 */
export class Blackboard {
  readonly #cells: Map<string, Cell>
  readonly #aliases: ReadonlyMap<string, string>

  constructor(cells: Record<string, Cell>, aliases: ReadonlyMap<string, string>) {
    this.#cells = new Map(Object.entries(cells))
    this.#aliases = aliases
  }

  /** By dotted path; a name with nothing stored under it reads through its alias. */
  read(path: string): Json | undefined {
    return this.#read(path, MAX_ALIAS_HOPS)
  }

  /** What is stored under exactly this key, confirmed or not. */
  cell(key: string): Cell | undefined {
    return this.#cells.get(key)
  }

  set(key: string, value: Json, by: Source): void {
    this.#cells.set(key, { value, by })
  }

  unset(key: string): boolean {
    return this.#cells.delete(key)
  }

  /** Returns whether that changed anything. */
  unconfirm(key: string): boolean {
    const cell = this.#cells.get(key)
    if (cell === undefined || cell.unconfirmed) return false
    this.#cells.set(key, { ...cell, unconfirmed: true })
    return true
  }

  cells(): Record<string, Cell> {
    return Object.fromEntries(this.#cells)
  }

  #read(path: string, hops: number): Json | undefined {
    for (const end of ends(path)) {
      const cell = this.#cells.get(path.slice(0, end))
      if (cell !== undefined) return cell.unconfirmed ? undefined : dig(cell.value, path.slice(end + 1))
    }
    if (hops === 0) return undefined
    for (const end of ends(path)) {
      const alias = this.#aliases.get(path.slice(0, end))
      if (alias !== undefined) return this.#read(alias + path.slice(end), hops - 1)
    }
    return undefined
  }
}

/** Where the stored part of a path may end, longest first: `a.b.c`, `a.b`, `a`. */
function ends(path: string): number[] {
  const found = [path.length]
  for (let dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) found.push(dot)
  return found
}

/** Own properties only: a path from an author or a model never reaches a prototype. */
function dig(value: Json, path: string): Json | undefined {
  if (path === '') return value
  let found: Json | undefined = value
  for (const key of path.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined
    found = (found as { [key: string]: Json })[key]
  }
  return found
}
