import type { LeafConfig } from '@copse/contracts'
import type { Offered } from './offered.ts'

type Transition = LeafConfig<'listen'>['transitions'][number]

/** A kind of message that the transitions of a state tell apart. */
export interface Message {
  type: NonNullable<Transition['types']>[number]
  /** The payload of a tap, or what it begins with. */
  payload?: string
  prefix?: string
  /** Where it can be tapped. `list`: here, where the list that is offered is not empty. */
  offered?: 'here' | 'list' | 'elsewhere' | 'nowhere'
  story: string
}

/** Every kind of message, once: words, taps of whatever is offered or listened for, and what else transitions ask for. */
export function messagesFor(
  { transitions }: LeafConfig<'listen'>,
  stage: string,
  offered: ReadonlyMap<string, readonly Offered[]>,
): Message[] {
  const here = offered.get(stage) ?? []
  const elsewhere = [...offered].flatMap(([other, all]) => (other === stage ? [] : all))
  const taps = new Map<string, Message>()
  const add = (message: Message): void => {
    const key = `${message.payload === undefined ? 'begins' : 'is'} ${message.payload ?? message.prefix}`
    if (!taps.has(key)) taps.set(key, message)
  }
  for (const one of here)
    for (const tap of tapsOf(one, transitions)) add(tapped(tap, one.isFound ? 'list' : 'here', one))
  for (const one of elsewhere)
    for (const tap of tapsOf(one, transitions))
      if (transitions.some((to) => isTap(to, tap))) add(tapped(tap, 'elsewhere'))
  const known = [...taps.values()]
  for (const transition of transitions) {
    const { payload, prefix } = transition
    if ((payload ?? prefix) === undefined || known.some((message) => isFor(transition, message))) continue
    add(tapped(payload === undefined ? { prefix: prefix! } : { payload }, 'nowhere'))
  }
  const others = new Set(transitions.flatMap(({ types = [] }) => types))
  const more = (['media', 'location', 'form'] as const).filter((type) => others.has(type))
  return [
    ...taps.values(),
    { type: 'text', story: 'customer writes something' },
    ...more.map((type) => ({
      type,
      story: `customer sends ${type === 'media' ? 'a picture or the like' : `a ${type}`}`,
    })),
  ]
}

/** Nothing that the customer sees leads to this message. Who was to choose from a list that is empty sees nothing. */
export const isUnseen = ({ offered }: Message, isListEmpty: boolean): boolean =>
  offered === 'nowhere' || (isListEmpty && (offered === 'list' || offered === 'elsewhere'))

export function isFor(transition: Transition, message: Message): boolean {
  const { types, always } = transition
  if (always || (types !== undefined && !types.includes(message.type))) return false
  if (message.type !== 'payload') return transition.payload === undefined && transition.prefix === undefined
  return isTap(transition, message)
}

type Tap = Pick<Message, 'payload' | 'prefix'>

const isTap = ({ payload, prefix, always }: Transition, tap: Tap): boolean =>
  !always &&
  (payload === undefined || tap.payload === payload) &&
  (prefix === undefined || (tap.payload ?? tap.prefix ?? '').startsWith(prefix))

/** What is only known in the conversation may be anything that the transitions listen for. */
function tapsOf({ id, isWhole }: Offered, transitions: readonly Transition[]): Tap[] {
  if (isWhole) return [{ payload: id }]
  const longer = transitions.flatMap(({ payload, prefix }): Tap[] => [
    ...(payload?.startsWith(id) ? [{ payload }] : []),
    ...(prefix?.startsWith(id) ? [{ prefix }] : []),
  ])
  return transitions.some(({ prefix }) => prefix !== undefined && id.startsWith(prefix)) || longer.length === 0
    ? [...longer, { prefix: id }]
    : longer
}

function tapped(tap: Tap, offered: NonNullable<Message['offered']>, one?: Offered): Message {
  const named = one && !one.isFound && one.title !== '' ? `"${one.title}"` : undefined
  const what = tap.payload === undefined ? `${tap.prefix ?? ''}…` : tap.payload
  const stories = {
    here: `customer chooses ${named ?? what}`,
    list: 'customer chooses one of the list',
    elsewhere: `customer taps ${what} of an earlier message`,
    nowhere: `customer taps ${what}, which nothing offers`,
  }
  return { type: 'payload', ...tap, offered, story: stories[offered] }
}
