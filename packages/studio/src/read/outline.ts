import type { Json, JsonObject } from '@copse/contracts'
import { parseDocument, toJson, valueAt, type Mapping, type Path, type Position, type Value } from '@copse/procedures'

/** A procedure as its author wrote it: steps in order, each with its place and with the ways that lead on from it. */
export interface Outline {
  id: string
  version: string
  /** What stands above the steps, without them. */
  head: JsonObject
  steps: OutlinedStep[]
}

export interface OutlinedStep extends Position {
  id: string
  action: string
  name: string | undefined
  /** Where it does not stand in the procedure itself. */
  file?: string
  /** As it stands in the file. */
  json: JsonObject
  ways: Way[]
}

/** A target that an author wrote, e.g. `on_success: close_case`. */
export interface Way extends Position {
  /** Within the step: `['options', 1, 'next_step']`. */
  path: Path
  to: string
  file?: string
}

/** Keys whose text names the step or the state that comes next. */
export const targets: ReadonlySet<string> = new Set([
  'next_step',
  'on_success',
  'on_failure',
  'on_unavailable',
  'on_declined',
  'compensate',
  'else',
  'default',
  'goto',
  'target',
  'fallback',
  'on_error',
])

/** States of a flow are its steps. Of what is neither, nothing. Steps without an id are left out: the compiler says what is wrong with them. */
export function outlineOf(source: string): Outline {
  const { root } = parseDocument(source)
  const flow = root && (valueAt(root, ['flow']) ?? root)
  const states = flow && valueAt(flow, ['states'])
  if (flow && states?.kind === 'map') return flowOutline(flow, states)
  const procedure = root && valueAt(root, ['procedure'])
  const list = procedure && valueAt(procedure, ['steps'])
  const json = procedure && toJson(procedure)
  const { steps: _, ...head } = isObject(json) ? json : {}
  return {
    id: textOf(head['id']),
    version: textOf(head['version']) || '1',
    head,
    steps: list?.kind === 'list' ? list.items.flatMap((step) => outlinedStep(step) ?? []) : [],
  }
}

function flowOutline(flow: Value, states: Mapping): Outline {
  const head = { ...(toJson(flow) as JsonObject) }
  delete head['states']
  const steps = [...states.entries].map(([id, { key, value }]): OutlinedStep => {
    const json = toJson(value)
    const name = isObject(json) ? json['name'] : undefined
    return {
      id,
      action: 'state',
      name: typeof name === 'string' ? name : undefined,
      json: isObject(json) ? json : {},
      ways: waysIn(value, []),
      ...key,
    }
  })
  return { id: textOf(head['id']), version: textOf(head['version']) || '1', head, steps }
}

function outlinedStep(step: Value): OutlinedStep | undefined {
  const json = toJson(step)
  const id = valueAt(step, ['id'])
  if (!isObject(json) || id?.kind !== 'scalar' || typeof id.value !== 'string') return undefined
  const { action, name } = json
  return {
    id: id.value,
    action: textOf(action),
    name: typeof name === 'string' ? name : undefined,
    json,
    ways: waysIn(step, []),
    line: id.line,
    column: id.column,
  }
}

function waysIn(value: Value, path: Path): Way[] {
  if (value.kind === 'list')
    return value.items.flatMap((item, index) =>
      path.at(-1) === 'compensate' ? wayAt(item, [...path, index]) : waysIn(item, [...path, index]),
    )
  if (value.kind !== 'map') return []
  return [...value.entries].flatMap(([key, { value: inner }]) => {
    if (inner.kind !== 'scalar') return waysIn(inner, [...path, key])
    return targets.has(key) ? wayAt(inner, [...path, key]) : []
  })
}

const wayAt = (value: Value, path: Path): Way[] =>
  value.kind === 'scalar' && typeof value.value === 'string'
    ? [{ path, to: value.value, line: value.line, column: value.column }]
    : []

const textOf = (json: Json | undefined): string =>
  typeof json === 'string' || typeof json === 'number' ? String(json) : ''
export const isObject = (json: Json | undefined): json is JsonObject =>
  json !== null && typeof json === 'object' && !Array.isArray(json)
