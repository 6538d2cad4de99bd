import { z } from 'zod'
import { texts } from '../../parse/words.ts'
import { leaf } from '../../steps/leaf.ts'
import { defineAction } from './action.ts'
import { optionShape, readOptions } from './options.ts'

const section = z.strictObject({ title: texts.optional(), rows: z.array(optionShape).min(1, 'holds at least one') })
const shape = z.strictObject({
  action: z.string(),
  body: texts,
  button_label: texts.optional(),
  sections: z.array(section).min(1, 'holds at least one'),
})

/** The rows of all sections are one list: a channel without sections shows the same, and numbers count through. */
export const sendInteractiveList = defineAction({
  action: 'send_interactive_list',
  shape,
  read({ body, sections }, around) {
    const { step, context } = around
    const rows = sections.flatMap(({ rows }, at) =>
      rows.map((option, row) => ({ option, path: ['sections', at, 'rows', row] })),
    )
    const options = readOptions(rows, around)
    const say = context.say(body, ['body'])
    return { node: () => leaf('offer', { step, say, options }, 'offer') }
  },
})
