import type { BegunTurn, InboundEvent, TurnResult } from '@copse/contracts'

const own: readonly InboundEvent['kind'][] = ['timer', 'job', 'approval']

/**
 * A person has the conversation: what the customer says is kept for them, and no tree runs on it. What comes from
 * ourselves goes on, since an approved payment is not forgotten for it; what it would say is dropped.
 */
export function heldForPerson({ owner, events }: BegunTurn): TurnResult | undefined {
  if (owner !== 'human' || events.some(({ kind }) => own.includes(kind))) return undefined
  const trace = [{ kind: 'held', owner, messages: events.length }]
  return { messages: [], trace, handoffs: [], usage: [] }
}
