import { z } from 'zod'
import { endTarget } from '../graph/stage-graph.ts'
import { stepKeys } from './keys.ts'
import { leaf } from './leaf.ts'
import { speaker, speech } from './speech.ts'
import { defineStep } from './step.ts'

const shape = z.strictObject({
  ...stepKeys,
  /** Why, in a word that people count. */
  reason: z.string().min(1, 'is empty').default('handoff'),
  /** What the person reads first. */
  summary: z.string().min(1, 'is empty').optional(),
  /** Fields that the person sees; all that are known unless said. */
  data: z.array(z.string()).optional(),
})

/** Passes the case to a person, with whom the conversation rests from then on. */
export const handoff = defineStep({
  action: 'handoff',
  shape,
  read(step, context) {
    const words = speech(step, context)
    context.say(step.summary, ['summary'])
    for (const [index, field] of (step.data ?? []).entries()) context.reads(field, ['data', index])
    const passOn = leaf('handoff', {
      ...words,
      reason: step.reason,
      ...(step.summary === undefined ? {} : { summary: step.summary }),
      ...(step.data === undefined ? {} : { data: step.data }),
    })
    const close = leaf('end', { ...speaker(step), outcome: 'escalated' })
    return {
      collects: [],
      requires: [],
      alternatives: [],
      leads: [],
      lower: () => ({ node: { op: 'sequence', children: [passOn, close] }, exits: { success: endTarget } }),
    }
  },
})
