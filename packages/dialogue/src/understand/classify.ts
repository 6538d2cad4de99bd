import type { JsonObject } from '@copse/contracts'
import type { Ctx } from '@copse/engine'
import { classifyOffline, classifyQuestion } from '@copse/llm'
import type { TurnScope } from '../turn-scope.ts'
import { askModel } from './ask-model.ts'

export interface Label {
  id: string
  description: string
  keywords?: string[]
}

/**
 * One of the labels, or undefined. Words and facts first, unless they are known not to help; one model call a turn where
 * they are silent.
 */
export async function classify(
  ctx: Ctx<TurnScope>,
  given: {
    text: string
    labels: Label[]
    facts: JsonObject
    instruction?: string
    byWords?: boolean
    /** Only a model may choose these: their words were looked for before. */
    beside?: Label[]
  },
): Promise<string | undefined> {
  const { text, facts, beside = [] } = given
  const byWords = given.byWords === false ? 'none' : classifyOffline({ text, labels: given.labels, facts })
  if (byWords !== 'none') return byWords
  const scope = ctx.services
  const labels = [...given.labels, ...beside]
  const answer = await askModel(
    ctx,
    'classify',
    { text, labels: labels.map((label) => label.id), facts },
    async (signal) => {
      const { label, usage } = await scope.model.classify({
        ...classifyQuestion({ ...given, labels }),
        text,
        labels,
        facts,
        purpose: 'classify',
        signal,
      })
      return { data: { label }, usage }
    },
  )
  // The answer of a model is checked against the author's list whatever the provider promised.
  return labels.find((label) => label.id === answer?.['label'])?.id
}
