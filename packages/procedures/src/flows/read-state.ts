import type { Json } from '@copse/contracts'
import { z } from 'zod'
import { fit } from '../parse/shape.ts'
import type { Path } from '../parse/value.ts'
import type { Report } from '../report/report.ts'
import { suggestion } from '../report/suggest.ts'
import type { Done } from './actions/action.ts'
import { flowActions } from './actions/all.ts'
import type { FlowContext } from './context.ts'
import { globalShape, stateShape, transitionShape } from './shape.ts'
import type { State } from './state.ts'
import { readTransition, type Transition } from './transition.ts'

const byName = new Map(flowActions.map((action) => [action.action, action]))
const actionHead = z.looseObject({ action: z.string() })

/** A global transition, and whether it goes before a state's own. */
export type Global = Transition & { first: boolean }

/** Paths are those of the document; the context is that of the whole flow. */
export interface Reading {
  base: Path
  report: Report
  context: FlowContext
}

/** In dialect F they all go first. */
export function readGlobals(given: readonly Json[], { base, report, context }: Reading): Global[] {
  return given.flatMap((json, index) => {
    const path = ['global_transitions', index]
    const shape = fit(globalShape, json, [...base, ...path], report)
    if (!shape) return []
    return { ...readTransition(shape, path, context, true), first: shape.priority || context.dialect === 'f' }
  })
}

/** Undefined, and said why, when it cannot be read. */
export function readState(id: string, json: Json, globals: readonly Global[], reading: Reading): State | undefined {
  const { base, report, context } = reading
  const path = ['states', id]
  const shape = fit(stateShape, json ?? {}, [...base, ...path], report)
  if (!shape) return undefined
  const own = (shape.transitions ?? []).flatMap((given, index) => {
    const at = [...path, 'transitions', index]
    const transition = fit(transitionShape, given, [...base, ...at], report)
    return transition ? readTransition(transition, at, context, false) : []
  })
  const transitions = [...globals.filter(({ first }) => first), ...own, ...globals.filter(({ first }) => !first)]
  const actions = readActions(shape.on_enter ?? [], id, [...path, 'on_enter'], transitions, reading)
  const fallback = shape.fallback ?? undefined
  return {
    id,
    title: shape.name,
    actions,
    transitions,
    fallback: fallback === undefined ? undefined : context.at(path).target(fallback, ['fallback']),
    answers: answersOf(shape.llm_fallback, context),
  }
}

/** Where nothing is said, questions are answered, which the earlier platform did only where it was told to. */
function answersOf(given: boolean | undefined, { dialect }: FlowContext): State['answers'] {
  if (given === undefined) return dialect === 'f' ? 'nothing' : undefined
  return given ? 'everything' : 'nothing'
}

/** `path` is that of the list. */
export function readActions(
  given: readonly Json[],
  step: string,
  path: Path,
  transitions: readonly Transition[] | undefined,
  { base, report, context }: Reading,
): Done[] {
  return given.flatMap((json, index) => {
    const at = [...path, index]
    const head = fit(actionHead, json, [...base, ...at], report)
    if (!head) return []
    const action = byName.get(head.action)
    if (!action) {
      const fix = suggestion(head.action, byName.keys())
      report.error('unknown_action', [...base, ...at, 'action'], `"${head.action}" is not an action.`, { fix })
      return []
    }
    const shape = fit(action.shape, json, [...base, ...at], report)
    return shape === undefined ? [] : action.read(shape, { step, context: context.at(at), transitions })
  })
}
