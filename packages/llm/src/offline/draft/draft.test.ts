import { operationManifest } from '@copse/contracts'
import { expect, test } from 'vitest'
import type { DraftTask } from '../../drafts/task.ts'
import { draftOffline } from './draft.ts'

const operations = [
  operationManifest.parse({
    name: 'lookup_account',
    effect: 'read',
    params: { id: { type: 'string', required: true, description: 'Employee ID, e.g. E-77.' } },
  }),
  operationManifest.parse({ name: 'unlock_account', effect: 'idempotent' }),
]

const draft = (texts: string[], given: Partial<DraftTask> = {}) =>
  draftOffline({
    language: 'en',
    title: '',
    operations,
    ...given,
    sentences: texts.map((text) => ({ text, part: text.endsWith(':') ? 'lead' : 'text' })),
  })
const actionsOf = (texts: string[], given?: Partial<DraftTask>) => draft(texts, given).steps.map(({ action }) => action)
const fieldsOf = (text: string, language = 'en') =>
  draft([text], { language }).steps.flatMap((step) =>
    step.action === 'collect_info' ? step.extract_fields.map(({ key, type }) => `${key}:${type}`) : [],
  )

test.each([
  [
    'Ask for their employee ID and the email address associated with it.',
    ['employee_id:string', 'email_address:email'],
  ],
  [
    "Ask the customer to provide the order number, the purchase date, and the customer's phone number.",
    ['order_number:string', 'purchase_date:date', 'phone_number:phone'],
  ],
  ['Collect the reason before you go on.', ['reason:text']],
  ['Ask for the customer ID.', ['given_customer_id:string']],
  ['Ask for some more words about everything here.', []],
])('%s', (text, fields) => {
  expect(fieldsOf(text)).toEqual(fields)
})

test('Spanish is read in Spanish', () => {
  const { steps } = draft(
    ['Pida al cliente su número de pedido y su correo electrónico.', 'Informe al cliente de que tarda un día.'],
    { language: 'es' },
  )
  expect(steps.map(({ action, say }) => [action, say])).toEqual([
    ['collect_info', '¿Podría darme su número de pedido y su correo electrónico?'],
    ['inform', 'Tarda un día.'],
    ['end', ''],
  ])
})

test('an operation that only looks is called with what was asked for, whose form its manifest tells', () => {
  const [ask, call] = draft(['Ask for the employee ID.', 'Look up the account.']).steps
  expect(ask).toMatchObject({
    extract_fields: [{ key: 'employee_id', examples: ['E-77'] }],
    next_step: 'call_lookup_account',
  })
  expect(call).toMatchObject({
    tools: [{ name: 'lookup_account', arg_mappings: [{ param: 'id', source: 'employee_id' }] }],
  })
})

test.each([
  ['something that changes the world', ['Unlock the account.', 'Tell the customer that it is unlocked.']],
  ['a case', ['If the account is locked, wait.', 'Tell the customer that it is unlocked.']],
  ['an operation whose argument nobody asked for', ['Look up the account.', 'Tell the customer that it is unlocked.']],
  ['anything that is not understood', ['Frobnicate the account.', 'Tell the customer that it is unlocked.']],
])('after %s nothing is claimed: a person has the case', (_, texts) => {
  expect(actionsOf(texts)).toEqual(['handoff'])
})

test('a statement and a greeting keep nothing from going on', () => {
  expect(actionsOf(['Greet the customer.', 'Both are required.', 'Ask for the employee ID.'])).toEqual([
    'collect_info',
    'end',
  ])
  expect(actionsOf(['The agent must reset the account.', 'Ask for the employee ID.'])).toEqual(['handoff'])
})

test.each([
  ['Password Reset Procedure for IT Help Desk', 'password reset'],
  ['How to Handle Late Orders', 'handle late orders'],
  ['Standard Operating Procedure: Refunds', 'refunds'],
])('"%s" is started by "%s"', (title, trigger) => {
  expect(draft([], { title }).triggers).toEqual([trigger])
})
