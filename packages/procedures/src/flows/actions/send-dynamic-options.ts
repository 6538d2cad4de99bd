import { z } from 'zod'
import { texts } from '../../parse/words.ts'
import { leaf } from '../../steps/leaf.ts'
import type { Transition } from '../transition.ts'
import { defineAction } from './action.ts'

const shape = z.strictObject({
  action: z.string(),
  source_key: z.string().min(1, 'is empty'),
  text: texts,
  button_label: texts.optional(),
  empty_text: texts.optional(),
})

/** Options that an operation found: a list of `{id, title, description?}`. */
export const sendDynamicOptions = defineAction({
  action: 'send_dynamic_options',
  shape,
  read(given, { step, context, transitions = [] }) {
    const from = context.reads(given.source_key, ['source_key'])
    const whenEmpty = context.say(given.empty_text, ['empty_text'])
    if (whenEmpty === undefined) {
      const message = 'Nothing says what the customer reads when there is nothing to choose from.'
      context.report.lax('empty_text_missing', [], message, { fix: 'Add `empty_text:`.' })
    }
    const prefix = onlyPrefix(transitions)
    const lines = !transitions.some((transition) => !transition.isGlobal && hearsChoice(transition))
    const config = {
      step,
      say: context.say(given.text, ['text']),
      from,
      ...(prefix === undefined ? {} : { prefix }),
      ...(whenEmpty === undefined ? {} : { whenEmpty }),
      ...(lines ? { lines: true as const } : {}),
    }
    return { node: () => leaf('offer', config, 'offer') }
  },
})

/** With two of them, nobody can tell which one an id was meant for. */
function onlyPrefix(transitions: readonly Transition[]): string | undefined {
  const own = transitions.flatMap(({ isGlobal, triggers: { prefix } }) =>
    isGlobal || prefix === undefined ? [] : [prefix],
  )
  const [only, second] = new Set(own)
  return second === undefined ? only : undefined
}

const hearsChoice = ({ triggers: { payload, prefix, types } }: Transition): boolean =>
  payload !== undefined || prefix !== undefined || types?.includes('payload') === true
