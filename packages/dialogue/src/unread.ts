import type { ChannelLimits, InboundEvent, Json, StoredSession, Turn, TurnResult } from '@copse/contracts'
import type { Snapshot } from '@copse/engine'
import { phrase } from './phrases.ts'
import { render } from './say/render.ts'
import type { TurnScope } from './turn-scope.ts'

const unreadKinds: ReadonlySet<InboundEvent['kind']> = new Set(['media', 'location', 'form', 'unsupported'])

/** A customer who sends ten pictures is told once. */
const toldForMs = 10 * 60_000

/** Kinds of message beside words that somebody in the session waits for. */
export function awaitedBy({ snapshot }: StoredSession): string[] {
  const waits = (snapshot as Partial<Snapshot> | null)?.waits ?? []
  return waits.flatMap(({ wait }) => listIn(wait.data)).filter((kind) => unreadKinds.has(kind as InboundEvent['kind']))
}

function listIn(data: Json | undefined): string[] {
  const hears = data !== null && typeof data === 'object' && !Array.isArray(data) ? data['hears'] : undefined
  return Array.isArray(hears) ? hears.map(String) : []
}

/**
 * A file, a place, a form: nobody waits for one. The customer is told, and the session stays as it was: a
 * sticker is no answer, and must not use up a try. Undefined: the event can be read.
 */
export function leaveUnread(
  turn: Turn,
  event: InboundEvent,
  { input, language }: TurnScope,
  limits: ChannelLimits,
): TurnResult | undefined {
  if (input !== undefined || !unreadKinds.has(event.kind)) return undefined
  const told = Number(turn.conversation.data['unreadAt'] ?? Number.NEGATIVE_INFINITY)
  const text = turn.now - told < toldForMs ? '' : phrase('unreadable', language)
  return {
    ...(text === '' ? {} : { conversation: { ...turn.conversation.data, unreadAt: turn.now } }),
    messages: render(text, [], limits),
    trace: [
      { kind: 'unread', what: event.media?.type ?? event.kind },
      { kind: 'reply', text },
    ],
    handoffs: [],
    usage: [],
  }
}
