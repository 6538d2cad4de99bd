import type { Field } from '@copse/contracts'
import { ask, both, call, decide, missing, nudgeThenEnd, review, type B } from './words.ts'

/** What a company tells: how it is asked for, read back, weighed and filed. */
export const told: Record<'need' | 'company' | 'team_size' | 'email', Field> = {
  need: {
    key: 'need',
    title: 'what you are looking for',
    type: 'text',
    description: 'What the company is looking for',
    examples: ['forty office chairs', 'headsets for a call centre'],
  },
  company: {
    key: 'company',
    title: 'company',
    type: 'text',
    description: 'Name of the company',
    examples: ['Acme Ltd', 'Northwind'],
  },
  team_size: {
    key: 'team_size',
    title: 'number of people',
    type: 'integer',
    min: 1,
    max: 100_000,
    description: 'How many people it is for',
    examples: ['40', 'about 200 people'],
  },
  email: { key: 'email', title: 'e-mail address', type: 'email', description: 'Where the offer goes', examples: [] },
}
export type Told = keyof typeof told

const opening = [
  'offer for my company',
  'quote for my company',
  'talk to sales',
  'for our office',
  'business account',
  'bulk order',
  'oferta para mi empresa',
  'presupuesto para mi empresa',
  'hablar con ventas',
  'para nuestra oficina',
]

export const askFor = <const N extends string>(b: B, name: N, title: string, key: Told, en: string, es: string) =>
  b.do(name, ask, {
    step: name,
    title,
    silence: nudgeThenEnd,
    say: both(en, es),
    fields: [told[key]],
    required: [key],
    requiredAny: [],
    maxAttempts: 3,
    triggers: opening,
  })

export const readBack = <const N extends string>(b: B, name: N, title: string) =>
  b.do(name, review, {
    step: name,
    title,
    silence: nudgeThenEnd,
    fields: Object.values(told),
    leaves: true,
    maxAttempts: 3,
  })

/** What is filed comes from the customer, how urgent it is from the way that led here. */
export const fileAs = <const N extends string>(b: B, name: N, title: string, urgency: Record<string, string>) => {
  const needed = ['email', 'company', 'need']
  return b.if(
    name,
    { branches: [{ op: 'and', of: needed.map((field) => ({ op: 'exists', field })) }] },
    b.do('call:create_lead', call, {
      step: name,
      title,
      silence: nudgeThenEnd,
      operation: 'create_lead',
      arguments: [
        ...needed.map((source) => ({ param: source, source })),
        ...Object.entries(urgency).map(([param, value]) => ({ param, value })),
      ],
      saveMemory: false,
    }),
    b.do(null, missing, { step: name, title, fields: needed }),
  )
}

/** So many people cannot wait; fewer can. */
export const urgentFrom = <const N extends string>(b: B, name: N, title: string, people: number, because: string) =>
  b.do(name, decide, {
    step: name,
    title,
    branches: [
      { when: { op: 'compare', field: 'team_size', is: '>=', value: people }, exit: 'ask_mail_hot', title: because },
    ],
    otherwise: 'else',
  })
