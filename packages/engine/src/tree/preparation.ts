import type { Preparation } from './definition.ts'
import type { TreeFault } from './faults.ts'
import { isAssignable, printType, typeAt, type Fields } from './fields.ts'
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

/** One for all nodes of a tree, moved from place to place. */
export function createPreparation(
  { ids, ops, configs, first, end, names, frames }: Layout,
  header: Header,
  options: CompileOptions,
  place: Place,
): Preparation {
  const childAt = (child: number) => first[place.index]! + child
  const fieldsHere = (): Fields | undefined => {
    const frame = frames[place.index]
    if (frame === undefined) return header.fields
    const { fields, ports } = subtreeOf(header, frame)!
    if (fields === undefined && ports === undefined) return undefined
    return { ...ports?.in, ...ports?.out, ...fields }
  }
  const writesOf = (index: number): string[] => {
    const definition = ops[index]?.definition
    const written = [...(definition?.writes?.(configs[index]) ?? [])]
    // What is below writes to a frame of its own.
    if (definition?.kind !== 'leaf' && definition?.frame !== undefined) return written
    for (let child = first[index]!; child < end[index]!; child++) written.push(...writesOf(child))
    return written
  }
  return {
    get id() {
      return ids[place.index]!
    },
    get children() {
      return names.slice(first[place.index], end[place.index])
    },
    condition: (json) => options.condition(json),
    typeOf: (path) => {
      const fields = fieldsHere()
      return fields && typeAt(fields, path)
    },
    expectType: (path, type, role) => {
      const fields = fieldsHere()
      if (fields === undefined) return
      const declared = typeAt(fields, path)
      if (declared === undefined) throw new Error(`there is no field "${path}"; declare it, or name one that is`)
      if (role === 'read' ? isAssignable(declared, type) : isAssignable(type, declared)) return
      const [is, should] = [printType(declared), printType(type)]
      throw new Error(
        role === 'read' ? `"${path}" is ${is}, not ${should}` : `"${path}" takes ${is}, and this would write ${should}`,
      )
    },
    isPure: (child) => place.traits[childAt(child)] === PURE,
    mayPark: (child) => place.traits[childAt(child)] === MAY_PARK,
    writesOf: (child) => new Set(writesOf(childAt(child))),
    subtree: (name) => subtreeOf(header, name),
    warn: (message) => void place.warnings.push({ id: ids[place.index]!, message }),
    fail(message): never {
      throw new Error(message)
    },
  }
}
