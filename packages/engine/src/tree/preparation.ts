import type { Preparation, Test } from './definition.ts'
import type { TreeFault } from './faults.ts'
import { isAssignable, printType, typeAt, type FieldType, type Fields } from './fields.ts'
import type { Json } from './json.ts'
import { subtreeOf, type CompileOptions, type Header, type Layout } from './layout.ts'

/** What is known of a node and all below it; waiting wins. */
export const PURE = 1
export const MAY_PARK = 2

/** Where preparing stands. */
export interface Place {
  index: number
  readonly traits: Uint8Array
  readonly warnings: TreeFault[]
}

/**
 * One for all nodes of a tree, moved from place to place. Functions are made when they are asked for, since they must
 * work when taken off, and a tree built for one step asks for few.
 */
export class PlacedPreparation implements Preparation {
  readonly #layout: Layout
  readonly #header: Header
  readonly #options: CompileOptions
  readonly #place: Place

  constructor(layout: Layout, header: Header, options: CompileOptions, place: Place) {
    this.#layout = layout
    this.#header = header
    this.#options = options
    this.#place = place
  }

  get id(): string {
    return this.#layout.ids[this.#place.index]!
  }
  get children(): readonly string[] {
    const { names, first, end } = this.#layout
    return names.slice(first[this.#place.index], end[this.#place.index])
  }
  get condition(): (json: Json) => Test {
    return (json) => this.#options.condition(json)
  }
  get typeOf(): Preparation['typeOf'] {
    return (path) => {
      const fields = this.#fields()
      return fields && typeAt(fields, path)
    }
  }
  get expectType(): Preparation['expectType'] {
    return (path, type, role) => {
      const fields = this.#fields()
      if (fields !== undefined) expect(fields, path, type, role)
    }
  }
  get isPure(): Preparation['isPure'] {
    return (child) => this.#traitOf(child) === PURE
  }
  get mayPark(): Preparation['mayPark'] {
    return (child) => this.#traitOf(child) === MAY_PARK
  }
  get writesOf(): Preparation['writesOf'] {
    return (child) => new Set(this.#writesOf(this.#layout.first[this.#place.index]! + child))
  }
  get subtree(): Preparation['subtree'] {
    return (name) => subtreeOf(this.#header, name)
  }
  get warn(): Preparation['warn'] {
    return (message) => void this.#place.warnings.push({ id: this.id, message })
  }
  get fail(): Preparation['fail'] {
    return (message) => {
      throw new Error(message)
    }
  }

  #traitOf(child: number): number {
    return this.#place.traits[this.#layout.first[this.#place.index]! + child]!
  }

  /** What the frame declares that the node stands in; undefined where it declares nothing. */
  #fields(): Fields | undefined {
    const frame = this.#layout.frames[this.#place.index]
    if (frame === undefined) return this.#header.fields
    const { fields, ports } = subtreeOf(this.#header, frame)!
    if (fields === undefined && ports === undefined) return undefined
    return { ...ports?.in, ...ports?.out, ...fields }
  }

  #writesOf(index: number): string[] {
    const { ops, configs, first, end } = this.#layout
    const definition = ops[index]?.definition
    // What was refused has no config, and its fault already.
    const written = configs[index] === undefined ? [] : [...(definition?.writes?.(configs[index]) ?? [])]
    // What is below writes to a frame of its own.
    if (definition?.kind !== 'leaf' && definition?.frame !== undefined) return written
    for (let child = first[index]!; child < end[index]!; child++) written.push(...this.#writesOf(child))
    return written
  }
}

function expect(fields: Fields, path: string, type: FieldType, role: 'read' | 'write'): void {
  const declared = typeAt(fields, path)
  if (declared === undefined) throw new Error(`there is no field "${path}"; declare it, or name one that is`)
  if (role === 'read' ? isAssignable(declared, type) : isAssignable(type, declared)) return
  const [is, should] = [printType(declared), printType(type)]
  throw new Error(
    role === 'read' ? `"${path}" is ${is}, not ${should}` : `"${path}" takes ${is}, and this would write ${should}`,
  )
}
