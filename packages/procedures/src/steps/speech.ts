import type { StepKeys } from './keys.ts'
import type { StepContext } from './step.ts'

export interface Speech {
  step: string
  title?: string
  say?: Record<string, string>
  instruction?: string
}

/** Only who speaks: for leaves of a step whose words belong to another of its leaves. */
export function speaker(step: StepKeys): Speech {
  return { step: step.id, ...(step.name === undefined ? {} : { title: step.name }) }
}

/** What the step says to the customer, and what it tells a model. */
export function speech(step: StepKeys, context: StepContext): Speech {
  const say = context.say(step.say, ['say'])
  const instruction = step.instruction?.trim()
  return { ...speaker(step), ...(say ? { say } : {}), ...(instruction ? { instruction } : {}) }
}
