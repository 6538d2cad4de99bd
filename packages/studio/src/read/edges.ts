import type { Json } from '@copse/contracts'
import type { TreeSpec } from '@copse/engine'
import type { Outline, OutlinedStep, Way } from './outline.ts'

/** A way from a step to the next. Exits that the author wrote as one (`on_failure`) are one edge. */
export interface Edge {
  from: string
  to: string
  /** Names of the exits of the stage that lead along it. */
  exits: string[]
  /** Where the author wrote it; undefined for what Copse adds, such as "I want a person". */
  way: Way | undefined
  /** What leads along it, in the author's words: `on_success`, an option's title, a condition. */
  label: string
}

type Exits = Record<string, Record<string, Json>>

export const exitsOf = (tree: TreeSpec): Exits => (tree.root.config as { exits?: Exits } | undefined)?.exits ?? {}

export const initialOf = (tree: TreeSpec): string =>
  (tree.root.config as { initial?: string } | undefined)?.initial ?? ''

export const aimOf = (target: Json | undefined): string =>
  typeof target === 'string' ? target : ((target as { to: string } | undefined)?.to ?? '')

/** Stages that no author wrote. */
export const isBuiltIn = (stage: string): boolean => stage.startsWith('$')

/** Which keys of a step an exit comes from. Exits that are not listed are named by a branch, an option or a label. */
const keysOf: Record<string, string[]> = {
  success: ['on_success', 'next_step'],
  failure: ['on_failure', 'else', 'next_step'],
  default: ['default', 'next_step'],
  else: ['else', 'next_step'],
  correct: ['next_step'],
  silence: ['goto'],
  person: [],
}
/** An option may be called "No". */
const keysOfCall: Record<string, string[]> = {
  ...keysOf,
  no: ['on_failure'],
  missing_argument: ['on_failure'],
  unavailable: ['on_unavailable'],
  uncertain: ['on_unavailable'],
  declined: ['on_declined'],
  correct: [],
  missing: ['on_failure'],
  not_identified: [],
}
const keysFor = (exit: string, action: string | undefined): string[] | undefined => {
  const keys = action === 'tool_call' ? keysOfCall : keysOf
  return Object.hasOwn(keys, exit) ? keys[exit] : undefined
}

const keysOfState = new Set(['target', 'fallback', 'on_error'])

/** Every way of a compiled procedure, with the place where its author wrote it. */
export function edgesOf(tree: TreeSpec, outline: Outline): Edge[] {
  const steps = new Map(outline.steps.map((step) => [step.id, step]))
  return Object.entries(exitsOf(tree)).flatMap(([from, exits]) => {
    const step = steps.get(from)
    return [...edgesFrom(from, exits, step), ...compensationsOf(step)]
  })
}

/** What takes back what a step did is led to by way of the correction. */
const compensationsOf = (step: OutlinedStep | undefined): Edge[] =>
  (step?.ways ?? []).flatMap((way) =>
    way.path[0] === 'compensate'
      ? [{ from: step!.id, to: way.to, exits: [`undo:${way.to}`], way, label: 'compensate' }]
      : [],
  )

function edgesFrom(from: string, exits: Record<string, Json>, step: OutlinedStep | undefined): Edge[] {
  const edges: Edge[] = []
  const options = new Set<Way>()
  for (const [exit, target] of Object.entries(exits)) {
    const to = aimOf(target)
    // What comes back here is a question that Copse adds, wherever its author leads besides.
    const keys = typeof target === 'string' ? keysFor(exit, step?.action) : []
    const fitting = (step?.ways ?? []).filter((way) => fits(keys, to, way))
    const same = isCorrection(exit)
      ? edges.find(({ exits: known }) => known.some(isCorrection))
      : keys && edges.find((edge) => edge.to === to && edge.way !== undefined && fitting.includes(edge.way))
    // A state has one exit for each target, whatever leads there.
    if (same) {
      same.exits.push(exit)
      continue
    }
    // Several conditions may lead to one exit; each option has an exit of its own, in the order of the file.
    const isShared = keys === undefined && step?.action === 'evaluate'
    const own = isShared ? fitting : fitting.filter((way) => !options.has(way)).slice(0, 1)
    for (const way of own) options.add(way)
    for (const way of own.length > 0 ? own : [undefined]) {
      edges.push({ from, to, exits: [exit], way, label: way && step ? labelsOf(way, step, fitting) : exit })
    }
  }
  return edges
}

/** What was said before is corrected: one way, whichever field it is. */
const isCorrection = (exit: string): boolean => exit.startsWith('correct:')

function fits(keys: string[] | undefined, to: string, { path, to: written }: Way): boolean {
  if (written !== to && !(written === 'handoff' && to === '$handoff')) return false
  const key = String(path.at(-1))
  if (keys === undefined) return (path.length > 1 && key === 'next_step') || keysOfState.has(key)
  return keys.includes(key) && (path.length === 1 || key === 'goto')
}

/** A state has one exit for each target: all that leads there stands beside it. */
function labelsOf(way: Way, step: OutlinedStep, fitting: readonly Way[]): string {
  const ways = step.action === 'state' ? fitting : [way]
  return ways.map((one) => labelOf(one, step)).join(', ')
}

function labelOf({ path }: Way, { json }: OutlinedStep): string {
  const [list, index, ...rest] = path
  if (rest.length === 0) return String(list)
  // Which of the actions failed does not matter: it is the same way.
  if (rest.at(-1) === 'on_error') return 'on_error'
  const item = path.slice(0, -1).reduce<Json | undefined>((at, part) => (at as Record<string, Json>)?.[part], json)
  const { on_payload, on_payload_prefix: prefix, on_type, always } = (item ?? {}) as Record<string, Json>
  const trigger =
    on_payload ?? (typeof prefix === 'string' ? `${prefix}…` : undefined) ?? on_type ?? (always && 'always')
  const { label, condition, condition_description, description, id } = (item ?? {}) as Record<string, Json>
  const title = label !== null && typeof label === 'object' ? Object.values(label)[0] : label
  if (trigger !== undefined && trigger !== false && typeof condition === 'string')
    return trigger === 'always' ? condition : `${words(trigger)}, if ${condition}`
  const shown = trigger ?? title ?? condition ?? condition_description ?? id ?? description ?? index
  return words(shown)
}

const words = (value: Json | undefined): string => (typeof value === 'string' ? value : JSON.stringify(value))
