import { digest, type ChannelLimits, type JsonObject, type Turn, type TurnResult } from '@copse/contracts'
import { whenClosed } from './closed.ts'
import { phrase } from './phrases.ts'
import type { Route } from './routing.ts'
import { render } from './say/render.ts'
import type { TurnScope } from './turn-scope.ts'
import { askKnowledge } from './understand/ask-knowledge.ts'

/** Messages in a row that no procedure takes although the menu was shown: then a person takes over. */
const maxMisses = 3

/**
 * No procedure took the message: what the tenant's text says, a menu, a question which one, or a person. Never an
 * invented answer.
 */
export async function unrouted(
  turn: Turn,
  chosen: Exclude<Route, { kind: 'procedure' }>,
  scope: TurnScope,
  limits: ChannelLimits,
  before: JsonObject[],
): Promise<TurnResult> {
  const { data } = turn.conversation
  const answered = chosen.kind === 'none' ? await answerFromText(turn, scope) : undefined
  const decided = answered && {
    kind: 'decision',
    about: 'question',
    chosen: 'text' in answered ? 'answered' : answered.line,
  }
  const trace = [...before, decided ?? []].flat()
  if (answered && 'text' in answered) {
    const { text } = answered
    return {
      messages: render(text, [], limits),
      trace: [...trace, { kind: 'reply', text }],
      handoffs: [],
      usage: scope.usage,
    }
  }
  const misses = chosen.kind === 'none' && Array.isArray(data['offered']) ? Number(data['misses'] ?? 0) + 1 : 0
  const toPerson = chosen.kind === 'person' || misses >= maxMisses
  const offered = toPerson ? [] : chosen.options
  const words = toPerson ? 'handoff' : chosen.kind === 'ambiguous' ? 'which' : misses > 0 ? 'unclear' : 'menu'
  const note = toPerson ? whenClosed(scope) : undefined
  const line = answered && phrase(answered.line, scope.language)
  const text = [line ?? [], phrase(words, scope.language), note ?? []].flat().join(' ')
  const handoff = {
    id: digest(['handoff', turn.id]).slice(0, 32),
    reason: misses > 0 ? 'Nothing that is offered fits.' : 'The customer asked for a person.',
    summary: scope.input?.text ?? '',
    data: {},
  }
  return {
    conversation: offered.length > 0 ? { offered: offered as unknown as JsonObject[], misses } : {},
    messages: render(text, offered, limits),
    trace: [...trace, { kind: 'reply', text }],
    handoffs: toPerson ? [handoff] : [],
    usage: scope.usage,
  }
}

const answerFromText = (turn: Turn, scope: TurnScope): ReturnType<typeof askKnowledge> =>
  askKnowledge(scope, scope.input?.text ?? '', (args, perform) =>
    turn.journal.effect(
      { key: digest(['knowledge', turn.id]), node: 'route', visit: 0, name: 'knowledge', args, policy: 'read' },
      perform,
    ),
  )
