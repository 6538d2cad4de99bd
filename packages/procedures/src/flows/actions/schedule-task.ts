import type { Json, LeafConfig } from '@copse/contracts'
import { parseDuration } from '@copse/time'
import { z } from 'zod'
import { json } from '../../parse/words.ts'
import { leaf } from '../../steps/leaf.ts'
import type { FlowContext } from '../context.ts'
import { checkTask, readSchedule } from '../later.ts'
import { defineAction } from './action.ts'

const shape = z.strictObject({
  action: z.string(),
  task: z.string(),
  key: z.string().min(1, 'is empty').optional(),
  in: z.string().optional(),
  at: z.string().optional(),
  before: z.string().optional(),
  every: json.optional(),
  /** What the task knows; all that is known when it is not said. */
  data: z.record(z.string(), json).optional(),
})
type Given = z.infer<typeof shape>
type When = LeafConfig<'schedule_task'>['when']

/** Has a task run later: `in` a while, `at` a time or so long `before` it, or again and again. */
export const scheduleTask = defineAction({
  action: 'schedule_task',
  shape,
  read(given, { step, context }) {
    checkTask(given.task, ['task'], context)
    const when = whenOf(given, context)
    const data = Object.entries(given.data ?? {}).map(([field, value]): [string, Json] => {
      context.writes(field, ['data', field])
      return [field, context.template(value, ['data', field])]
    })
    const config = {
      step,
      task: given.task,
      key: context.template(given.key ?? '', ['key']) as string,
      when: when ?? { inMs: 1 },
      ...(given.data === undefined ? {} : { data: Object.fromEntries(data) }),
    }
    return {
      node: () => leaf('schedule_task', config, `schedule:${given.task}`),
      ...(given.at === undefined ? {} : { failing: { to: undefined } }),
    }
  },
})

function whenOf(given: Given, context: FlowContext): When | undefined {
  const ways = (['in', 'at', 'every'] as const).filter((key) => given[key] !== undefined)
  if (ways.length !== 1) {
    const message = ways.length === 0 ? 'Nothing says when the task runs.' : `It runs ${ways.join(' and ')}: which one?`
    context.report.error('time_missing', [], message, {
      fix: 'Write one of `in: 2h`, `at: "{{data.slot}}"`, `every: …`.',
    })
    return undefined
  }
  if (given.before !== undefined && given.at === undefined) {
    context.report.error('time_missing', ['before'], 'It is said what it is before, but not of what.', {
      fix: 'Add `at:` with the time that it is before.',
    })
  }
  if (given.every !== undefined) {
    const schedule = readSchedule(given.every, ['every'], context)
    return schedule && { schedule }
  }
  if (given.in !== undefined) {
    const inMs = durationOf(given.in, 'in', context)
    return inMs === undefined ? undefined : { inMs }
  }
  const beforeMs = given.before === undefined ? 0 : durationOf(given.before, 'before', context)
  return { at: context.template(given.at ?? '', ['at']) as string, beforeMs: beforeMs ?? 0 }
}

function durationOf(text: string, key: 'in' | 'before', { report }: FlowContext): number | undefined {
  const ms = parseDuration(text)
  if (ms !== undefined && ms > 0) return ms
  report.error('duration_invalid', [key], `"${text}" is not a duration.`, { fix: 'Write e.g. 30m, 2h or 1 day.' })
  return undefined
}
