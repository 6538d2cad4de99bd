import { z } from 'zod'
import { texts } from '../../parse/words.ts'
import { leaf } from '../../steps/leaf.ts'
import { defineAction } from './action.ts'
import { optionShape, readOptions } from './options.ts'

const shape = z.strictObject({
  action: z.string(),
  body: texts,
  buttons: z.array(optionShape.omit({ description: true })).min(1, 'offers at least one'),
})

export const sendInteractiveButtons = defineAction({
  action: 'send_interactive_buttons',
  shape,
  read({ body, buttons }, around) {
    const { step, context } = around
    const options = readOptions(
      buttons.map((option, at) => ({ option, path: ['buttons', at] })),
      around,
    )
    const say = context.say(body, ['body'])
    return { node: () => leaf('offer', { step, say, options }, 'offer') }
  },
})
