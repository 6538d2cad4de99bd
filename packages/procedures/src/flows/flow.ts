import type { Json } from '@copse/contracts'
import type { TreeSpec } from '@copse/engine'
import { checkFieldUse, createFieldUse } from '../graph/field-use.ts'
import { lower } from '../lower/tree.ts'
import { fit } from '../parse/shape.ts'
import type { Path } from '../parse/value.ts'
import type { Dialect, Report } from '../report/report.ts'
import { suggestion } from '../report/suggest.ts'
import type { Catalogue } from '../steps/context.ts'
import { checkStates } from './check.ts'
import { createFlowContext } from './context.ts'
import { givenFields } from './data.ts'
import { readGlobals, readState } from './read-state.ts'
import { readServices } from './services.ts'
import { flowShape } from './shape.ts'
import { lowerState } from './state.ts'
import { readStanding, readTask } from './task.ts'

/** A flow that was read, as far as it could be: the tree is there when it could be read whole. */
export interface Flow {
  id: string
  name: string
  version: string
  description: string
  triggers: string[]
  tree: TreeSpec | undefined
}

/** States → stages → tree, and everything that is wrong with them. `base` is where the flow stands in the document. */
export function readFlow(
  json: Json,
  base: Path,
  dialect: Dialect,
  catalogue: Catalogue,
  report: Report,
): Flow | undefined {
  const head = fit(flowShape, json, base, report)
  if (!head) return undefined
  const ids = Object.keys(head.states)
  const use = createFieldUse(Object.values(catalogue.operations))
  for (const field of givenFields) use.written.add(field)
  const given = new Set(use.written)
  const tasks = Object.keys(head.tasks ?? {})
  const context = createFlowContext(
    { dialect, language: head.language, states: ids, tasks, catalogue, use, report },
    base,
  )
  if (ids.length === 0) report.error('missing_key', [...base, 'states'], 'A flow has at least one state.')
  reportReserved(ids, base, report)
  if (ids.length > 0 && !ids.includes(head.initial_state)) {
    const fix = suggestion(head.initial_state, ids)
    report.error('unknown_target', [...base, 'initial_state'], `There is no state "${head.initial_state}".`, { fix })
  }

  const services = readServices(head.services, context)
  const reading = { base, report, context }
  const globals = readGlobals(head.global_transitions ?? [], reading)
  const states = ids.flatMap((id) => readState(id, head.states[id] ?? null, globals, reading) ?? [])
  const taskStages = tasks.flatMap((id) => readTask(id, head.tasks?.[id] ?? null, globals, reading) ?? [])
  const standing = readStanding(head.standing_schedules ?? [], taskStages, reading)
  const isWhole = states.length === ids.length && taskStages.length === tasks.length
  if (isWhole) {
    checkFieldUse(use, {}, {}, report)
    checkStates(states, head.initial_state, reading)
  }

  // Sorted: in which order they were met must not change the tree.
  const forgets = [...use.written].filter((field) => !given.has(field)).toSorted()
  const { id, version, description, triggers } = head
  const stages = states.map((state) =>
    lowerState(state, services, state.id === head.initial_state ? forgets : undefined),
  )
  return {
    id,
    name: head.name ?? id,
    version,
    description,
    triggers,
    tree: isWhole
      ? lower({
          id,
          version,
          initial: head.initial_state,
          stages: [...stages, ...taskStages, ...(standing ? [standing] : [])],
          aliases: {},
        })
      : undefined,
  }
}

function reportReserved(ids: readonly string[], base: Path, report: Report): void {
  for (const id of ids) {
    if (id !== 'end' && id !== 'handoff') continue
    const message = `"${id}" cannot be the name of a state: as a target it means something else.`
    report.error('reserved_id', [...base, 'states'], message, { key: id, fix: `Call it "${id}_state".` })
  }
}
