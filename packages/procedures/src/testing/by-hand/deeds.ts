/** What is done outside, when a tree is built by hand: an operation, what it needs, and where its outcomes lead. */
import type { Json } from '@copse/contracts'
import { all, known } from './facts.ts'
import { call, confirm, missing, type B, type Silence, type Texts } from './words.ts'

interface Deed {
  /** Fields by the parameter that they are for: without them it is not done. */
  needs?: Record<string, string>
  /** Where several steps ask for what it needs: those steps, in order, and what each of them asks for. */
  asked?: Record<string, string[]>
  /** Told as well, if they are known. */
  takes?: Record<string, string>
  /** Told as they stand here. */
  gives?: Record<string, Json>
  /** The field that keeps what it finds. */
  keeps?: string
  say?: Texts
  silence?: Silence
  /** Whoever led here by a word instead of a tap is asked for a yes. */
  confirmed?: true
}

/** Does it, or says what is not known. */
export function deed<const N extends string>(
  b: B,
  name: N,
  title: string,
  operation: string,
  { needs = {}, asked, takes = {}, gives = {}, keeps, say, silence, confirmed }: Deed,
) {
  const speaking = { step: name, title }
  const needed = Object.values(needs)
  const doing = {
    ...speaking,
    ...(silence ? { silence } : {}),
    operation,
    arguments: [
      ...Object.entries({ ...needs, ...takes }).map(([param, source]) => ({ param, source })),
      ...Object.entries(gives).map(([param, value]) => ({ param, value })),
    ],
  }
  const done = b.do(`call:${operation}`, call, {
    ...doing,
    ...(say ? { say } : {}),
    ...(keeps === undefined ? {} : { resultKey: keeps }),
    saveMemory: false,
  })
  const agreed = b.sequence(
    `confirmed:${operation}`,
    b.do(null, confirm, { ...doing, entered: ['keyword', 'classification'], maxAttempts: 3 }),
    done,
  )
  const first = confirmed ? agreed : done
  const lacking = { ...speaking, fields: needed, ...(asked ? { askedBy: askersOf(asked) } : {}) }
  return needed.length === 0
    ? b.sequence(name, first)
    : b.if(name, { branches: [all(...needed.map(known))] }, first, b.do(null, missing, lacking))
}

const askersOf = (asked: Record<string, string[]>) =>
  Object.entries(asked).map(([step, fields], at) => ({
    step,
    fields,
    exit: at === 0 ? 'missing' : `missing_${at + 1}`,
  }))

/** The case is known from the beginning of every session. */
export const ofCase = { case_id: 'case_id' }

/** Where it leads to have looked something up. What is not known is a no, unless somebody asks for it. */
export const looked = <const Done extends string, const No extends string, const Silent extends string>(
  done: Done,
  no: No,
  silent: Silent,
) =>
  ({
    success: done,
    no,
    unavailable: silent,
    missing: no,
    missing_argument: no,
    failure: no,
    person: '$person',
  }) as const

/** Where it leads to have changed something: when nobody knows whether it was done, as if nobody had answered. */
export const did = <const Done extends string, const No extends string, const Silent extends string>(
  done: Done,
  no: No,
  silent: Silent,
) => ({ ...looked(done, no, silent), uncertain: silent }) as const

/** Of operations on what belongs to a customer. */
export const ofCustomer = { not_identified: '$unidentified' } as const

/** Of what is confirmed before: no answer to that is not the no of the business. */
export const agreedOr = <const Declined extends string>(declined: Declined) =>
  ({ declined, failure: '$handoff' }) as const
