import type { LeafConfig } from '@copse/contracts'
import { z } from 'zod'
import { handoffStage, personStage } from '../graph/stage-graph.ts'
import { texts } from '../parse/words.ts'
import { durationOf } from './duration.ts'
import { stepKeys, target } from './keys.ts'
import { leaf } from './leaf.ts'
import { speech } from './speech.ts'
import { defineStep, type Lead, type StepContext } from './step.ts'

const shape = z.strictObject({
  ...stepKeys,
  for: z.string().optional(),
  /** A field with a date, or a date and time. */
  until: z.string().min(1, 'is empty').optional(),
  /** What is answered to who writes before. */
  meanwhile: texts.optional(),
  /** Instead, where a message leads at once. */
  on_message: target.optional(),
  next_step: target.optional(),
  on_failure: target.optional(),
})
type Wait = z.infer<typeof shape>

/** Waits for a time, however long; it is kept with the session. */
export const wait = defineStep({
  action: 'wait',
  shape,
  read(step, context) {
    const words = speech(step, context)
    const when = whenOf(step, context)
    const next = context.wayOn(step.next_step, ['next_step'])
    const message = step.on_message === undefined ? undefined : context.target(step.on_message, ['on_message'])
    const failure = step.on_failure === undefined ? handoffStage : context.target(step.on_failure, ['on_failure'])
    const meanwhile = context.say(step.meanwhile, ['meanwhile'])
    if (meanwhile && message !== undefined)
      context.report.warning('say_unused', ['meanwhile'], 'A message leads on at once: this is never said.', {
        fix: 'Remove it, or `on_message`.',
      })
    const node = leaf('rest', {
      ...words,
      when,
      ...(meanwhile ? { meanwhile } : {}),
      ...(message === undefined ? {} : { leaves: true }),
    })
    const leads: Lead[] = [next, message ?? [], failure].flat().map((to) => ({ to, by: 'flow' }))
    const heard = message === undefined ? {} : { message }
    return {
      collects: [],
      requires: [],
      alternatives: [],
      leads,
      lower: () => ({ node, exits: { success: next, ...heard, failure, person: personStage } }),
    }
  },
})

function whenOf(step: Wait, context: StepContext): LeafConfig<'rest'>['when'] {
  const fallback = { forMs: 1 }
  if ((step.for === undefined) === (step.until === undefined)) {
    const message = step.for === undefined ? 'Nothing says how long it waits.' : '"for" and "until" are both given.'
    context.report.error('time_missing', [], message, { fix: 'Write `for: 2h`, or `until:` with a field.' })
    return fallback
  }
  if (step.until !== undefined) {
    context.reads(step.until, ['until'])
    return { until: step.until }
  }
  const forMs = durationOf(step.for ?? '', ['for'], context)
  return forMs === undefined ? fallback : { forMs }
}
