import { z } from 'zod'
import { texts } from '../parse/words.ts'

/** Keys that every step has. */
export const stepKeys = {
  id: z.string(),
  action: z.string(),
  name: z.string().optional(),
  say: texts.optional(),
  instruction: z.string().optional(),
  source: z.string().optional(),
}
export type StepKeys = z.infer<z.ZodObject<typeof stepKeys>>

export const target = z.string().min(1, 'is empty')

/** What is done while the customer says nothing, in order of time. A key of every step that waits, and of a procedure. */
export const onSilence = z
  .array(
    z.strictObject({
      after: z.string(),
      during: z.literal('opening_hours', { error: 'is not opening_hours' }).optional(),
      do: z.string().optional(),
      goto: z.string().min(1, 'is empty').optional(),
      say: texts.optional(),
    }),
  )
  .max(20, 'holds more than 20 entries')
  .optional()
export type OnSilence = z.infer<typeof onSilence>
