import type { TreeFault } from './faults.ts'
import type { CompileOptions, Header, Layout } from './layout.ts'
import { MAY_PARK, PlacedPreparation, PURE, type Place } from './preparation.ts'

/** Turns each config, once, into what the node will get. Children before parents, so that those can ask about them. */
export function prepareAll(
  layout: Layout,
  header: Header,
  options: CompileOptions,
  faults: TreeFault[],
): { prepared: unknown[]; warnings: TreeFault[] } {
  const { ids, ops, configs, parent, first, end } = layout
  const prepared = [...configs]
  const place: Place = { index: 0, traits: new Uint8Array(ids.length), warnings: [] }
  const { traits } = place
  const found: TreeFault[] = []
  let preparation: PlacedPreparation | undefined

  for (let index = ids.length - 1; index >= 0; index--) {
    const op = ops[index]
    const config = configs[index] as object | undefined
    if (op === undefined || config === undefined) {
      // What was refused has its fault already, and none is made of it for what stands above.
      if (traits[index] !== MAY_PARK) traits[index] = PURE
      continue
    }
    const { parks, prepare } = op.definition
    if (op.isPure && areAllPure(traits, first[index]!, end[index]!)) traits[index] = PURE
    if (parks !== undefined && (parks === true || parks(config))) traits[index] = MAY_PARK
    if (traits[index] === MAY_PARK && index > 0) traits[parent[index]!] = MAY_PARK
    if (prepare === undefined) continue
    place.index = index
    preparation ??= new PlacedPreparation(layout, header, options, place)
    try {
      prepared[index] = prepare(config, preparation)
    } catch (error) {
      found.push({ id: ids[index]!, message: error instanceof Error ? error.message : String(error) })
    }
  }
  if (found.length > 0 || faults.length > 0) inOrder(faults, found.toReversed(), ids)
  return { prepared, warnings: place.warnings.toReversed() }
}

function areAllPure(traits: Uint8Array, first: number, end: number): boolean {
  for (let child = first; child < end; child++) if (traits[child] !== PURE) return false
  return true
}

/** Faults of one node side by side, nodes from the root down; a name given twice has no number and stays in front. */
function inOrder(faults: TreeFault[], more: readonly TreeFault[], ids: readonly string[]): void {
  const numbers = new Map(ids.map((id, index) => [id, index]))
  const all = [...faults, ...more]
  const ranked = all.map((fault, position) => ({ fault, position, number: numbers.get(fault.id) ?? -1 }))
  ranked.sort((a, b) => a.number - b.number || a.position - b.position)
  faults.splice(0, faults.length, ...ranked.map(({ fault }) => fault))
}
