import type { JsonObject } from '@copse/contracts'
import type { AnswerTask } from '../provider.ts'
import { asData, dataRule } from './data.ts'

/** Asks a model to answer from the passages. They stand in `system`, so that it is the same for the next question. */
export function answerQuestion({ question, language, passages }: AnswerTask): {
  system: string
  prompt: string
  schema: JsonObject
} {
  const system = [
    'You answer a question of a customer of a business, from the numbered passages that the business has written.',
    dataRule,
    'Use only what the passages say. Where they do not answer the question, `answer` is null and `passages` is empty:',
    'never complete, guess or infer. You can do nothing but answer: promise nothing, offer nothing, ask nothing.',
    'Write numbers, prices, times, addresses and links exactly as the passages do. Be brief: one to three sentences.',
    '`passages` lists the numbers of the passages that your answer is from.',
    asData(
      'passages',
      passages.map(({ headings, text }, at) => `[${at + 1}] ${headings.join(' – ')}\n${text}`).join('\n\n'),
    ),
  ].join('\n')
  const prompt = [`Answer in the language "${language}".`, asData('message', question)].join('\n\n')
  return { system, prompt, schema }
}

const schema: JsonObject = {
  type: 'object',
  properties: {
    answer: { anyOf: [{ type: 'string' }, { type: 'null' }] },
    passages: { type: 'array', items: { type: 'integer' } },
  },
  required: ['answer', 'passages'],
  additionalProperties: false,
}
