import { z } from 'zod'
import { arityOf } from './arity.ts'
import type { AnyDefinition } from './definition.ts'
import { fieldType } from './fields.ts'
import type { Json } from './json.ts'
import { nodeShape, treeShape } from './spec.ts'

/** What an editor shows for an op, and for the keys of its config. */
export interface OpWords {
  summary: string
  keys: ReadonlyMap<string, string>
}

/**
 * The JSON Schema (2020-12) of trees made of these nodes, for editors and for whoever writes trees without us. It says
 * what `compile` asks of each node by itself; what nodes ask of each other (names, targets, fields) only `compile` says.
 */
export function treeJsonSchema(
  definitions: readonly AnyDefinition[],
  words: ReadonlyMap<string, OpWords> = new Map(),
): Json {
  const names = z.registry<{ id?: string; title?: string; description?: string }>()
  const node: z.ZodType = z.lazy(() => z.discriminatedUnion('op', branches as never))
  const branches = definitions.map((definition) => {
    const branch = branchOf(definition, node)
    const { op } = definition
    const said = words.get(op)
    names.add(branch, { id: `op.${op}`, title: op, ...(said?.summary && { description: said.summary }) })
    for (const [key, schema] of keysOf(definition.config)) {
      const description = said?.keys.get(key)
      if (description !== undefined) names.add(schema, { description })
    }
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

/** The keys of a config, also where there are several kinds of it. */
function keysOf(config: z.ZodType): [string, z.ZodType][] {
  if (config instanceof z.ZodObject) return Object.entries<z.ZodType>(config.shape)
  return config instanceof z.ZodUnion ? (config.options as z.ZodType[]).flatMap(keysOf) : []
}

/** Any JSON is any JSON: spelled out once per place, it would be most of the page. */
function plain(schema: object): Json {
  const { $defs, ...rest } = JSON.parse(JSON.stringify(schema)) as { $defs: { [name: string]: Definition } }
  const open = (json: Json): Json => {
    if (Array.isArray(json)) return json.map(open)
    if (typeof json !== 'object' || json === null) return json
    const { $ref, ...others } = json
    const referred = typeof $ref === 'string' ? $defs[$ref.slice('#/$defs/'.length)] : undefined
    if (referred === undefined || !isAnyJson(referred)) {
      return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, open(value)]))
    }
    return referred.description === undefined ? others : { description: referred.description, ...others }
  }
  const kept = Object.entries($defs).filter(([, definition]) => !isAnyJson(definition))
  return open({ ...rest, $defs: Object.fromEntries(kept) as unknown as Json })
}

interface Definition {
  anyOf?: object[]
  description?: string
}

const jsonTypes = ['string', 'number', 'boolean', 'null', 'array', 'object']

function isAnyJson({ anyOf }: Definition): boolean {
  const types = anyOf?.map((schema) => (schema as { type?: unknown }).type)
  return JSON.stringify(types) === JSON.stringify(jsonTypes)
}
