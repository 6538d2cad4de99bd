import { Fault, type FaultCode, type Usage } from '@copse/contracts'
import { z } from 'zod'
import type { ClassifyRequest, CompleteRequest, JsonRequest, LlmProvider, Question } from './provider.ts'

const modelFaults = [
  'model_unavailable',
  'model_refused',
  'model_truncated',
  'model_invalid',
] as const satisfies FaultCode[]
const purpose = z.string().optional()

/** One answer. With `purpose` it waits for a question of that purpose; without, it answers whatever comes next. */
const scriptedReply = z.union([
  z.strictObject({ purpose, text: z.string() }),
  z.strictObject({ purpose, json: z.record(z.string(), z.json()) }),
  z.strictObject({ purpose, label: z.string() }),
  z.strictObject({ purpose, fault: z.enum(modelFaults) }),
])
export type ScriptedReply = z.infer<typeof scriptedReply>

export type RecordedRequest =
  | ({ kind: 'text' } & CompleteRequest)
  | ({ kind: 'json' } & JsonRequest)
  | ({ kind: 'label' } & ClassifyRequest)

export interface ScriptedProvider extends LlmProvider {
  /** Every question asked, in order. */
  readonly requests: RecordedRequest[]
  /** Replies that nobody has asked for yet. */
  readonly left: ScriptedReply[]
}

/** A mistake in the script, not a model that fails: no caller may take it for one and carry on. */
export class ScriptError extends Error {
  override readonly name = 'ScriptError'
}

/** For tests: replies given in order, every question recorded; a missing or unfitting reply is an error. */
export function createScriptedProvider(script: readonly unknown[]): ScriptedProvider {
  const left = script.map(parseReply)
  const requests: RecordedRequest[] = []

  function answer(request: RecordedRequest): ScriptedReply {
    requests.push(request)
    const which = `question ${requests.length} (${request.kind}, purpose "${request.purpose}")`
    const index = left.findIndex((reply) => reply.purpose === undefined || reply.purpose === request.purpose)
    const [reply] = index < 0 ? [] : left.splice(index, 1)
    if (!reply) throw new ScriptError(`The script has no reply left for ${which}.`)
    if ('fault' in reply) throw new Fault(reply.fault, { detail: 'Scripted.', extra: { usage: usageOf(request) } })
    if (!(request.kind in reply)) {
      throw new ScriptError(`The next reply is no answer to ${which}: ${JSON.stringify(reply)}.`)
    }
    return reply
  }

  const text = (request: CompleteRequest): string => {
    const reply = answer({ kind: 'text', ...request })
    return 'text' in reply ? reply.text : ''
  }

  return {
    name: 'scripted',
    model: 'script',
    capabilities: { json: 'schema', stream: true },
    requests,
    left,
    complete: async (request) => ({ text: text(request), usage: usageOf(request) }),
    async completeJson(request) {
      const reply = answer({ kind: 'json', ...request })
      return { value: 'json' in reply ? reply.json : {}, usage: usageOf(request) }
    },
    async classify(request) {
      const reply = answer({ kind: 'label', ...request })
      const label = 'label' in reply ? reply.label : 'none'
      if (label !== 'none' && !request.labels.some((one) => one.id === label)) {
        throw new ScriptError(
          `The scripted label "${label}" is not among ${request.labels.map((one) => one.id).join(', ')}.`,
        )
      }
      return { label, usage: usageOf(request) }
    },
    async *stream(request) {
      yield* text(request).split(/(?<= )/)
    },
  }
}

function parseReply(reply: unknown, index: number): ScriptedReply {
  const parsed = scriptedReply.safeParse(reply)
  if (parsed.success) return parsed.data
  throw new Fault('config_invalid', {
    detail: `Scripted reply ${index + 1} must be one of {text}, {json}, {label}, {fault}, each with an optional purpose.`,
  })
}

/** Ten tokens a question, so that metering has something to count. */
const usageOf = ({ purpose }: Pick<Question, 'purpose'>): Usage => ({
  provider: 'scripted',
  model: 'script',
  purpose,
  inputTokens: 8,
  outputTokens: 2,
})
