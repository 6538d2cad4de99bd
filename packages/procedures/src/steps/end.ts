import { z } from 'zod'
import { endTarget } from '../graph/stage-graph.ts'
import { stepKeys } from './keys.ts'
import { leaf } from './leaf.ts'
import { speech } from './speech.ts'
import { defineStep } from './step.ts'

const shape = z.strictObject({ ...stepKeys, outcome: z.string().default('resolved') })

/** Closes the session. */
export const end = defineStep({
  action: 'end',
  shape,
  read(step, context) {
    const node = leaf('end', { ...speech(step, context), outcome: step.outcome })
    return {
      collects: [],
      requires: [],
      alternatives: [],
      leads: [],
      lower: () => ({ node, exits: { success: endTarget } }),
    }
  },
})
