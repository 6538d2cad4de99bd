import { isAlias, isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml'
import { compose, type SyntaxFault } from './syntax.ts'
import type { Place, Value } from './value.ts'

/** Aliases count as often as they are used, so that a small text cannot stand for a large one. */
const VALUE_LIMIT = 20_000

/** Text to values with their places; undefined when it is not YAML that could be a tree, and why. */
export function read(text: string): { value?: Value; faults: SyntaxFault[] } {
  const composed = compose(text)
  if (!composed.ok) return { faults: composed.faults }
  const reading = new Reading(composed.place)
  const value = reading.valueOf(composed.contents, { line: 1, column: 1 })
  if (reading.isTooLarge) {
    const message = `It holds more than ${VALUE_LIMIT} values, aliases counted as often as they are used.`
    return { faults: [{ message, line: 1, column: 1 }] }
  }
  return reading.faults.length > 0 ? { faults: reading.faults } : { value, faults: [] }
}

class Reading {
  readonly faults: SyntaxFault[] = []
  readonly #place: (offset: number) => Place
  readonly #anchors = new Map<string, { value: Value; size: number } | 'open'>()
  #values = 0

  constructor(place: (offset: number) => Place) {
    this.#place = place
  }

  get isTooLarge(): boolean {
    return this.#values > VALUE_LIMIT
  }

  valueOf(node: unknown, around: Place): Value {
    this.#values++
    if (this.isTooLarge) return nothing(around)
    if (isAlias(node)) return this.#aliased(node.source, this.#startOf(node, around))
    if (!isMap(node) && !isSeq(node) && !isScalar(node)) return nothing(around)
    const place = this.#startOf(node, around)
    if (node.anchor === undefined) return this.#plain(node, place)
    const before = this.#values
    this.#anchors.set(node.anchor, 'open')
    const value = this.#plain(node, place)
    this.#anchors.set(node.anchor, { value, size: this.#values - before + 1 })
    return value
  }

  #plain(node: Node, place: Place): Value {
    if (isSeq(node)) return { kind: 'list', items: node.items.map((item) => this.valueOf(item, place)), ...place }
    if (isMap(node)) return this.#mapping(node, place)
    const value = isScalar(node) ? node.value : null
    if (isRounded(node, value)) return this.#refuse('A number cannot hold so many digits; put it in quotes.', place)
    if (value === null || typeof value === 'string' || typeof value === 'boolean' || isFinite(value)) {
      return { kind: 'scalar', value, ...place }
    }
    return this.#refuse('This is not a number that can be used.', place)
  }

  #mapping({ items }: YAMLMap, place: Place): Value {
    const entries = new Map<string, Value>()
    for (const { key, value } of items) {
      const keyPlace = this.#startOf(key, place)
      const name = keyOf(key)
      const known = name === undefined ? undefined : entries.get(name)
      if (name === undefined || name === '__proto__') this.#refuse('This cannot be a key; use a plain word.', keyPlace)
      else if (known === undefined) entries.set(name, this.valueOf(value, keyPlace))
      else this.#refuse(`"${name}" is written twice, first in line ${known.line}; remove one of the two.`, keyPlace)
    }
    return { kind: 'map', entries, ...place }
  }

  #aliased(name: string, place: Place): Value {
    const found = this.#anchors.get(name)
    if (found === 'open') return this.#refuse(`"*${name}" refers to what it is part of.`, place)
    if (found === undefined) return this.#refuse(`There is no "&${name}" above this.`, place)
    this.#values += found.size
    return found.value
  }

  #refuse(message: string, place: Place): Value {
    this.faults.push({ message, ...place })
    return nothing(place)
  }

  #startOf(node: unknown, around: Place): Place {
    const range = (node as Node | null | undefined)?.range
    return range ? this.#place(range[0]) : around
  }
}

function keyOf(key: unknown): string | undefined {
  const value = isScalar(key) ? key.value : undefined
  if (typeof value === 'string') return value
  if (isRounded(key, value)) return undefined
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

function isFinite(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

/** An order number without quotes must not become another one. */
function isRounded(node: unknown, value: unknown): boolean {
  if (!Number.isInteger(value) || Number.isSafeInteger(value)) return false
  const source = isScalar(node) ? node.source : undefined
  return source !== undefined && /^[+-]?\d+$/.test(source) && String(value) !== source
}

const nothing = (place: Place): Value => ({ kind: 'scalar', value: null, ...place })
