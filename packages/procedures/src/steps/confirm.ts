import type { Field } from '@copse/contracts'
import { z } from 'zod'
import { handoffStage, personStage } from '../graph/stage-graph.ts'
import { suggestion } from '../report/suggest.ts'
import { onSilence, stepKeys, target } from './keys.ts'
import { leaf } from './leaf.ts'
import { speech } from './speech.ts'
import { defineStep, type Neighbours, type StepContext } from './step.ts'

const shape = z.strictObject({
  ...stepKeys,
  /** What is read back; all that the procedure asks for unless said. */
  fields: z.array(z.string()).min(1, 'names at least one field').optional(),
  next_step: target.optional(),
  on_no: target.optional(),
  on_failure: target.optional(),
  max_attempts: z.number().int().positive().max(10).default(3),
  on_silence: onSilence,
})
type Confirm = z.infer<typeof shape>

/** Reads back what was collected: yes, no, or a correction of a field. */
export const confirm = defineStep({
  action: 'confirm',
  shape,
  read(step, context) {
    const words = speech(step, context)
    const next = context.wayOn(step.next_step, ['next_step'])
    const no = step.on_no === undefined ? undefined : context.target(step.on_no, ['on_no'])
    const failure = step.on_failure === undefined ? handoffStage : context.target(step.on_failure, ['on_failure'])
    const silence = context.silence(step.on_silence)
    return {
      collects: [],
      requires: [],
      alternatives: [],
      leads: [
        // A yes to what was read back is the customer's own choice.
        { to: next, by: 'option' },
        ...[no ?? [], failure].flat().map((to) => ({ to, by: 'flow' as const })),
        ...silence.leads,
      ],
      lower(neighbours) {
        const node = leaf('review', {
          ...words,
          ...silence.leaf,
          fields: fieldsOf(step, neighbours, context),
          ...(no === undefined ? {} : { leaves: true }),
          maxAttempts: step.max_attempts,
        })
        const declined = no === undefined ? {} : { no }
        return { node, exits: { success: next, ...declined, failure, person: personStage, ...silence.exits } }
      },
    }
  },
})

function fieldsOf({ fields }: Confirm, { collected }: Neighbours, { report }: StepContext): Field[] {
  if (fields === undefined) {
    if (collected.length === 0)
      report.error('nothing_to_confirm', [], 'No step asks the customer for anything that could be read back.', {
        fix: 'Collect a field first, or use `inform` with options.',
      })
    return collected
  }
  return fields.flatMap((key, index) => {
    const found = collected.find((field) => field.key === key)
    if (found) return [found]
    const fix = suggestion(
      key,
      collected.map((field) => field.key),
    )
    const message = `No step asks the customer for "${key}", so it cannot be corrected here.`
    report.error('not_collected', ['fields', index], message, { fix: fix ?? 'Put it into `say` as {{…}}.' })
    return []
  })
}
