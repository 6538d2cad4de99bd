/** What decides without a word, when a tree is built by hand: facts, and the leaf that looks at them in order. */
import type { Json } from '@copse/contracts'
import { decide, type B } from './words.ts'

export const known = (field: string): Json => ({ op: 'exists', field })
export const is = (field: string, is: '==' | '<' | '<=' | '>' | '>=', value: string | number): Json => ({
  op: 'compare',
  field,
  is,
  value,
})
export const isOneOf = (field: string, ...values: string[]): Json => ({ op: 'in', field, values })
export const all = (...of: Json[]): Json => (of.length === 1 ? of[0]! : { op: 'and', of })
export const any = (...of: Json[]): Json => ({ op: 'or', of })
export const speaksOf = (field: string, ...words: string[]): Json =>
  any(...words.map((value) => ({ op: 'contains', field, value })))

/** A fact that decides: where it leads, why in words, and what has to hold. */
export type Fact = [exit: string, because: string, when: Json]
export const branches = (facts: Fact[]) => facts.map(([exit, title, when]) => ({ exit, title, when }))

/** The first of them that holds decides. */
export const decideBy = <const N extends string>(b: B, name: N, title: string, ...facts: Fact[]) =>
  b.do(name, decide, { step: name, title, branches: branches(facts), otherwise: 'else' })

/** Where it goes on when none holds. */
export const otherwise = <const To extends string>(to: To) => ({ else: to, failure: to }) as const
