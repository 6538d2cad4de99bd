import type { EffectOutcome } from '@copse/contracts'
import type { Phrase } from '../phrases.ts'
import type { TurnScope } from '../turn-scope.ts'
import { isQuestion } from './globals.ts'

type Perform = (key: string, signal: AbortSignal) => Promise<EffectOutcome>

/** What the tenant's text says, or the line that is said instead. */
export type Answered = { text: string } | { line: Phrase }

/** Asks once a turn, journaled like any effect. Undefined: it is no question, unless `whatever` is asked, or nothing is written down. */
export async function askKnowledge(
  { knowledge, language, usage, asked }: TurnScope,
  text: string,
  effect: (args: { text: string; language: string }, perform: Perform) => Promise<EffectOutcome>,
  whatever = false,
): Promise<Answered | undefined> {
  if (!knowledge || !(whatever || isQuestion(text)) || asked.has('knowledge')) return undefined
  asked.add('knowledge')
  const outcome = await effect({ text, language }, async (_, signal) => {
    const answered = await knowledge.answer({ text, language, signal })
    if (answered.usage) usage.push(answered.usage)
    return 'nothing' in answered
      ? { status: 'no', code: answered.nothing, reason: 'No answer is written down.' }
      : { status: 'ok', data: { text: answered.text } }
  })
  const answer = outcome.status === 'ok' ? outcome.data['text'] : undefined
  if (typeof answer === 'string' && answer.trim() !== '') return { text: answer }
  const code = outcome.status === 'no' ? outcome.code : ''
  return { line: code === 'quota' || code === 'out_of_scope' ? `answer_${code}` : 'answer_unavailable' }
}
