import { advance, type Advance } from '../run/advance.ts'
import { compile } from '../tree/compile.ts'
import type { CompileOptions } from '../tree/layout.ts'
import type { AnyDefinition, Test } from '../tree/definition.ts'
import type { TraceEvent } from '../run/events.ts'
import { nodes } from '../nodes/all.ts'
import { createRegistry } from '../tree/registry.ts'
import type { Cell, EngineEvent, Snapshot } from '../run/snapshot.ts'
import type { Json } from '../tree/json.ts'
import type { NodeSpec, TreeSpec } from '../tree/spec.ts'
import { memoryJournal } from '../testing.ts'
import type { Tree } from '../tree/tree.ts'
import type { TurnContext } from '../run/turn.ts'
import { testNodes } from './nodes.ts'

/** `{field, is}`; a missing field is unknown. */
export function condition(json: Json): Test {
  const { field, is } = json as { field?: string; is?: Json }
  if (field === undefined) throw new Error('a condition needs a field')
  return {
    text: `${field} is ${JSON.stringify(is)}`,
    evaluate(env) {
      const value = env.read(field)
      return value === undefined ? undefined : value === is
    },
    explain: (env) => ({ [field]: (env.read(field) ?? null) as Json }),
  }
}

export function specOf(root: NodeSpec, more: Partial<TreeSpec> = {}): TreeSpec {
  return { v: 1, id: 't', version: '1', root, ...more }
}

export function build(
  spec: TreeSpec,
  definitions: readonly AnyDefinition[] = [...nodes, ...testNodes],
  limits?: CompileOptions['limits'],
): Tree {
  return compile(spec, createRegistry(definitions), limits === undefined ? { condition } : { condition, limits })
}

export function turn(more: Partial<TurnContext> = {}): TurnContext {
  return {
    sessionId: 's1',
    now: 1_000,
    seed: 'seed',
    journal: memoryJournal(),
    services: {},
    signal: new AbortController().signal,
    ...more,
  }
}

export const input = (data: Json): EngineEvent => ({ kind: 'input', data })

export interface Played extends Advance {
  trace: TraceEvent[]
}

/** Runs a tree to its first rest, then wakes it with one event after another. */
export async function play(
  root: NodeSpec | Tree,
  given: { events?: EngineEvent[]; cells?: Record<string, Json>; aliases?: Record<string, string> } = {},
  more: Partial<TurnContext> = {},
): Promise<Played> {
  const trace: TraceEvent[] = []
  const context = turn({ subscribe: (event) => trace.push(event), ...more })
  const tree = 'hash' in root ? root : build(specOf(root, given.aliases ? { aliases: given.aliases } : {}))
  const cells: Record<string, Cell> = {}
  for (const [key, value] of Object.entries(given.cells ?? {})) cells[key] = { value, by: 'system' }
  let rest = await advance(tree, { cells }, context)
  for (const event of given.events ?? []) rest = await advance(tree, { snapshot: rest.snapshot, event }, context)
  return { ...rest, trace }
}

/** Which nodes were entered, by the last segment of their ids. */
export function entered({ trace }: { trace: TraceEvent[] }): string[] {
  return trace.filter((event) => event.kind === 'enter').map(({ node }) => node.slice(node.lastIndexOf('/') + 1))
}

/** How each stage followed the other: `a -success-> b`. */
export function moves({ trace }: { trace: TraceEvent[] }): string[] {
  return trace.flatMap((event) =>
    event.kind === 'transition' && event.from !== null ? [`${event.from} -${event.exit}-> ${event.to}`] : [],
  )
}

export const valueOf = (snapshot: Snapshot, key: string): Json | undefined => snapshot.scopes['']?.[key]?.value

export const node = (op: string, config?: Json, ...children: NodeSpec[]): NodeSpec => ({
  op,
  ...(config === undefined ? {} : { config }),
  ...(children.length === 0 ? {} : { children }),
})

export const called = (name: string, spec: NodeSpec): NodeSpec => ({ ...spec, name })
export const ok = (name: string): NodeSpec => ({ op: 'succeed', name })
export const no = (name: string, code = name): NodeSpec => ({
  op: 'fail',
  name,
  config: { code, reason: `${name} said no` },
})
export const ask = (name: string): NodeSpec => ({ op: 'wait', name, config: { kind: 'input' } })
