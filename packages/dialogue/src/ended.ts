import type { ChannelLimits, StoredSession, TurnResult } from '@copse/contracts'
import { phrase } from './phrases.ts'
import { render } from './say/render.ts'
import type { TurnScope } from './turn-scope.ts'

/** A message for a session that has ended changes nothing; it is answered so. */
export function answerEnded(session: StoredSession, scope: TurnScope, limits: ChannelLimits): TurnResult {
  const { id, procedure, intent, step, status, outcome, snapshot } = session
  const text = phrase(status === 'completed' ? 'ended' : 'ended_with_person', scope.language)
  return {
    session: { id, procedure, intent, step, status, snapshot, ...(outcome === undefined ? {} : { outcome }) },
    messages: render(text, [], limits),
    trace: [{ kind: 'reply', text }],
    handoffs: [],
    usage: [],
  }
}
