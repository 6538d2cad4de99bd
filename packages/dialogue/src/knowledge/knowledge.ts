import { Fault, type Json, type Knowledge, type KnowledgeAnswer, type Meter, type Usage } from '@copse/contracts'
import { answerQuestion, cutPassages, indexPassages, type AnswerTask, type LlmProvider, type Passage } from '@copse/llm'
import { isGrounded } from './grounded.ts'
import type { Quota } from './quota.ts'

interface Given {
  /** The tenant's text, markdown or plain. */
  document: string
  model: LlmProvider
  quota: Quota
  meter: Meter
}

/** Of passages: a text that is no longer is shown whole, of a longer one the best are. */
const maxShownChars = 24_000
const maxQuestionChars = 1_000
const maxAnswerTokens = 400
/** A token is rarely less than this, whatever the language. */
const bytesPerToken = 2

/** Answers from the document alone. Undefined: nothing is written in it. */
export function createKnowledge({ document, model, quota, meter }: Given): Knowledge | undefined {
  const index = indexPassages(cutPassages(document))
  const isShort = document.length <= maxShownChars
  if (index.passages.length === 0) return undefined

  async function answer({ text, language, signal }: Parameters<Knowledge['answer']>[0]): Promise<Told> {
    const question = text.slice(0, maxQuestionChars).toWellFormed()
    const passages = isShort ? [...index.passages] : fitting(index.find(question).map(({ passage }) => passage))
    if (passages.length === 0) return { nothing: 'out_of_scope' }
    const task: AnswerTask = { question, language, passages }
    const asked = answerQuestion(task)
    const settle = await quota.reserve(mostTokens(asked.system + asked.prompt, model))
    if (!settle) return { nothing: 'quota' }
    let usage: Usage | undefined
    try {
      const done = await model.completeJson({
        ...asked,
        task,
        purpose: 'answer',
        maxTokens: maxAnswerTokens,
        ...(isShort ? { keepsSystem: true } : {}),
        signal,
      })
      ;({ usage } = done)
      return { ...read(done.value, task), usage }
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      usage = error.extra['usage'] as Usage | undefined
      return { nothing: 'unavailable', ...(usage ? { usage } : {}) }
    } finally {
      settle(usage ? usage.inputTokens + usage.outputTokens : 0)
    }
  }

  return {
    async answer(question) {
      const told = await answer(question)
      meter.count('knowledge_answers_total', 1, { outcome: outcomeOf(told) })
      return told
    },
  }
}

type Told = KnowledgeAnswer & { ungrounded?: true }

const outcomeOf = (told: Told): string => ('text' in told ? 'answered' : told.ungrounded ? 'ungrounded' : told.nothing)

/** What a model says is an answer only where it names passages that it was given, and adds no number or address to them. */
function read(value: Record<string, Json>, { passages }: AnswerTask): Told {
  const { answer, passages: named } = value
  const text = typeof answer === 'string' ? answer.trim() : ''
  if (text === '') return { nothing: 'out_of_scope' }
  const from = (Array.isArray(named) ? named : []).map((at) => passages[Number(at) - 1])
  if (from.length === 0 || !from.every(isKnown) || !isGrounded(text, from))
    return { nothing: 'out_of_scope', ungrounded: true }
  return { text }
}

const isKnown = (passage: Passage | undefined): passage is Passage => passage !== undefined

/** As many as may be shown, in their order. */
function fitting(passages: readonly Passage[]): Passage[] {
  let left = maxShownChars
  return passages.filter(({ headings, text }) => (left -= headings.join().length + text.length) >= 0)
}

/** Rules cost nothing. */
const mostTokens = (prompt: string, { capabilities }: LlmProvider): number =>
  capabilities.json === 'task' ? 0 : Math.ceil(Buffer.byteLength(prompt) / bytesPerToken) + maxAnswerTokens
