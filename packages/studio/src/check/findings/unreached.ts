import { isOf, leavesIn } from '../leaf.ts'
import { completeness } from '../leaf-data.ts'
import type { Look } from './judged.ts'

/** Steps that something leads to, but never in any conversation; and questions that are never asked. */
export const unreached: Look = ({ explored, places, program, isExhaustive }) => {
  const reached = new Set(explored.states.map(({ stage }) => stage))
  const never = isExhaustive ? places.steps.filter((step) => program.stages.has(step) && !reached.has(step)) : []
  const unscheduled = isExhaustive ? places.steps.filter((step) => step.startsWith('$task:') && !reached.has(step)) : []
  const mute = [...program.stages.values()].flatMap(({ id, node }) =>
    leavesIn(id, node).filter((leaf) => isOf(leaf, 'collect') && completeness(leaf.config) === undefined),
  )
  return [
    ...never
      .filter((step) => program.ledTo.has(step))
      .map((step) => ({
        code: 'never_reached',
        severity: 'warning' as const,
        message: `"${step}" is never reached: what leads to it never comes true.`,
        ...places.start(step),
        why: [],
        fix: 'Look at the conditions that lead to it, or remove it.',
      })),
    ...unscheduled.map((task) => ({
      code: 'never_scheduled',
      severity: 'warning' as const,
      message: `Nothing ever schedules the task "${task.slice('$task:'.length)}".`,
      ...places.start(task),
      why: [],
      fix: 'Schedule it by `schedule_task` in a state that is reached, or remove it.',
    })),
    ...mute.map(({ stage }) => ({
      code: 'never_asks',
      severity: 'warning' as const,
      message: `"${stage}" insists on nothing, so it never asks and never waits.`,
      ...places.start(stage),
      why: [],
      fix: 'Name what it needs in `required_fields` or `required_any`.',
    })),
  ]
}
