import { describe, expect, it } from 'vitest'
import { released } from './testing/flow-talk.ts'
import { leaf, openTalk, procedure } from './testing/talk.ts'

const flow = (more = '', title = 'Go on') =>
  released(
    `
copse: 1
flow:
  id: salon
  initial_state: MENU
  states:
    MENU:
      on_enter: [{action: send_interactive_buttons, body: Menu, buttons: [{id: go, title: ${title}}]}]
      transitions:
        - {on_payload: go, target: NEXT}
${more}
      fallback: MENU
    NEXT:
      on_enter: [{action: send_text, text: Next}]
      transitions: [{on_payload: back, target: MENU}]
      fallback: NEXT
`,
    [],
  )
const ending = (id: string) =>
  procedure(id, { only: { node: leaf('end', { say: { en: `The ${id}.` } }), exits: { end: 'end' } } })
const talkTo = (salon = flow(), ...more: string[]) =>
  openTalk({ procedures: [...['refund', ...more].map(ending), salon] })

describe('words that start a procedure', () => {
  it('start it where a flow stands at its beginning, as if nobody had said hello', async () => {
    const talk = talkTo()
    await talk.say('hello')
    expect(await talk.say('what?')).toMatchObject({ text: 'Menu', intent: 'salon' })
    expect(await talk.say('I want a refund')).toMatchObject({ text: 'The refund.', intent: 'refund' })
    expect(await talk.say('thanks')).toMatchObject({ text: 'Menu', intent: 'salon' })
  })

  it('are asked about where two are meant', async () => {
    const talk = talkTo(flow(), 'credit')
    await talk.say('hello')
    expect((await talk.say('a refund or credit')).options).toEqual(['refund', 'credit'])
  })

  it('are an option of the flow where they name it, and its own where it listens for words', async () => {
    const named = talkTo(flow('', 'Refund'))
    await named.say('hello')
    expect(await named.say('refund')).toMatchObject({ text: 'Next', intent: 'salon' })
    const listening = talkTo(flow('        - {on_type: text, target: NEXT}'))
    await listening.say('hello')
    expect(await listening.say('a refund')).toMatchObject({ text: 'Next', intent: 'salon' })
  })

  it('start nothing where the flow has gone on', async () => {
    const talk = talkTo()
    await talk.say('hello')
    await talk.tap('go')
    expect(await talk.say('I want a refund')).toMatchObject({ text: 'Next', intent: 'salon' })
  })
})
