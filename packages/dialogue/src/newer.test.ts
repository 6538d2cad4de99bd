import { expect, it } from 'vitest'
import { released } from './testing/flow-talk.ts'
import { openTalk } from './testing/talk.ts'

const version = (number: number) =>
  released(
    `
copse: 1
flow:
  id: salon
  version: "${number}"
  initial_state: MENU
  states:
    MENU:
      on_enter: [{action: send_interactive_buttons, body: Menu ${number}, buttons: [{id: go, title: Go on}]}]
      transitions: [{on_payload: go, target: NEXT}]
      fallback: MENU
    NEXT:
      on_enter: [{action: send_text, text: Next ${number}}]
      transitions: [{on_payload: back, target: MENU}]
      fallback: NEXT
`,
    [],
  )

it('a flow stays on its version until it is back at its beginning', async () => {
  const procedures = [version(1)]
  const talk = openTalk({ procedures })
  await talk.say('hello')
  await talk.tap('go')
  procedures.unshift(version(2))
  expect(await talk.say('anything')).toMatchObject({ text: 'Next 1', step: 'NEXT' })
  expect(await talk.tap('back')).toMatchObject({ text: 'Menu 1', step: 'MENU' })
  expect(await talk.tap('go')).toMatchObject({ text: 'Next 2', step: 'NEXT' })
})

it('a flow whose version is live goes on in its session', async () => {
  const talk = openTalk({ procedures: [version(1)] })
  await talk.say('hello')
  expect(await talk.tap('go')).toMatchObject({ text: 'Next 1', step: 'NEXT' })
})
