import { z } from 'zod'
import { texts } from '../parse/words.ts'

/** Keys that every step has. */
export const stepKeys = {
  id: z.string(),
  action: z.string(),
  name: z.string().optional(),
  say: texts.optional(),
  instruction: z.string().optional(),
}
export type StepKeys = z.infer<z.ZodObject<typeof stepKeys>>

export const target = z.string().min(1, 'is empty')
