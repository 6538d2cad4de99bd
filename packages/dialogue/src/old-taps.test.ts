import { describe, expect, it } from 'vitest'
import { talkTo } from './testing/compiled.ts'
import { talkTo as talkToFlow } from './testing/flow-talk.ts'

const paying = `copse: 1
procedure:
  id: pay
  triggers: [pay]
  steps:
    - {id: small, action: confirm, say: {en: Shall we pay 5?}, next_step: large, on_failure: done}
    - id: large
      action: confirm
      say: {en: Shall we pay 5000?}
      on_silence: [{after: 10m, do: nudge, say: {en: Are you still there?}}]
      next_step: name
      on_failure: done
    - id: name
      action: collect_info
      say: {en: What is your name?}
      extract_fields: [{key: name, title: name, type: text}]
      required_fields: [name]
      next_step: paid
      on_failure: done
    - {id: paid, action: end, say: {en: "Paid 5000, {{name}}."}}
    - {id: done, action: end, say: {en: Bye.}}
`

/** The second question is open, and both have a button "Yes". */
async function asked(more: Parameters<typeof talkTo>[2] = {}) {
  const talk = talkTo(paying, [], more)
  await talk.say('pay')
  expect((await talk.say('yes')).text).toBe('Shall we pay 5000?')
  return talk
}
const again = { text: 'That choice belongs to an earlier message.\n\nShall we pay 5000?', options: ['Yes', 'No'] }

describe('a tap on an earlier message', () => {
  it('is no answer to the question that is open, however often, and uses up no try', async () => {
    const talk = await asked()
    for (let taps = 0; taps < 5; taps++) expect(await talk.tap('yes', 1, 'Yes')).toMatchObject(again)
    expect(await talk.tap('yes')).toMatchObject({ text: 'What is your name?' })
  })

  it('is no word either', async () => {
    const talk = await asked()
    await talk.say('yes')
    expect((await talk.tap('yes', 2, 'Yes')).text).toContain('What is your name?')
    expect((await talk.say('Ana')).text).toBe('Paid 5000, Ana.')
  })

  it('counts where that message asks what is open: nudged, asked again, repeated, or asked anew after such a tap', async () => {
    for (const between of [
      (talk: Awaited<ReturnType<typeof asked>>) => talk.ring(),
      (talk: Awaited<ReturnType<typeof asked>>) => talk.say('hm'),
      (talk: Awaited<ReturnType<typeof asked>>) => talk.say('what did you say?'),
      (talk: Awaited<ReturnType<typeof asked>>) => talk.tap('yes', 1, 'Yes'),
    ]) {
      const talk = await asked()
      expect((await between(talk))?.options).toEqual(['Yes', 'No'])
      expect(await talk.tap('yes', 2, 'Yes')).toMatchObject({ text: 'What is your name?' })
    }
  })

  it('is no answer to what was asked beside it, which is dropped', async () => {
    const talk = await asked()
    expect((await talk.say('delete my data')).options).toEqual(['Yes', 'No'])
    expect(await talk.tap('yes', 2, 'Yes')).toMatchObject({ ...again, handoffs: [] })
    expect(await talk.tap('yes')).toMatchObject({ text: 'What is your name?', handoffs: [] })
  })

  it('means a person where the button says so everywhere', async () => {
    const talk = await asked()
    expect(await talk.tap('$person', 1)).toMatchObject({ status: 'escalated' })
  })

  it('of a session that was open before is no answer in a new one', async () => {
    const talk = await asked()
    await talk.say('forget it')
    await talk.say('pay')
    expect((await talk.tap('yes', 2, 'Yes')).text).toContain('Shall we pay 5?')
  })
})

const salon = `copse: 1
flow:
  id: salon
  initial_state: MENU
  global_transitions: [{on_payload: menu, target: MENU}]
  states:
    MENU:
      on_enter:
        - action: send_interactive_buttons
          body: What can we do?
          buttons: [{id: cut, title: A cut}, {id: "yes", title: A surprise}]
      transitions: [{on_payload: cut, target: SURE}, {on_payload: "yes", target: end}]
      fallback: MENU
    SURE:
      on_enter:
        - action: send_interactive_buttons
          body: Shall we cut it?
          buttons: [{id: "yes", title: "Yes"}, {id: menu, title: Back}]
      transitions: [{on_payload: "yes", target: end}, {on_payload: cut, target: SURE}]
      fallback: MENU
`

describe('in a flow, a tap on an earlier message', () => {
  it('is no answer where the same is on offer now', async () => {
    const talk = talkToFlow(salon, [])
    await talk.say('hello')
    await talk.tap('cut')
    expect(await talk.tap('yes', 1, 'A surprise')).toMatchObject({ status: 'waiting', step: 'SURE' })
    expect(await talk.tap('yes')).toMatchObject({ status: 'completed' })
  })

  it('counts where the state listens for it and does not offer it', async () => {
    const talk = talkToFlow(salon, [])
    await talk.say('hello')
    await talk.tap('cut')
    expect(await talk.tap('cut', 1, 'A cut')).toMatchObject({ text: 'Shall we cut it?' })
    await talk.say('Back')
    expect(await talk.tap('menu', 2, 'Back')).toMatchObject({ text: 'What can we do?' })
  })
})
