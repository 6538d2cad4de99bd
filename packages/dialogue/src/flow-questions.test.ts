import type { Knowledge } from '@copse/contracts'
import { expect, it } from 'vitest'
import { talkTo } from './testing/flow-talk.ts'

/** Knows when it is open, and nothing else. */
const knowledge: Knowledge = {
  answer: async ({ text }) => (/open|hours/.test(text) ? { text: 'We open at ten.' } : { nothing: 'out_of_scope' }),
}
const flow = (more: string): string => `
copse: 1
flow:
  id: salon
  initial_state: MENU
  states:
    MENU:
      on_enter: [{action: send_text, text: Menu}]
      transitions: [{on_payload: go, target: end}]
      fallback: OTHER
${more}
    OTHER:
      on_enter: [{action: send_text, text: Other}]
      fallback: MENU
`
const talk = (more: string) => talkTo(flow(more), [], { knowledge })

it.each([
  ['where nothing is said, questions are answered', '', 'your hours please', 'Other', 'OTHER'],
  ['where nothing is said, questions are answered', '', 'when do you open?', 'We open at ten.', 'MENU'],
  ['with llm_fallback, whatever is said', '      llm_fallback: true', 'your hours please', 'We open at ten.', 'MENU'],
  ['with llm_fallback, what it does not know goes on', '      llm_fallback: true', 'blue', 'Other', 'OTHER'],
  ['without it, nothing', '      llm_fallback: false', 'when do you open?', 'Other', 'OTHER'],
])('%s: "%s" %s', async (_, more, said, text, step) => {
  const customer = talk(more)
  await customer.say('hello')
  const heard = await customer.say(said)
  expect(heard.step).toBe(step)
  expect(heard.text).toContain(text)
})

it('answers nothing by itself in a file of the earlier platform', async () => {
  const earlier = flow('').replace('copse: 1\nflow:\n', '').replaceAll(/^ {2}/gm, '')
  const customer = talkTo(earlier, [], { knowledge })
  await customer.say('hello')
  expect(await customer.say('when do you open?')).toMatchObject({ step: 'OTHER' })
})
