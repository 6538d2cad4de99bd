import { z } from 'zod'
import type { AnyDefinition, Preparation, Test } from './definition.ts'
import { TreeError, type TreeFault } from './faults.ts'
import { treeHash } from './hash.ts'
import type { Registry } from './registry.ts'
import { nodeShape, treeShape, type Json } from './spec.ts'
import type { Tree } from './tree.ts'

export interface CompileOptions {
  condition(json: Json): Test
  limits?: { depth?: number; nodes?: number }
}

const DEPTH_LIMIT = 256
const NODE_LIMIT = 50_000
const CONFIG_DEPTH_LIMIT = 64
const CONFIG_SIZE_LIMIT = 100_000

const arities = {
  leaf: { min: 0, max: 0 },
  decorator: { min: 1, max: 1 },
  composite: { min: 1, max: Number.POSITIVE_INFINITY },
}

interface Draft {
  id: string
  name: string
  parent: number
  depth: number
  raw: unknown
}

/**
 * Spec to tree. Walks breadth first without recursion (a spec may come from anywhere and be as deep as it likes), so
 * siblings get consecutive numbers. Reports every fault it finds, not the first.
 */
export function compile(spec: unknown, registry: Registry, options: CompileOptions): Tree {
  const shape = treeShape.safeParse(spec)
  if (!shape.success) throw new TreeError(issues(idOf(spec), shape.error))
  const { id, version, aliases, root } = shape.data

  const faults: TreeFault[] = []
  const depthLimit = options.limits?.depth ?? DEPTH_LIMIT
  const nodeLimit = options.limits?.nodes ?? NODE_LIMIT
  const drafts: Draft[] = [{ id, name: id, parent: -1, depth: 1, raw: root }]
  const titles: (string | undefined)[] = []
  const definitions: AnyDefinition[] = []
  const prepared: unknown[] = []
  const first: number[] = []
  const end: number[] = []

  for (let index = 0; index < drafts.length; index++) {
    const draft = drafts[index]!
    const node = nodeShape.safeParse(draft.raw)
    if (!node.success) {
      faults.push(...issues(draft.id, node.error))
      continue
    }
    const { op, title, config, children = [] } = node.data

    const names = children.map((child, position) => segmentOf(child, position))
    for (const name of repeated(names)) {
      faults.push({ id: `${draft.id}/${name}`, message: 'two siblings have this name; give one of them another name' })
    }
    first[index] = drafts.length
    if (children.length > 0 && draft.depth >= depthLimit) {
      faults.push({ id: draft.id, message: `the tree is deeper than ${depthLimit} levels` })
    } else if (drafts.length + children.length > nodeLimit) {
      faults.push({ id: draft.id, message: `the tree has more than ${nodeLimit} nodes` })
      break
    } else {
      for (const [position, raw] of children.entries()) {
        const name = names[position]!
        drafts.push({ id: `${draft.id}/${name}`, name, parent: index, depth: draft.depth + 1, raw })
      }
    }
    end[index] = drafts.length
    titles[index] = title

    const definition = registry.get(op)
    if (definition === undefined) {
      faults.push({ id: draft.id, message: `unknown op "${op}"` })
      continue
    }
    definitions[index] = definition
    const { min, max } = definition.children ?? arities[definition.kind]
    if (children.length < min || children.length > max) {
      faults.push({ id: draft.id, message: `"${op}" takes ${span(min, max)}, not ${children.length}` })
      continue
    }
    prepared[index] = prepare(draft.id, definition, config ?? {}, names, options, faults)
  }
  if (faults.length > 0) throw new TreeError(faults)

  const ids = drafts.map((draft) => draft.id)
  const parent = Int32Array.from(drafts, (draft) => draft.parent)
  return Object.freeze({
    id,
    version,
    hash: treeHash(spec),
    size: drafts.length,
    ids,
    byId: new Map(ids.map((nodeId, index) => [nodeId, index])),
    names: drafts.map((draft) => draft.name),
    titles,
    definitions,
    prepared,
    parent,
    first: Int32Array.from(first),
    end: Int32Array.from(end),
    stages: enclosingStages(parent, definitions),
    aliases: new Map(Object.entries(aliases ?? {})),
  })
}

function prepare(
  id: string,
  definition: AnyDefinition,
  json: unknown,
  children: readonly string[],
  options: CompileOptions,
  faults: TreeFault[],
): unknown {
  if (isTooLarge(json)) {
    const limits = `${CONFIG_DEPTH_LIMIT} levels or holds more than ${CONFIG_SIZE_LIMIT} values`
    faults.push({ id, message: `its config is nested deeper than ${limits}` })
    return undefined
  }
  const config = definition.config.safeParse(json)
  if (!config.success) {
    faults.push(...issues(id, config.error, 'config'))
    return undefined
  }
  if (definition.prepare === undefined) return config.data
  const preparation: Preparation = {
    id,
    children,
    condition: (condition) => options.condition(condition),
    fail(message) {
      throw new Error(message)
    },
  }
  try {
    return definition.prepare(config.data, preparation)
  } catch (error) {
    faults.push({ id, message: error instanceof Error ? error.message : String(error) })
    return undefined
  }
}

function issues(id: string, error: z.ZodError, within?: string): TreeFault[] {
  return error.issues.map((issue) => {
    const path = [...(within === undefined ? [] : [within]), ...issue.path].join('.')
    return { id, message: path === '' ? issue.message : `${path}: ${issue.message}` }
  })
}

function idOf(spec: unknown): string {
  const id = (spec as { id?: unknown } | null | undefined)?.id
  return typeof id === 'string' ? id : '?'
}

/** Works before the node is validated, so that a fault in it can be reported under its id. */
function segmentOf(raw: unknown, position: number): string {
  const { name, op } = (raw ?? {}) as { name?: unknown; op?: unknown }
  if (typeof name === 'string') return name
  return typeof op === 'string' ? op : `#${position}`
}

function repeated(names: readonly string[]): Set<string> {
  const seen = new Set<string>()
  return new Set(names.filter((name) => seen.size === seen.add(name).size))
}

function span(min: number, max: number): string {
  if (min === max) return min === 1 ? '1 child' : `${min} children`
  return max === Number.POSITIVE_INFINITY ? `${min} or more children` : `${min} to ${max} children`
}

/** Level by level and counted: a config may be deep, or small with its parts referred to many times over. */
function isTooLarge(json: unknown): boolean {
  let level: unknown[] = [json]
  let size = 0
  for (let depth = 0; level.length > 0; depth++) {
    size += level.length
    if (depth > CONFIG_DEPTH_LIMIT || size > CONFIG_SIZE_LIMIT) return true
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []))
  }
  return false
}

function enclosingStages(parent: Int32Array, definitions: readonly AnyDefinition[]): Int32Array {
  const stages = new Int32Array(parent.length).fill(-1)
  for (let index = 1; index < parent.length; index++) {
    const above = parent[index]!
    stages[index] = definitions[above]!.exits ? above : stages[above]!
  }
  return stages
}
