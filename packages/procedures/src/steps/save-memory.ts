import { z } from 'zod'
import { stepKeys, target } from './keys.ts'
import { leaf } from './leaf.ts'
import { speech } from './speech.ts'
import { defineStep } from './step.ts'

const key = z.string().regex(/^[A-Za-z]\w{0,59}$/, 'holds letters, digits and "_" only, 60 at most')
const shape = z.strictObject({
  ...stepKeys,
  /** Name in `memory` to the field that it is taken from. */
  memory: z.record(key, z.string().min(1, 'is empty')).default({}),
  forget: z.array(key).default([]),
  next_step: target.optional(),
})

/** Remembers of the customer, for their next conversations, what is read there as `memory.name`. */
export const saveMemory = defineStep({
  action: 'save_memory',
  shape,
  read(step, context) {
    const { step: id, title, ...words } = speech(step, context)
    const next = context.wayOn(step.next_step, ['next_step'])
    for (const [name, field] of Object.entries(step.memory)) context.reads(field, ['memory', name])
    if (Object.keys(step.memory).length + step.forget.length === 0)
      context.report.error('nothing_to_remember', [], 'Nothing says what is remembered.', {
        fix: 'Add `memory:` with names and the fields that they are taken from.',
      })
    const who = { step: id, ...(title === undefined ? {} : { title }) }
    const node = leaf('remember', { ...who, keeps: step.memory, forgets: step.forget })
    const isSpoken = words.say !== undefined || words.instruction !== undefined
    const children = [node, ...(isSpoken ? [leaf('say', { ...who, ...words, options: [] })] : [])]
    return {
      collects: [],
      requires: [],
      alternatives: [],
      leads: [{ to: next, by: 'flow' }],
      lower: () => ({ node: { op: 'sequence', children }, exits: { success: next } }),
    }
  },
})
