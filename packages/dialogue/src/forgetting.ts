import { digest, type ChannelLimits, type JsonObject, type Turn, type TurnResult } from '@copse/contracts'
import { answerIn } from './leaves/yes-no.ts'
import { phrase } from './phrases.ts'
import { render } from './say/render.ts'
import type { Told, TurnScope } from './turn-scope.ts'

/** What the conversation remembers while the customer is asked whether they mean it. */
const asks = 'forget'

/** The customer was asked. */
export function askToForget(
  { conversation }: Turn,
  { global }: TurnScope,
  result: TurnResult,
): Pick<TurnResult, 'conversation'> {
  const before = result.conversation ?? conversation.data
  if (global?.what === 'forget') return { conversation: { ...before, asks } }
  // Whoever says something else has not said yes.
  return before['asks'] === asks ? { conversation: without(before) } : {}
}

/**
 * The answer to that question. Nothing is deleted by a word: a person is told, who checks who is asking. The session
 * waits on, and its question is put again. Undefined: it was not asked, or something else was said.
 */
export function answerToForget(
  turn: Turn,
  scope: TurnScope,
  told: Told | undefined,
  limits: ChannelLimits,
): TurnResult | undefined {
  const { data } = turn.conversation
  const { input, language, customerId, contact } = scope
  if (data['asks'] !== asks || !input) return undefined
  const answer = answerIn(input, language)
  if (answer === undefined) return undefined
  const words = phrase(answer === 'yes' ? 'forget_passed' : 'forget_not', language)
  const text = [words, ...(told ? [told.text] : [])].join('\n\n')
  const handoff = {
    id: digest(['forget', turn.id]).slice(0, 32),
    reason: 'privacy',
    summary: 'The customer asks for their data to be deleted. Check who is asking, then have the contact forgotten.',
    data: { contact_id: contact.id, ...(customerId === undefined ? {} : { customer_id: customerId }) },
  }
  return {
    conversation: without(data),
    messages: render(text, told?.options ?? [], limits),
    trace: [
      { kind: 'message', text: input.text, ...(input.payload === undefined ? {} : { payload: input.payload }) },
      { kind: 'decision', about: 'forget', chosen: answer, why: { reply: input.text || (input.payload ?? '') } },
      { kind: 'reply', text },
    ],
    handoffs: answer === 'yes' ? [handoff] : [],
    usage: [],
  }
}

const without = (data: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(data).filter(([key]) => key !== 'asks'))
