import { knowledgeText } from '@copse/contracts'
import { isZone, momentOf, parseDuration } from '@copse/time'
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

const longestWaitMs = 400 * 24 * 3_600_000

const turn = z
  .strictObject({
    /** What the customer writes. */
    customer: z.string().optional(),
    /** The id of the option that the customer taps. */
    taps: z.string().optional(),
    /** For so long nobody says anything: `10m`, `2 days`. */
    waits: z
      .string()
      .refine(
        (text) => (parseDuration(text) ?? Infinity) <= longestWaitMs,
        'is not a time of at most 400 days, e.g. 10m',
      )
      .optional(),
    expect: expectation.optional(),
  })
  .refine(
    ({ customer, taps, waits }) => [customer, taps, waits].filter((one) => one !== undefined).length === 1,
    'a turn has one of `customer` (words), `taps` (an option id) and `waits` (a time)',
  )

/** A conversation that needs more turns has lost its point. */
export const maxTurns = 200

export const scenario = z.strictObject({
  name: z.string(),
  /** Channel alias that the customer writes from. */
  as: z.string().default('visitor'),
  language: z.string().optional(),
  /**
   * What is special about the world: by operation, what it answers; under `model`, what a model says. Other keys are for
   * the business that the scenario is played against.
   */
  given: z.record(z.string(), z.json()).default({}),
  turns: z.array(turn).min(1).max(maxTurns, `a scenario has at most ${maxTurns} turns`),
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

/** Where the conversations of a file are held; what it does not say is as the desk has it. */
export const scene = z.strictObject({
  /** When each of them begins, on the wall of the zone. */
  begins: z
    .string()
    .refine((text) => momentOf(text, 'UTC') !== undefined, 'is not a day and a time, e.g. 2026-11-23T08:00')
    .optional(),
  /** Of the business. */
  zone: z.string().refine(isZone, 'is not a time zone, e.g. Europe/Madrid').optional(),
  /** What a tenant would say of its built-in calendar. */
  calendar: z.record(z.string(), z.json()).optional(),
  /** What questions are answered from: plain text or markdown. */
  knowledge: knowledgeText.optional(),
})
export type Scene = z.infer<typeof scene>

/** A list of scenarios; beside a scene, they stand under `scenarios`. */
export const scenarioFile = z.array(scenario)
export const sceneFile = z.strictObject({ scene: scene.default({}), scenarios: scenarioFile })

export const durationOf = (text: string): number => parseDuration(text) ?? 0
