import { besideOf } from '@copse/procedures'
import { expect, test } from 'vitest'
import { deskOf, results } from './testing/desk.ts'

const place = `copse: 1
procedure:
  id: place
  inputs: {what: string}
  outputs: {town: string, note: {type: string, required: false}}
  steps:
    - id: ask
      action: collect_info
      say: "{{what}}: which town?"
      extract_fields: [{key: town, title: town, enum: [Rome, Oslo, Bonn]}, {key: note, pattern: "N[0-9]{3}"}]
      required_fields: [town]
      max_attempts: 1
      next_step: sure
      on_failure: lost
    - id: sure
      action: inform
      say: "{{town}}?"
      options: [{label: "Right", next_step: end}, {label: "Wrong", next_step: lost}]
    - {id: lost, action: end, outcome: lost, say: "No town."}
`
const trip = `copse: 1
procedure:
  id: trip
  triggers: [trip]
  steps:
    - {id: from, action: subprocedure, procedure: place, fixed_inputs: {what: From}, outputs: {town: start}, next_step: to, on_failure: other}
    - {id: to, action: subprocedure, procedure: place, fixed_inputs: {what: To}, outputs: {town: goal, note: note}, next_step: tell, on_failure: other}
    - id: tell
      action: inform
      say: "From {{start}} to {{goal}}{{note}}."
      options: [{label: Again, next_step: to}, {label: Done, next_step: done}]
    - {id: other, action: end, say: "Then not."}
    - {id: done, action: end, say: "Bye."}
`
const desk = () => deskOf(trip, '{}', { beside: besideOf(() => [{ file: 'place.procedure.yaml', text: place }]) })

test('a procedure that is used twice keeps its fields apart, gives only what it declares, and begins anew each time', async () => {
  const [both] = await results(
    `
- name: there and back
  turns:
    - {customer: trip, expect: {step: from.ask, contains: "From: which town?"}}
    - {customer: Rome, expect: {step: from.sure, contains: "Rome?"}}
    - {customer: right, expect: {step: to.ask, contains: "To: which town?"}}
    - {customer: Oslo, expect: {step: to.sure}}
    - {customer: right, expect: {step: tell, contains: From Rome to Oslo.}}
    - {customer: again, expect: {step: to.ask, contains: "To: which town?"}}
    - {customer: Bonn}
    - {customer: right, expect: {step: tell, contains: From Rome to Bonn.}}
    - {customer: done, expect: {status: completed, contains: Bye.}}
`,
    desk(),
  )
  expect(both?.failures).toEqual([])
})

test('an end with another outcome leads to on_failure, in the same conversation', async () => {
  const [lost] = await results(
    `
- name: no idea
  turns:
    - {customer: trip}
    - {customer: Rome}
    - {customer: wrong, expect: {status: completed, step: other, contains: [No town., Then not.]}}
  finally: {outcome: resolved}
`,
    desk(),
  )
  expect(lost?.failures).toEqual([])
})
