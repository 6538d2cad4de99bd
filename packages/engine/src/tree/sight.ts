import type { ParentDefinition } from './definition.ts'
import { typeAt, type FieldType } from './fields.ts'
import { subtreeOf, type Header, type Layout } from './layout.ts'

type Role = 'read' | 'write'

/** What a node can name in the frame that it stands in. Undefined where nothing is declared, and so nothing checked. */
export interface Sight {
  typeOf(name: string, role: Role): FieldType | undefined
  /** Whether a name is declared here or anywhere around, seen or not. */
  isDeclared(name: string): boolean
}

export function typeSeen(sight: Sight, path: string, role: Role): FieldType | undefined {
  const name = path.split('.', 1)[0]!
  const type = sight.typeOf(name, role)
  return type && typeAt({ [name]: type }, path)
}

/** Of every node, from the frame around it outwards; each frame is looked at once. */
export class Sights {
  readonly #layout: Layout
  readonly #header: Header
  readonly #root: Sight | undefined
  readonly #within = new Map<number, Sight | undefined>()

  constructor(layout: Layout, header: Header) {
    this.#layout = layout
    this.#header = header
    const { fields } = header
    if (fields === undefined) return
    const isDeclared = (name: string) => Object.hasOwn(fields, name)
    this.#root = { isDeclared, typeOf: (name) => (isDeclared(name) ? fields[name] : undefined) }
  }

  of(index: number): Sight | undefined {
    const { fields, subtrees } = this.#header
    if (fields === undefined && subtrees === undefined) return undefined
    const { ops, parent } = this.#layout
    for (let above = parent[index]!; above >= 0; above = parent[above]!) {
      const definition = ops[above]?.definition
      if (definition === undefined || definition.kind === 'leaf' || definition.frame === undefined) continue
      if (!this.#within.has(above)) this.#within.set(above, this.#sightIn(above, definition))
      return this.#within.get(above)
    }
    return this.#root
  }

  /** Keys that a node, and what stands below it in the same frame, says it writes. */
  writesOf(index: number): string[] {
    const { ops, configs } = this.#layout
    const definition = ops[index]?.definition
    // What was refused has no config, and its fault already.
    const written = configs[index] === undefined ? [] : [...(definition?.writes?.(configs[index]) ?? [])]
    // What is below writes to a frame of its own.
    if (definition?.kind !== 'leaf' && definition?.frame !== undefined) return written
    return [...written, ...this.#writesBelow(index)]
  }

  #writesBelow(index: number): string[] {
    const { first, end } = this.#layout
    const written: string[] = []
    for (let child = first[index]!; child < end[index]!; child++) written.push(...this.writesOf(child))
    return written
  }

  #sightIn(above: number, { frame, declares }: ParentDefinition): Sight | undefined {
    const config = this.#layout.configs[above]
    if (config === undefined || declares === undefined) return undefined
    const outside = this.of(above)
    const own = declares(config, {
      typeOf: (path) => outside && typeSeen(outside, path, 'read'),
      subtree: (name) => subtreeOf(this.#header, name),
    })
    if (own === undefined || (own.mayHoldMore && outside === undefined)) return undefined

    const { fields, mayHoldMore = false } = own
    const isOpen = frame !== true && frame?.(config) === 'open'
    let written: Set<string> | undefined
    const isWritten = (name: string) =>
      (written ??= new Set(this.#writesBelow(above).map((key) => key.split('.', 1)[0]!))).has(name)
    const isHidden = (name: string) => outside?.isDeclared(name) === true && !isWritten(name)

    return {
      isDeclared: (name) => Object.hasOwn(fields, name) || outside?.isDeclared(name) === true,
      typeOf(name, role) {
        if (Object.hasOwn(fields, name)) return fields[name]
        const isSeen = isOpen && !name.startsWith('_')
        if (isSeen && (role === 'read' || mayHoldMore))
          return outside === undefined ? 'any' : outside.typeOf(name, role)
        return mayHoldMore && (role === 'write' || !isHidden(name)) ? 'any' : undefined
      },
    }
  }
}
