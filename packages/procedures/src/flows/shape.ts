import { z } from 'zod'
import { json, word } from '../parse/words.ts'

/** A key without a value is as good as none. */
const list = <Shape extends z.ZodType>(of: Shape) => z.array(of).nullish()
const field = z.string().regex(/^[A-Za-z][A-Za-z0-9_]*$/, 'may hold letters, digits and "_" only')

const transition = {
  on_payload: word.optional(),
  on_payload_prefix: z.string().min(1, 'is empty').optional(),
  extract_suffix_as: field.optional(),
  on_type: z
    .union([z.string(), z.array(z.string()).min(1, 'is empty')], 'should be text, or a list of texts')
    .optional(),
  condition: json.optional(),
  always: z.literal(true, { error: 'is only ever true' }).optional(),
  set_data: z.record(field, json).nullish(),
  target: z.string().min(1, 'is empty'),
}
export const transitionShape = z.strictObject(transition)
export const globalShape = z.strictObject({ ...transition, priority: z.boolean().default(false) })
export type TransitionShape = z.infer<typeof transitionShape>
export type GlobalShape = z.infer<typeof globalShape>

export const stateShape = z.strictObject({
  name: z.string().optional(),
  on_enter: list(json),
  transitions: list(json),
  fallback: z.string().min(1, 'is empty').nullish(),
  llm_fallback: z.boolean().optional(),
})

const properties = z.record(z.string(), json)
const name = z
  .string()
  .min(1, 'is empty')
  .max(100, 'is longer than 100 letters')
  .regex(/^[^/\s$_][^/]*$/, 'begins with a letter and holds no "/"')

/** What stands beside the states. */
export const flowShape = z.strictObject({
  id: name,
  name: z.string().optional(),
  version: z
    .union([z.string().min(1), z.number()], 'should be text, e.g. "1.0"')
    .transform(String)
    .default('1'),
  description: z.string().default(''),
  /** Of texts that are not written per language. */
  language: z.string().default('en'),
  triggers: z.array(word).default([]),
  initial_state: z.string(),
  global_transitions: list(json),
  states: z.record(name, json),
  services: z
    .union(
      [z.record(z.string(), properties), z.array(z.object({ id: word }).catchall(json))],
      'should be a mapping, or a list of mappings with an "id"',
    )
    .nullish(),
  tasks: z.record(name, json).nullish(),
  standing_schedules: list(json),
})

export const taskShape = z.strictObject({
  name: z.string().optional(),
  actions: z.array(json).min(1, 'does nothing'),
})
export const standingShape = z.strictObject({ task: z.string(), when: json })
