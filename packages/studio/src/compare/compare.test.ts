import { expect, test } from 'vitest'
import { compileText } from '../compile-text.ts'
import { operations, shop } from '../testing/desk.ts'
import { compareVersions, type Version } from './compare.ts'

function version(text: string): Version {
  const { procedure, outline } = compileText({ file: 'shop.yaml', text }, operations)
  return { outline, ...(procedure ? { tree: procedure.tree } : {}) }
}

const compare = (after: string, before = shop) => compareVersions(version(before), version(after))
const textsOf = (after: string): string[] => compare(after).changes.map(({ text }) => text)

test('the same procedure has not changed, however it is laid out', () => {
  const laidOut = shop.replace(
    '{condition: order.days <= 30, next_step: pay}',
    'next_step: pay\n          condition: order.days <= 30',
  )
  expect(compare(laidOut)).toEqual({ changes: [], sessions: [] })
})

test('a number in a condition is told as a number', () => {
  expect(textsOf(shop.replace('<= 30', '<= 45'))).toEqual([
    'decide: conditions pay 30 -> 45: "order.days <= 45" instead of "order.days <= 30"',
  ])
})

test.each([
  ['a route', shop.replace('on_failure: ask', 'on_failure: offer'), 'look: on_failure leads to offer instead of ask'],
  [
    'an option',
    shop.replace('next_step: done}\n    - id: pay', 'next_step: handoff}\n    - id: pay'),
    'offer: options No leads to handoff instead of done',
  ],
  [
    'attempts',
    shop.replace('required_fields: [order_id]', 'required_fields: [order_id]\n      max_attempts: 5'),
    'ask: max_attempts now has 5',
  ],
  [
    'an operation',
    shop.replace('name: pay_back', 'name: find_order'),
    'pay: tools find_order name is find_order instead of pay_back',
  ],
  ['a text', shop.replace('Goodbye.', 'See you.'), 'done: say en is "See you." instead of "Goodbye."'],
  ['a trigger', shop.replace('[refund]', '[refund, money back]'), 'procedure: triggers now has "money back"'],
  ['silence', shop.replace('after: 10m', 'after: 20m'), 'ask: on_silence 20m after is 20m instead of 10m'],
])('a change of %s is one sentence', (_, after, sentence) => {
  expect(textsOf(after)).toEqual([sentence])
})

const withPhoto = shop
  .replace('version: "1"', 'version: "2"')
  .replace('order.days <= 30, next_step: pay', 'order.days <= 30, next_step: photo')
  .replace(
    '    - id: pay\n',
    '    - {id: photo, action: inform, say: {en: A photo would help.}, next_step: pay}\n    - id: pay\n',
  )

test('a new step is told with its place', () => {
  expect(textsOf(withPhoto)).toContain('new step photo (inform) between decide and pay')
})

test('what acts outside comes first, then routes, then steps, then words', () => {
  const after = withPhoto.replace('Goodbye.', 'See you.').replace('name: pay_back', 'name: find_order')
  const order = compare(after).changes.map(({ weight }) => weight)
  expect(order).toEqual(['effects', 'decisions', 'steps', 'words', 'notes'])
})

test('a step under another name is no new step, and what led to it leads to it still', () => {
  const renamed = shop.replaceAll('offer', 'too_late')
  expect(textsOf(renamed)).toEqual(['step offer is called too_late now'])
  expect(compare(renamed).sessions).toContain(
    'Those that wait at offer could only be moved with the rename shop/offer -> shop/too_late.',
  )
})

test('the first condition that holds wins, so their order is told', () => {
  const [one, two] = [
    '{condition: order.days <= 30, next_step: pay}',
    '{condition: order.vip == yes, next_step: offer}',
  ]
  const both = shop.replace('{condition: order.vip == yes, next_step: pay}', two)
  const swapped = both.replace(one, 'ONE').replace(two, one).replace('ONE', two)
  expect(compare(swapped, both).changes).toMatchObject([
    { weight: 'decisions', text: 'decide: conditions come in the order offer, pay instead of pay, offer' },
  ])
})

test('many words that are new or gone are one sentence each', () => {
  const before = shop.replace('[refund]', '[refund, return, send back]')
  const after = shop.replace('[refund]', '[refund, money back, devolver]')
  expect(compare(after, before).changes.map(({ text }) => text)).toEqual([
    'procedure: triggers now has "money back", devolver',
    'procedure: triggers no longer has return, "send back"',
  ])
})

const flow = `copse: 1
flow:
  id: menu
  initial_state: START
  global_transitions: [{on_payload: shop, target: SHOP}]
  states:
    SHOP: {on_enter: [{action: send_text, text: What would you like to have?}], fallback: START}
    START:
      on_enter: [{action: send_text, text: Hello and welcome.}]
      transitions: [{on_payload: buy, target: SHOP}]
      fallback: START
`

test('a state under another name is no new state, wherever it is named', () => {
  expect(compare(flow.replaceAll('SHOP', 'STORE'), flow).changes.map(({ text }) => text)).toEqual([
    'step SHOP is called STORE now',
  ])
  expect(compare(flow.replaceAll('START', 'BEGIN'), flow).changes.map(({ text }) => text)).toEqual([
    'step START is called BEGIN now',
  ])
})

test('a flow begins with its initial state, wherever that stands', () => {
  const after = flow.replace('initial_state: START', 'initial_state: SHOP')
  expect(compare(after, flow).changes.map(({ text }) => text)).toEqual([
    'the conversation begins with SHOP instead of START',
  ])
})

test('two procedures are told to be two, and no conversation goes on from one in the other', () => {
  expect(compare(shop.replace('id: shop', 'id: store'))).toEqual({
    changes: [{ weight: 'decisions', text: 'procedure: id is store instead of shop', line: 1 }],
    sessions: ['These are two procedures: no conversation of shop goes on in store.'],
  })
})

test('a field under another name is one sentence, wherever it is meant; what is only written alike is text', () => {
  const before = shop
    .replace('Which order?', 'Which order? An order_id looks like ORD-1.')
    .replace('Goodbye.', '"Order {{order_id}} is done."')
  const after = before
    .replace('key: order_id', 'key: number')
    .replace('required_fields: [order_id]', 'required_fields: [number]')
    .replaceAll('source: order_id', 'source: number')
    .replace('{{order_id}}', '{{number}}')
  expect(compare(after, before).changes).toMatchObject([
    { weight: 'decisions', text: 'field order_id is called number now' },
  ])
})

test('an alias of a field under another name is one sentence', () => {
  const before = shop
    .replace('  triggers:', '  fields: {age: order.days}\n  triggers:')
    .replace('condition: order.days <= 30', 'condition: age <= 30')
  const after = before.replace('{age:', '{days:').replace('condition: age', 'condition: days')
  expect(compare(after, before).changes.map(({ text }) => text)).toEqual(['field age is called days now'])
})

test('steps that change places are as few as explain the new order', () => {
  const [head, ...steps] = shop.split(/(?= {4}- id: )/)
  const [ask, look, decide, offer, ...rest] = steps
  const after = [head, ask, offer, look, decide, ...rest].join('')
  expect(textsOf(after)).toEqual(['step offer stands after ask in the file'])
})

test('it ends with what becomes of running conversations', () => {
  const without = shop
    .replace('else: offer', 'else: done')
    .replace(/ {4}- id: offer[^]*?(?= {4}- id: pay)/, '')
    .replace('version: "1"', 'version: "2"')
  expect(compare(without).sessions).toEqual([
    'Running conversations stay on version 1 until they end.',
    'Those that wait at offer could not be moved to the new version: these steps are gone.',
  ])
  expect(compare(shop.replace('It is too late', 'Too late')).sessions).toContain(
    'Those that wait at offer could be moved only if what they wait for is still the same there.',
  )
  expect(compare(shop.replace('Goodbye.', 'Bye.')).sessions).toContain(
    'Both call themselves version 1: give the new one a number of its own.',
  )
  const unnamed = shop.replace(/ *version: "1"\n/, '')
  expect(compare(unnamed.replace('Goodbye.', 'Bye.'), unnamed).sessions).toContain(
    'Running conversations stay on version 1 until they end.',
  )
})
