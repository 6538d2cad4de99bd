import type { Field } from '@copse/contracts'
import { deed } from './deeds.ts'
import { decideBy, is } from './facts.ts'
import { ask, both, called, nudgeThenEnd, review, type B } from './words.ts'

/** What a company tells: how it is asked for, read back, weighed and filed. */
export const told: Record<'need' | 'company' | 'team_size' | 'email', Field> = {
  need: {
    key: 'need',
    ...called('what you are looking for', 'lo que busca'),
    type: 'text',
    description: 'What the company is looking for',
    examples: ['forty office chairs', 'headsets for a call centre'],
  },
  company: {
    key: 'company',
    ...called('company', 'empresa'),
    type: 'text',
    description: 'Name of the company',
    examples: ['Acme Ltd', 'Northwind'],
  },
  team_size: {
    key: 'team_size',
    ...called('number of people', 'número de personas'),
    type: 'integer',
    min: 1,
    max: 100_000,
    description: 'How many people it is for',
    examples: ['40', 'about 200 people'],
  },
  email: {
    key: 'email',
    ...called('e-mail address', 'dirección de correo'),
    type: 'email',
    description: 'Where the offer goes',
    examples: [],
  },
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
export const fileAs = <const N extends string>(
  b: B,
  name: N,
  title: string,
  asksForMail: string,
  gives: Record<string, string>,
) =>
  deed(b, name, title, 'create_lead', {
    silence: nudgeThenEnd,
    needs: { email: 'email', company: 'company', need: 'need' },
    asked: { ask_need: ['need'], ask_company: ['company'], [asksForMail]: ['email'] },
    gives,
  })

/** So many people cannot wait; fewer can. */
export const urgentFrom = <const N extends string>(b: B, name: N, title: string, people: number, because: string) =>
  decideBy(b, name, title, ['ask_mail_hot', because, is('team_size', '>=', people)])
