import { z } from 'zod'
import { arityOf } from './arity.ts'
import type { AnyDefinition } from './definition.ts'
import { fieldType } from './fields.ts'
import type { Json } from './json.ts'
import { nodeShape, treeShape } from './spec.ts'

/**
 * The JSON Schema (2020-12) of trees made of these nodes, for editors and for whoever writes trees without us. It says
 * what `compile` asks of each node by itself; what nodes ask of each other (names, targets, fields) only `compile` says.
 */
export function treeJsonSchema(definitions: readonly AnyDefinition[]): Json {
  const names = z.registry<{ id: string; title?: string }>()
  const node: z.ZodType = z.lazy(() => z.discriminatedUnion('op', branches as never))
  const branches = definitions.map((definition) => {
    const branch = branchOf(definition, node)
    names.add(branch, { id: `op.${definition.op}`, title: definition.op })
    return branch
  })
  names.add(node, { id: 'node' })
  names.add(fieldType, { id: 'fieldType' })

  const subtrees = treeShape.shape.subtrees.unwrap()
  const subtree = z.strictObject({ ...subtrees.valueType.shape, root: node })
  const tree = z.strictObject({
    ...treeShape.shape,
    subtrees: z.record(subtrees.keyType, subtree).optional(),
    root: node,
  })
  const schema = z.toJSONSchema(tree, { io: 'input', metadata: names, unrepresentable: 'any' })
  return { title: 'A behaviour tree', ...(plain(schema) as object) }
}

/** One op: what stands beside it in a node. */
function branchOf(definition: AnyDefinition, node: z.ZodType): z.ZodType {
  const { op, config } = definition
  const { min, max } = arityOf(definition)
  const atLeast = z.array(node).min(min)
  const children = Number.isFinite(max) ? atLeast.max(max) : atLeast
  return z.strictObject({
    op: z.literal(op),
    name: nodeShape.shape.name,
    title: nodeShape.shape.title,
    config: config.safeParse({}).success ? config.optional() : config,
    children: min === 0 ? children.optional() : children,
  })
}

/** Any JSON is any JSON: spelled out once per place, it would be most of the page. */
function plain(schema: object): Json {
  const { $defs, ...rest } = JSON.parse(JSON.stringify(schema)) as { $defs: { [name: string]: { anyOf?: object[] } } }
  const anything = new Set(Object.keys($defs).filter((name) => isAnyJson($defs[name]!)))
  const open = (json: Json): Json => {
    if (Array.isArray(json)) return json.map(open)
    if (typeof json !== 'object' || json === null) return json
    if (typeof json['$ref'] === 'string' && anything.has(json['$ref'].slice('#/$defs/'.length))) return {}
    return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, open(value)]))
  }
  const kept = Object.entries($defs).filter(([name]) => !anything.has(name))
  return open({ ...rest, $defs: Object.fromEntries(kept) as unknown as Json })
}

const jsonTypes = ['string', 'number', 'boolean', 'null', 'array', 'object']

function isAnyJson({ anyOf }: { anyOf?: object[] }): boolean {
  const types = anyOf?.map((schema) => (schema as { type?: unknown }).type)
  return JSON.stringify(types) === JSON.stringify(jsonTypes)
}
