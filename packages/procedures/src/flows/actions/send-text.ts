import { z } from 'zod'
import { texts } from '../../parse/words.ts'
import { leaf } from '../../steps/leaf.ts'
import { defineAction } from './action.ts'

const shape = z.strictObject({ action: z.string(), text: texts })

export const sendText = defineAction({
  action: 'send_text',
  shape,
  read({ text }, { step, context }) {
    const say = context.say(text, ['text']) ?? {}
    return { node: () => leaf('say', { step, say, options: [] }, 'say') }
  },
})
