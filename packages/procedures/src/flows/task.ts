import type { Json } from '@copse/contracts'
import type { NodeSpec } from '@copse/engine'
import { endTarget, standingStage, taskStage, type Stage } from '../graph/stage-graph.ts'
import { fit } from '../parse/shape.ts'
import { leaf } from '../steps/leaf.ts'
import { unique } from '../steps/names.ts'
import { checkTask, readSchedule } from './later.ts'
import { standingShape, taskShape } from './shape.ts'
import { readActions, type Global, type Reading } from './read-state.ts'

/** A task as a stage of its own: its actions in order, and the end. What it offers, global transitions listen to. */
export function readTask(id: string, given: Json, globals: readonly Global[], reading: Reading): Stage | undefined {
  const path = ['tasks', id]
  const shape = fit(taskShape, given, [...reading.base, ...path], reading.report)
  if (!shape) return undefined
  const stage = taskStage(id)
  const actions = readActions(shape.actions, stage, [...path, 'actions'], globals, reading)
  const names = new Set(['enter'])
  const children = actions.map(({ node, failing }) => {
    if (failing?.to !== undefined) {
      const message = 'A task leads nowhere: when an action fails, the task is over.'
      reading.context.report.lax('on_error_unused', path, message, { key: 'actions', fix: 'Remove `on_error`.' })
    }
    const spec = node()
    return { ...spec, name: unique(spec.name ?? spec.op, names) }
  })
  const failed = { step: stage, reason: 'task_failed', summary: `The task "${id}" failed. {{$failure}}` }
  return {
    id: stage,
    node: {
      op: 'selector',
      name: stage,
      children: [
        { op: 'sequence', name: 'actions', children: [leaf('enter', { step: stage }, 'enter'), ...children] },
        // Nobody waits for it: a person is told, and the customer is not.
        leaf('handoff', { ...failed, silent: true }, 'failed'),
      ],
    },
    exits: { success: endTarget, failure: endTarget },
  }
}

/** What recurs whoever is a customer, as a stage that only says so. `tasks` are those of the flow. */
export function readStanding(given: readonly Json[], tasks: readonly Stage[], reading: Reading): Stage | undefined {
  const children = given.flatMap((json, index) => {
    const path = ['standing_schedules', index]
    const shape = fit(standingShape, json, [...reading.base, ...path], reading.report)
    if (!shape) return []
    const { task } = shape
    const at = reading.context.at(path)
    checkTask(task, ['task'], at)
    if (speaks(tasks.find(({ id }) => id === taskStage(task))?.node)) {
      const message = `Nobody reads what "${task}" says here: the schedule belongs to no customer.`
      const fix =
        'Use a task that only calls operations, or schedule it for each customer by schedule_task with `every:`.'
      at.report.lax('standing_speaks', ['task'], message, { fix })
    }
    const schedule = readSchedule(shape.when, ['when'], at)
    const config = { step: standingStage, task, key: String(index), when: { schedule: schedule ?? {} }, data: {} }
    return schedule ? [leaf('schedule_task', config, `${index}:${task}`)] : []
  })
  if (children.length === 0) return undefined
  return {
    id: standingStage,
    node: { op: 'sequence', name: standingStage, children },
    exits: { success: endTarget },
  }
}

const speaks = (node: NodeSpec | undefined): boolean =>
  node !== undefined && (['say', 'offer'].includes(node.op) || (node.children ?? []).some(speaks))
