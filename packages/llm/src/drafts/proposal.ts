import { fieldTypes } from '@copse/contracts'
import { z } from 'zod'

/**
 * What a draft of a procedure may hold, in the keys of the format. Nothing is optional and nothing is one of several
 * kinds but the steps, and no number is bounded: providers that keep to a schema allow little of that. '' and [] stand
 * for what is not there.
 */
const step = {
  id: z.string(),
  name: z.string(),
  say: z.string(),
  /** Numbers of the sentences that it comes from, from 1. */
  sentences: z.array(z.number()),
}

const steps = {
  collect_info: z.strictObject({
    ...step,
    action: z.literal('collect_info'),
    extract_fields: z.array(
      z.strictObject({
        key: z.string(),
        title: z.string(),
        description: z.string(),
        type: z.enum(fieldTypes),
        examples: z.array(z.string()),
      }),
    ),
    required_fields: z.array(z.string()),
    next_step: z.string(),
    on_failure: z.string(),
  }),
  evaluate: z.strictObject({
    ...step,
    action: z.literal('evaluate'),
    conditions: z.array(
      z.strictObject({ condition: z.string(), condition_description: z.string(), next_step: z.string() }),
    ),
    else: z.string(),
  }),
  inform: z.strictObject({
    ...step,
    action: z.literal('inform'),
    options: z.array(
      z.strictObject({
        label: z.string(),
        description: z.string(),
        detection_keywords: z.array(z.string()),
        next_step: z.string(),
      }),
    ),
    next_step: z.string(),
  }),
  handoff: z.strictObject({
    ...step,
    action: z.literal('handoff'),
    reason: z.string(),
    summary: z.string(),
  }),
  end: z.strictObject({ ...step, action: z.literal('end'), outcome: z.string() }),
}

/** `names`: of the operations that there are; no other can be asked for. */
const toolCall = (names: [string, ...string[]]) =>
  z.strictObject({
    ...step,
    action: z.literal('tool_call'),
    tools: z.array(
      z.strictObject({
        name: z.enum(names),
        arg_mappings: z.array(z.strictObject({ param: z.string(), source: z.string() })),
      }),
    ),
    on_success: z.string(),
    on_failure: z.string(),
  })

const { collect_info, evaluate, inform, handoff, end } = steps

export function proposalShape(operations: readonly string[]) {
  const [first, ...rest] = operations
  const plain = [collect_info, evaluate, inform, handoff, end] as const
  const known = first === undefined ? plain : ([...plain, toolCall([first, ...rest])] as const)
  return z.strictObject({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    triggers: z.array(z.string()),
    steps: z.array(z.union(known)),
    /** What the text leaves open, with the sentences that it is about. */
    questions: z.array(z.strictObject({ sentences: z.array(z.number()), question: z.string() })),
  })
}
export type Proposal = z.infer<ReturnType<typeof proposalShape>>
export type ProposedStep = Proposal['steps'][number]
