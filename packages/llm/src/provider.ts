import type { Field, Json, JsonObject, Usage } from '@copse/contracts'
import type { DraftTask } from './drafts/task.ts'
import type { Passage } from './passages/cut.ts'

/**
 * One question to a model. `system` and `prompt` are for providers that read prose; `task` says the same as data, for
 * those that do not (offline, scripted). Nothing a model answers chooses a route except through `classify`.
 */
export interface Question {
  system: string
  prompt: string
  /** What the answer is for, in usage rows and traces: `extract`, `write`, `route` … */
  purpose: string
  maxTokens?: number
  /** `system` is long and the same for the next question: a provider that can keep it, may. */
  keepsSystem?: boolean
  signal: AbortSignal
}

/** Fields to find in a message. `asked`: the fields that our last message asked for. */
export interface ExtractTask {
  message: string
  fields: Field[]
  asked: string[]
  /** Fields the procedure cannot do without; not given: the opening message may fill any free-text field. */
  required?: string[]
  /** True for the message that opened the session. */
  opening: boolean
  /** Phrases that opened the procedure: not an answer. */
  triggers: string[]
  /** Date for "yesterday" and the like, ISO, local to the tenant. */
  today: string
  /** Says whether the day or the month comes first in 3/4. */
  language?: string
}

/** A question to answer out of these passages, which are numbered from 1, and out of nothing else. */
export interface AnswerTask {
  question: string
  language: string
  passages: Passage[]
}

/** A text to write: one message made of the parts, in order. */
export interface WriteTask {
  language: string
  parts: WritePart[]
  /** Collected data, as data. */
  facts: JsonObject
}

export interface WritePart {
  /** What happened, e.g. `collect`, `call`, `inform`, `end`, `handoff`, `unavailable`. */
  action: string
  title: string
  instruction?: string
  /** Literal text that must appear as it is. */
  text?: string
  outcome?: 'ok' | 'no' | 'unavailable' | 'uncertain' | 'repeated'
  /** Titles of the fields asked for: all of these, */
  asks?: string[]
  /** and of each of these groups any one. */
  asksAny?: string[][]
  options?: string[]
}

export interface CompleteRequest extends Question {
  task: WriteTask
}
export interface JsonRequest extends Question {
  /** JSON Schema of the answer, an object. */
  schema: JsonObject
  task: ExtractTask | AnswerTask | DraftTask
}
export interface ClassifyRequest extends Question {
  text: string
  labels: { id: string; description: string; keywords?: string[] }[]
  /** Facts from tools and collected fields, as data. */
  facts: JsonObject
}

export interface Completion {
  text: string
  usage: Usage
}
export interface JsonCompletion {
  value: JsonObject
  usage: Usage
}
export interface Classification {
  /** One of the labels' ids, or `none`. */
  label: string
  usage: Usage
}

/**
 * Throws only Faults `model_unavailable`, `model_refused`, `model_truncated`, `model_invalid`, each with
 * `extra.usage` when tokens were spent. No retries inside.
 */
export interface LlmProvider {
  readonly name: string
  readonly model: string
  readonly capabilities: { json: 'schema' | 'prompt' | 'task'; stream: boolean }
  complete(request: CompleteRequest): Promise<Completion>
  completeJson(request: JsonRequest): Promise<JsonCompletion>
  classify(request: ClassifyRequest): Promise<Classification>
  stream(request: CompleteRequest): AsyncIterable<string>
}

export type { Json }
