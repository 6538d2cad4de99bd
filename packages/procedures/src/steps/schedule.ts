import type { LeafConfig } from '@copse/contracts'
import { z } from 'zod'
import { endTarget, handoffStage, taskStage, type Stage } from '../graph/stage-graph.ts'
import { texts } from '../parse/words.ts'
import { suggestion } from '../report/suggest.ts'
import { durationOf } from './duration.ts'
import { stepKeys, target } from './keys.ts'
import { leaf } from './leaf.ts'
import { speaker, speech } from './speech.ts'
import { defineStep, type StepContext } from './step.ts'

const shape = z.strictObject({
  ...stepKeys,
  in: z.string().optional(),
  /** A field with a date, or a date and time. */
  at: z.string().min(1, 'is empty').optional(),
  before: z.string().optional(),
  /** Tells apart what one step schedules for one customer; the same one is replaced. */
  key: z.string().default(''),
  /** What the customer reads then. */
  send: texts.optional(),
  /** Instead: the step whose task is not to happen. */
  cancel: z.string().optional(),
  next_step: target.optional(),
  on_failure: target.optional(),
})
type Schedule = z.infer<typeof shape>

/** Writes to the customer later, whether the session goes on or not, with the data and the version of now. */
export const schedule = defineStep({
  action: 'schedule',
  shape,
  read(step, context) {
    const words = speech(step, context)
    const next = context.wayOn(step.next_step, ['next_step'])
    const failure = step.on_failure === undefined ? handoffStage : context.target(step.on_failure, ['on_failure'])
    context.say(step.key === '' ? undefined : step.key, ['key'])
    const isSpoken = words.say !== undefined || words.instruction !== undefined
    const task = step.cancel === undefined ? setting(step, context) : cancelling(step, step.cancel, context)
    const children = [task.node, ...(isSpoken ? [leaf('say', { ...words, options: [] })] : [])]
    return {
      collects: [],
      requires: [],
      alternatives: [],
      leads: [next, failure].map((to) => ({ to, by: 'flow' as const })),
      lower: () => ({
        node: { op: 'sequence', children },
        exits: { success: next, failure },
        ...(task.stage ? { apart: [task.stage] } : {}),
      }),
    }
  },
})

function setting(step: Schedule, context: StepContext) {
  const when = whenOf(step, context)
  const say = context.say(step.send, ['send'])
  if (!say)
    context.report.error('nothing_to_send', [], 'Nothing says what is written then.', {
      fix: 'Add `send:` with the words, or `cancel:` with the step whose task is not to happen.',
    })
  const id = taskStage(step.id)
  const stage: Stage = {
    id,
    node: { ...leaf('say', { ...speaker(step), ...(say ? { say } : {}), options: [] }), name: id },
    exits: { success: endTarget },
  }
  return { node: leaf('schedule_task', { ...speaker(step), task: step.id, key: step.key, when }), stage }
}

function cancelling(step: Schedule, task: string, context: StepContext) {
  const scheduling = context.header.steps.filter(({ action, json }) => action === 'schedule' && !('cancel' in json))
  const ids = scheduling.map(({ id }) => id)
  if (!ids.includes(task))
    context.report.error('unknown_task', ['cancel'], `No step "${task}" schedules anything.`, {
      fix: suggestion(task, ids),
    })
  for (const key of ['in', 'at', 'before', 'send'] as const) {
    if (step[key] === undefined) continue
    context.report.error('cancel_or_set', [key], `With "cancel" there is no "${key}".`, {
      fix: 'Remove one of the two.',
    })
  }
  return { node: leaf('cancel_task', { ...speaker(step), task, key: step.key }), stage: undefined }
}

function whenOf(step: Schedule, context: StepContext): LeafConfig<'schedule_task'>['when'] {
  const fallback = { inMs: 1 }
  if ((step.in === undefined) === (step.at === undefined)) {
    const message = step.in === undefined ? 'Nothing says when.' : '"in" and "at" are both given.'
    context.report.error('time_missing', [], message, { fix: 'Write `in: 2h`, or `at:` with a field.' })
    return fallback
  }
  if (step.in !== undefined) {
    if (step.before !== undefined)
      context.report.error('time_missing', ['before'], 'It is said what it is before, but not of what.', {
        fix: 'Write `at:` with a field instead of `in`.',
      })
    const inMs = durationOf(step.in, ['in'], context)
    return inMs === undefined ? fallback : { inMs }
  }
  context.reads(step.at ?? '', ['at'])
  const beforeMs = step.before === undefined ? 0 : (durationOf(step.before, ['before'], context) ?? 0)
  return { at: `{{${step.at}}}`, beforeMs }
}
