import { z } from 'zod'

const expectation = z.strictObject({
  /** Step that waits, or spoke last. */
  step: z.string().optional(),
  /** Texts that the reply contains, in any case. */
  contains: z.union([z.string(), z.array(z.string())]).optional(),
  /** Texts that it does not. */
  lacks: z.union([z.string(), z.array(z.string())]).optional(),
  status: z.enum(['waiting', 'completed', 'escalated', 'faulted', 'none']).optional(),
  intent: z.string().optional(),
  options: z.array(z.string()).optional(),
})

/** One thing that the customer does, and what must come of it. */
const turn = z
  .strictObject({ customer: z.string().optional(), taps: z.string().optional(), expect: expectation.optional() })
  .refine(
    (value) => (value.customer === undefined) !== (value.taps === undefined),
    'a turn has either `customer` (words) or `taps` (an option id)',
  )

export const scenario = z.strictObject({
  name: z.string(),
  /** Channel alias that the customer writes from. */
  as: z.string().default('visitor'),
  language: z.string().optional(),
  /** What is special about the world, read by whoever provides it (e.g. `{down: true}`). */
  given: z.record(z.string(), z.json()).default({}),
  turns: z.array(turn).min(1),
  /** Checked at the end. `calls`: the writes performed, in order. */
  finally: z
    .strictObject({
      status: expectation.shape.status,
      outcome: z.string().optional(),
      calls: z.array(z.string()).optional(),
      handoffs: z.number().int().optional(),
    })
    .optional(),
})
export type Scenario = z.infer<typeof scenario>
export type Expectation = z.infer<typeof expectation>

export const scenarioFile = z.array(scenario)
