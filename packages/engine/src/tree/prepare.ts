import type { Preparation } from './definition.ts'
import type { TreeFault } from './faults.ts'
import { isAssignable, printType, typeAt, type Fields } from './fields.ts'
import type { CompileOptions, Layout } from './layout.ts'
import type { SubtreeSpec, TreeSpec } from './spec.ts'

/** Turns each config, once, into what the node will get. Children before parents, so that those can ask about them. */
export function prepareAll(
  layout: Layout,
  spec: TreeSpec,
  subtree: (name: string) => SubtreeSpec | undefined,
  options: CompileOptions,
  faults: TreeFault[],
): { prepared: unknown[]; warnings: TreeFault[] } {
  const { ids, ops, configs, parent, first, end, names, frames } = layout
  const size = ids.length
  const prepared = Array.from<unknown>({ length: size })
  const pure = new Uint8Array(size)
  const parks = new Uint8Array(size)
  const found: TreeFault[][] = []
  const warnings: TreeFault[] = []
  let current = 0

  const childAt = (child: number) => first[current]! + child
  const fieldsHere = (): Fields | undefined => {
    const frame = frames[current]
    if (frame === undefined) return spec.fields
    const { fields, ports } = subtree(frame)!
    if (fields === undefined && ports === undefined) return undefined
    return { ...ports?.in, ...ports?.out, ...fields }
  }
  const writesOf = (index: number): string[] => {
    const own = ops[index]?.definition.writes?.(configs[index]) ?? []
    const below: string[] = []
    for (let child = first[index]!; child < end[index]!; child++) below.push(...writesOf(child))
    return [...own, ...below]
  }
  const preparation: Preparation = {
    get id() {
      return ids[current]!
    },
    get children() {
      return names.slice(first[current], end[current])
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
    isPure: (child) => pure[childAt(child)] === 1,
    mayPark: (child) => parks[childAt(child)] === 1,
    writesOf: (child) => new Set(writesOf(childAt(child))),
    subtree,
    warn: (message) => void warnings.push({ id: ids[current]!, message }),
    fail(message): never {
      throw new Error(message)
    },
  }

  for (let index = size - 1; index >= 0; index--) {
    const op = ops[index]
    if (op === undefined) continue
    const { definition } = op
    const config = configs[index] as object | undefined
    if (config === undefined) continue
    current = index
    pure[index] = op.isPure && areAllPure(pure, first[index]!, end[index]!) ? 1 : 0
    const own = definition.parks
    if (own === true || (typeof own === 'function' && own(config))) parks[index] = 1
    if (parks[index] === 1 && index > 0) parks[parent[index]!] = 1
    prepared[index] = config
    if (definition.prepare === undefined) continue
    try {
      prepared[index] = definition.prepare(config, preparation)
    } catch (error) {
      found.push([{ id: ids[index]!, message: error instanceof Error ? error.message : String(error) }])
    }
  }
  if (found.length > 0 || faults.length > 0) inOrder(faults, found.toReversed().flat(), ids)
  return { prepared, warnings: warnings.toReversed() }
}

function areAllPure(pure: Uint8Array, first: number, end: number): boolean {
  for (let child = first; child < end; child++) if (pure[child] === 0) return false
  return true
}

/** Faults of one node side by side, nodes from the root down; a name given twice has no number and stays in front. */
function inOrder(faults: TreeFault[], more: TreeFault[], ids: readonly string[]): void {
  const numbers = new Map(ids.map((id, index) => [id, index]))
  const all = [...faults, ...more]
  const ranked = all.map((fault, position) => ({ fault, position, number: numbers.get(fault.id) ?? -1 }))
  ranked.sort((a, b) => a.number - b.number || a.position - b.position)
  faults.splice(0, faults.length, ...ranked.map(({ fault }) => fault))
}
