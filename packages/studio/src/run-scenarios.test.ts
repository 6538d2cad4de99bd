import type { PlayedBusiness } from './desk.ts'
import { expect, test } from 'vitest'
import { readScenarios } from './parse-scenarios.ts'
import { deskOf, operations, results, shop } from './testing/desk.ts'

const answers = `
find_order:
  - {when: {order_id: ORD-1}, answer: {found: true, days: 3}}
  - {found: false}
pay_back: {ok: true, refund_id: "for {{order_id}}"}
`

test('operations answer as the file of answers says, by their arguments', async () => {
  const [paid, unknown] = await results(
    `
- name: paid
  turns: [{customer: refund ORD-1, expect: {status: completed, contains: paid back}}]
  finally: {calls: [pay_back]}
- name: unknown
  turns: [{customer: refund ORD-22, expect: {step: ask, status: waiting}}]
`,
    deskOf(shop, answers),
  )
  expect([paid?.failures, unknown?.failures]).toEqual([[], []])
  const { outcome } = paid!.turns[0]!.performed.at(-1)!
  expect(outcome).toMatchObject({ status: 'ok', data: { refund_id: 'for ORD-1' } })
})

test('what a scenario gives comes before the file, may run out, and may be no answer at all', async () => {
  const [late, busy, lost] = await results(
    `
- name: late
  given: {find_order: {found: true, days: 300}}
  turns: [{customer: refund ORD-1, expect: {step: offer}}]
- name: first not found, then the file
  given: {find_order: [{times: 1, answer: {found: false}}]}
  turns:
    - {customer: refund ORD-1, expect: {step: ask}}
    - {customer: ORD-1, expect: {status: completed}}
- name: nobody knows whether it was paid
  given: {pay_back: uncertain}
  turns: [{customer: refund ORD-1, expect: {status: escalated, lacks: paid back}}]
`,
    deskOf(shop, answers),
  )
  expect([late?.failures, busy?.failures, lost?.failures]).toEqual([[], [], []])
})

test('what went otherwise is told by turn and place, with what was expected and what came', async () => {
  const [result] = await results(
    `- name: wrong in three ways
  turns:
    - customer: refund ORD-1
      expect:
        step: offer
        contains: [paid, thousand]
  finally: {calls: []}
`,
    deskOf(shop, answers),
  )
  expect(result?.failures).toMatchObject([
    { line: 5, column: 15, turn: 1, message: 'the step: expected offer, got done', got: 'done' },
    { line: 6, column: 26, turn: 1, message: 'the reply lacks "thousand"', got: 'It is paid back. Goodbye.' },
    { line: 7, column: 20, message: 'what was done: expected nothing, got pay_back' },
  ])
})

test('a conversation that a turn leaves alone is said to be where it was', async () => {
  const [asked] = await results(
    `- name: privacy
  turns:
    - {customer: refund ORD-22, expect: {step: ask}}
    - {customer: delete my data}
    - {customer: "no", expect: {step: ask, status: waiting}}
`,
    deskOf(shop, answers),
  )
  expect(asked!.failures).toEqual([])
})

test('a call that nothing was declared for is told with what it was asked', async () => {
  const [result] = await results('- {name: x, turns: [{customer: refund ORD-1}]}', deskOf(shop))
  expect(result?.failures).toHaveLength(1)
  expect(result?.failures[0]).toMatchObject({ line: 1, turn: 1 })
  expect(result?.failures[0]?.message).toContain('Nothing says what find_order answers to {"order_id":"ORD-1"}')
})

test('a slip in `given` is told where it stands, and nothing is played', async () => {
  const [operation, answer, argument, model] = await results(
    `
- {name: a, given: {find_ordr: {found: true}}, turns: [{customer: refund}]}
- {name: b, given: {find_order: perhaps}, turns: [{customer: refund}]}
- {name: c, given: {find_order: [{when: {oder_id: X}, answer: {}}]}, turns: [{customer: refund}]}
- {name: d, given: {model: dreams}, turns: [{customer: refund}]}
`,
    deskOf(shop),
  )
  expect(operation?.failures).toMatchObject([
    { line: 2, message: expect.stringContaining('Did you mean "find_order"?') },
  ])
  expect(answer?.failures).toMatchObject([{ line: 3, column: 33 }])
  expect(argument?.failures).toMatchObject([{ line: 4, message: expect.stringContaining('Did you mean "order_id"?') }])
  expect(model?.failures).toMatchObject([{ line: 5, message: expect.stringContaining('timeout') }])
  expect([operation, answer, argument, model].flatMap((one) => one?.turns)).toEqual([])
})

test('a model says what it is given to say, or nothing', async () => {
  const [said, silent, broken] = await results(
    `
- name: the model finds the order
  given: {model: {extract: [{order_id: ORD-1}]}}
  turns: [{customer: refund for the first thing I ever bought, expect: {status: completed}}]
- name: it finds nothing
  given: {model: nothing}
  turns: [{customer: refund for the first thing I ever bought, expect: {step: ask, status: waiting}}]
- name: it does not answer
  given: {model: timeout}
  turns: [{customer: refund for the first thing I ever bought, expect: {step: ask, status: waiting}}]
`,
    deskOf(shop, answers),
  )
  expect([said?.failures, silent?.failures, broken?.failures]).toEqual([[], [], []])
  expect(broken?.turns[0]?.performed).toMatchObject([{ name: 'model:extract', outcome: { status: 'unavailable' } }])
})

test('time that a scenario waits passes at once, and what is due meanwhile happens', async () => {
  const [nudged, left, idle] = await results(
    `
- name: nudged
  turns:
    - {customer: refund, expect: {step: ask}}
    - {waits: 5m, expect: {lacks: still}}
    - {waits: 6m, expect: {contains: still there, status: waiting}}
- name: left
  turns:
    - {customer: refund}
    - {waits: 3 days, expect: {contains: [still there, have not heard], status: escalated}}
- name: idle
  given: {find_order: {found: true, days: 90}}
  turns:
    - {customer: refund ORD-1, expect: {step: offer}}
    - {waits: 2 days, expect: {status: completed}}
  finally: {outcome: idle}
`,
    deskOf(shop, answers),
  )
  expect([nudged?.failures, left?.failures, idle?.failures]).toEqual([[], [], []])
})

test('who writes "stop" is told that they hear no more, keeps their place, and hears nothing by itself', async () => {
  const [stopped, back] = await results(
    `
- name: stopped
  turns:
    - {customer: refund, expect: {step: ask}}
    - {customer: Stop!, expect: {contains: no more messages, status: waiting, step: ask}}
    - {waits: 11m, expect: {lacks: still there, status: waiting}}
    - {customer: ORD-1, expect: {status: completed, contains: paid back}}
- name: back again
  turns:
    - {customer: refund}
    - {customer: unsubscribe, expect: {contains: no more messages}}
    - {customer: start, expect: {step: ask, status: waiting}}
    - {waits: 11m, expect: {contains: still there}}
`,
    deskOf(shop, answers),
  )
  expect([stopped?.failures, back?.failures]).toEqual([[], []])
})

test('a tap on what nobody offered fails and lists what was; an earlier offer can still be tapped', async () => {
  const late = '{find_order: {found: true, days: 90}}'
  const [never, nothing, earlier, always] = await results(
    `
- name: never offered
  given: ${late}
  turns:
    - {customer: refund ORD-1}
    - {taps: yess, expect: {status: escalated}}
    - {taps: "no"}
- name: nothing to tap
  turns: [{customer: refund}, {taps: "yes"}]
- name: of an earlier message
  given: ${late}
  turns:
    - {customer: refund ORD-1, expect: {options: ["Yes", "No"]}}
    - {customer: delete my data}
    - {customer: "no"}
    - {taps: "yes", expect: {status: escalated}}
- name: works everywhere
  turns: [{customer: refund}, {taps: $cancel, expect: {status: completed}}]
`,
    deskOf(shop, answers),
  )
  expect(never?.failures).toMatchObject([
    {
      line: 6,
      turn: 2,
      message: 'nothing offers "yess" to tap. Offered here: yes ("Yes"), no ("No"). Did you mean "yes"?',
    },
  ])
  expect(nothing?.failures).toMatchObject([
    {
      turn: 2,
      message: 'nothing offers "yes" to tap. Nothing is offered here: let the customer say it (`customer:`).',
    },
  ])
  expect([earlier?.failures, always?.failures]).toEqual([[], []])
})

test('a conversation may begin with a tap on a button outside of it, which names a procedure', async () => {
  const [known, unknown] = await results(
    '[{name: a, turns: [{taps: shop, expect: {step: ask}}]}, {name: b, turns: [{taps: shp}]}]',
    deskOf(shop, answers),
  )
  expect(known?.failures).toEqual([])
  expect(unknown?.failures).toMatchObject([{ message: expect.stringContaining('nothing offers "shp"') }])
})

test('scenarios may stand under their key without a scene', async () => {
  const [one] = await results('scenarios: [{name: a, turns: [{customer: refund, expect: {step: ask}}]}]', deskOf(shop))
  expect(one?.failures).toEqual([])
})

test('a turn that never comes to rest is given up and said so', async () => {
  const business = (): PlayedBusiness => ({
    connector: { name: 'slow', operations, call: () => new Promise<never>(() => {}), close: async () => {} },
    given: () => undefined,
    close() {},
  })
  const [hung, next] = await results(
    '[{name: hung, turns: [{customer: refund ORD-1}, {customer: hello}]}, {name: next, turns: [{customer: refund}]}]',
    deskOf(shop, '{}', { business, patienceMs: 50 }),
  )
  expect(hung?.failures).toMatchObject([{ turn: 1, message: 'the turn did not come to rest within 0.05 s.' }])
  expect(hung?.turns).toEqual([])
  expect(next?.failures).toEqual([])
})

test('a circle without a wait ends with a person, not with the patience of the author', async () => {
  const circle = `copse: 1
procedure:
  id: circle
  triggers: [round]
  steps:
    - {id: a, action: inform, say: {en: round}, next_step: b}
    - {id: b, action: inform, say: {en: and round}, next_step: a}
`
  const [result] = await results('- {name: x, turns: [{customer: round, expect: {status: completed}}]}', deskOf(circle))
  expect(result?.failures).toMatchObject([{ message: 'the status: expected completed, got faulted' }])
})

test.each([
  [
    'too many turns',
    `- name: x\n  turns:\n${'    - {customer: hi}\n'.repeat(201)}`,
    'x.yaml:3:5 "turns": a scenario has at most 200 turns.',
  ],
  ['an unknown key', '- {name: x, turn: []}', 'x.yaml:1:3'],
  ['two things in one turn', '- {name: x, turns: [{customer: a, taps: b}]}', 'x.yaml:1:21'],
  ['a wait that is no time', '- {name: x, turns: [{waits: long}]}', 'x.yaml:1:29'],
  [
    'one scenario that is no list',
    'name: x\nturns: [{customer: hi}]',
    'x.yaml:1:1 A file of scenarios is a list. Write "- name: …" for each of them; with a `scene:`, below `scenarios:`.',
  ],
  [
    'a scene alone',
    'scene: {zone: UTC}',
    'x.yaml:1:1 "scenarios" is missing. Add "scenarios:", and below it "- name: …" for each.',
  ],
  ['a tab', '- name: x\n\tturns: []', 'x.yaml:2:'],
  [
    'a bomb of aliases',
    'a: &a [1,1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]',
    'x.yaml:1:1',
  ],
  ['a deep file', '['.repeat(5_000), 'x.yaml:1:'],
  ['a large file', `# ${'x'.repeat(5_000_000)}`, 'x.yaml:1:1'],
])('a file with %s is refused in words', (_, text, message) => {
  expect(() => readScenarios(text, 'x.yaml')).toThrow(message)
})
