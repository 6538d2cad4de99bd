import type { LeafConfig } from '@copse/contracts'
import type { NodeSpec } from '@copse/engine'
import type { StepKeys } from './keys.ts'
import { leaf } from './leaf.ts'
import { speaker } from './speech.ts'
import type { Alternative, Arrival, Silence, StepContext } from './step.ts'

interface Asking extends StepKeys {
  /** Ask before every call, however it was reached. */
  confirm: boolean
  max_attempts: number
}
type Entered = LeafConfig<'confirm'>['entered']

/** Before each call that needs a person's yes, the leaf that asks; undefined where facts alone decide. */
export function askBefore(
  step: Asking,
  calls: Alternative[],
  arrival: Arrival,
  silence: Silence,
  context: StepContext,
): (NodeSpec | undefined)[] {
  return calls.map(({ operation, config }, index) => {
    if (!step.confirm && !operation.confirm) return undefined
    const entered = step.confirm ? (['always'] as const) : waysToAsk(operation.name, arrival, index, context)
    if (entered.length === 0) return undefined
    return leaf('confirm', {
      ...speaker(step),
      ...silence.leaf,
      operation: operation.name,
      arguments: config.arguments,
      entered: [...entered],
      maxAttempts: step.max_attempts,
    })
  })
}

/**
 * A keyword or a model is not a yes to money; a tapped option is. A model's choice alone may not lead to such a write
 * at all: in our format the author has to say where the person is asked, in dialect P the question is put in.
 */
function waysToAsk(operation: string, arrival: Arrival, index: number, context: StepContext): Entered {
  if (arrival.classified || arrival.afterClassification) {
    const message = `A model's choice or silence alone leads to "${operation}", which needs a person's yes.`
    const path = ['tools', index, 'name']
    const fix = 'Add `confirm: true` to this step, or decide by a condition on what a tool found.'
    if (context.dialect === 'copse') context.report.error('confirm_missing', path, message, { fix })
    else context.report.warning('confirm_inserted', path, `${message} It is asked for.`, { fix })
  }
  // An indirect arrival cannot be told apart from others when the stage is entered: then it always asks.
  if (arrival.afterClassification) return ['always']
  if (arrival.option) return ['keyword', 'classification']
  return arrival.classified ? ['classification'] : []
}
