import type { ChannelLimits, InboundEvent, TurnResult } from '@copse/contracts'
import { phrase } from './phrases.ts'
import { render } from './say/render.ts'

/**
 * The customer asked to hear nothing more: that is confirmed, and it answers no question, so the session stays where it
 * was. Nothing else is sent to them from then on.
 */
export function confirmOptingOut(
  { consent, text }: InboundEvent,
  language: string,
  limits: ChannelLimits,
): TurnResult | undefined {
  if (consent !== 'out') return undefined
  const reply = phrase('opted_out', language)
  return {
    messages: render(reply, [], limits),
    trace: [
      { kind: 'message', text: text ?? '' },
      { kind: 'consent', consent },
      { kind: 'reply', text: reply },
    ],
    handoffs: [],
    usage: [],
  }
}
