import { z } from 'zod'
import { endTarget, failTarget, returnTarget } from '../graph/stage-graph.ts'
import { stepKeys } from './keys.ts'
import { leaf } from './leaf.ts'
import { speech } from './speech.ts'
import { defineStep } from './step.ts'

const shape = z.strictObject({ ...stepKeys, outcome: z.string().default('resolved') })

/** Closes the session; in a subprocedure, goes on behind the step that used it. */
export const end = defineStep({
  action: 'end',
  shape,
  read(step, context) {
    const words = speech(step, context)
    const isSpoken = words.say !== undefined || words.instruction !== undefined
    const node = !context.isPart
      ? leaf('end', { ...words, outcome: step.outcome })
      : isSpoken
        ? leaf('say', { ...words, options: [] })
        : leaf('pass', { ...words, values: [] })
    const to = !context.isPart ? endTarget : step.outcome === 'resolved' ? returnTarget : failTarget
    return {
      collects: [],
      requires: [],
      alternatives: [],
      leads: context.isPart ? [{ to, by: 'flow' }] : [],
      lower: () => ({ node, exits: { success: to } }),
    }
  },
})
