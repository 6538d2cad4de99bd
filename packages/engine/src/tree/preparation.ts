import type { Preparation, Test } from './definition.ts'
import type { TreeFault } from './faults.ts'
import { isAssignable, printType, type FieldType } from './fields.ts'
import type { Json } from './json.ts'
import { subtreeOf, type CompileOptions, type Header, type Layout } from './layout.ts'
import { Sights, typeSeen, type Sight } from './sight.ts'

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
  readonly #sights: Sights

  constructor(layout: Layout, header: Header, options: CompileOptions, place: Place) {
    this.#layout = layout
    this.#header = header
    this.#options = options
    this.#place = place
    this.#sights = new Sights(layout, header)
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
      const sight = this.#sights.of(this.#place.index)
      return sight && typeSeen(sight, path, 'read')
    }
  }
  get expectType(): Preparation['expectType'] {
    return (path, type, role) => {
      const sight = this.#sights.of(this.#place.index)
      if (sight !== undefined) expect(sight, path, type, role)
    }
  }
  get isPure(): Preparation['isPure'] {
    return (child) => this.#traitOf(child) === PURE
  }
  get mayPark(): Preparation['mayPark'] {
    return (child) => this.#traitOf(child) === MAY_PARK
  }
  get writesOf(): Preparation['writesOf'] {
    return (child) => new Set(this.#sights.writesOf(this.#layout.first[this.#place.index]! + child))
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
}

function expect(sight: Sight, path: string, type: FieldType, role: 'read' | 'write'): void {
  const declared = typeSeen(sight, path, role)
  if (declared === undefined) throw new Error(`there is no field "${path}"; declare it, or name one that is`)
  if (role === 'read' ? isAssignable(declared, type) : isAssignable(type, declared)) return
  const [is, should] = [printType(declared), printType(type)]
  throw new Error(
    role === 'read' ? `"${path}" is ${is}, not ${should}` : `"${path}" takes ${is}, and this would write ${should}`,
  )
}
