import { manifests } from '@copse/channels/manifests'
import { expect, test } from 'vitest'
import { check, checkSteps } from './testing/checking.ts'

const menu = (labels: string[], more = ''): string => `- id: menu
  action: inform
  say: Which?
${more}  options:
${labels.map((label) => `    - {label: ${label}, next_step: end}\n`).join('')}`

const four = ['Red', 'Green', 'Blue', 'Grey']

test('four quick replies are three too many taps away on WhatsApp only, and a list that is meant is not', () => {
  expect(checkSteps(menu(four)).findings).toMatchObject([
    {
      code: 'list_not_buttons',
      severity: 'warning',
      line: 10,
      message:
        '"menu" offers 4 options. whatsapp has 3 buttons: there the customer sees one button that opens a list of 4.',
      fix: 'Offer at most 3, or write `shown_as: list` if you mean a list.',
    },
  ])
  expect(checkSteps(menu(four, '  shown_as: list\n')).findings).toEqual([])
  expect(checkSteps(menu(four.slice(1))).findings).toEqual([])
})

const flow = (action: string): string => `copse: 1
flow:
  id: sample
  initial_state: MENU
  states:
    MENU:
      on_enter:
        - ${action}
      transitions: [{on_type: payload, target: end}]
      fallback: MENU
`
const four_ids = '[{id: a, title: Red}, {id: b, title: Green}, {id: c, title: Blue}, {id: d, title: Grey}]'

test('in a flow, a list is written as one', () => {
  const told = (action: string) => check(flow(action)).findings.map(({ code, line, fix }) => [code, line, fix])
  expect(told(`{action: send_interactive_buttons, body: Which?, buttons: ${four_ids}}`)).toEqual([
    ['list_not_buttons', 8, 'Offer at most 3, or use `send_interactive_list` if you mean a list.'],
  ])
  expect(told(`{action: send_interactive_list, body: Which?, sections: [{rows: ${four_ids}}]}`)).toEqual([])
})

test('a title that a channel cuts is told with what stands there, by language, at its line', () => {
  const { findings } = checkSteps(
    menu(['Yes', '{en: I do not want it any more, es: "No"}']).replace('Yes', '{en: Yes, es: Sí}'),
  )
  expect(findings.filter(({ code }) => code === 'option_cut')).toMatchObject([
    {
      severity: 'warning',
      line: 11,
      message:
        'whatsapp shows 20 letters on a button: of "I do not want it any more" the customer reads "I do not want it an…" there, and the whole in a numbered line above.',
      fix: 'Say it in at most 20 letters.',
    },
  ])
  const long = ['A very long name for red', 'A very long name for green', ...four]
  expect(checkSteps(menu(long, '  shown_as: list\n')).findings).toMatchObject([
    {
      code: 'option_cut',
      line: 12,
      message:
        'whatsapp shows 24 letters on a row: of "A very long name for green" the customer reads "A very long name for gr…" there, and the whole in small letters below.',
    },
  ])
})

test('what is filled in may be short', () => {
  expect(checkSteps(menu(['"Order {{case_id}} of yours"', 'Other'])).findings).toEqual([])
})

test('a nudge that comes when free words are over needs the form that the channel has for it', () => {
  const late = menu(
    ['Red', 'Blue'],
    '  on_silence: [{after: 2h, do: nudge}, {after: 23h 50m, do: nudge, say: "?"}, {after: 26h, do: nudge, say: Hello?}]\n',
  )
  expect(checkSteps(late).findings).toMatchObject([
    {
      code: 'outside_window',
      severity: 'warning',
      line: 9,
      message:
        'whatsapp takes free words only for 1d after the customer was heard, and a nudge of "menu" comes after 1d 2h. There it goes out as a template if the channel\'s binding has one, and else not at all.',
      fix: 'Let it come earlier.',
    },
  ])
})

test('only channels that it is meant for count', () => {
  const source = `copse: 1\nprocedure:\n  id: sample\n  triggers: [hello]\n  steps:\n${menu(four).replace(/^(?=.)/gm, '    ')}`
  expect(check(source, { channels: [manifests.webchat] }).findings).toEqual([])
})
