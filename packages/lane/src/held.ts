import type { BegunTurn, InboundEvent, TurnResult } from '@copse/contracts'
import { nothing } from './standing.ts'

/** Its timer was called off before the turn began: it comes to nothing, as if it had not come due. */
export const calledOff = ({ lapsed }: BegunTurn): TurnResult | undefined =>
  lapsed
    ? nothing([{ kind: 'unchanged', why: 'the timer was cancelled, or set to another time, before its turn came' }])
    : undefined

const own: readonly InboundEvent['kind'][] = ['timer', 'job', 'approval']

/**
 * A person has the conversation: what the customer says is kept for them, and no tree runs on it. What comes from
 * ourselves goes on, since an approved payment is not forgotten for it; what it would say is dropped.
 */
export function heldForPerson({ owner, events }: BegunTurn): TurnResult | undefined {
  if (owner !== 'human' || events.some(({ kind }) => own.includes(kind))) return undefined
  return nothing([{ kind: 'held', owner, messages: events.length }])
}
