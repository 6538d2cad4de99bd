import { Fault, type Json, type JsonObject, type Usage } from '@copse/contracts'
import type Anthropic from '@anthropic-ai/sdk'
import { z } from 'zod'

/** All four counts: what was read from and written to the cache is paid, too. */
export function usageOf(message: Pick<Anthropic.Message, 'model' | 'usage'>, purpose: string): Usage {
  const { input_tokens, cache_creation_input_tokens, cache_read_input_tokens, output_tokens } = message.usage
  return {
    provider: 'anthropic',
    model: message.model,
    purpose,
    inputTokens: input_tokens + (cache_creation_input_tokens ?? 0) + (cache_read_input_tokens ?? 0),
    outputTokens: output_tokens,
  }
}

/** The text of a finished answer; a refused or cut one is a fault that still carries what it cost. */
export function textOf(message: Anthropic.Message, usage: Usage): string {
  checkFinished(message, usage)
  const text = message.content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('')
  if (text.trim() === '') throw new Fault('model_invalid', { detail: 'The answer is empty.', extra: { usage } })
  return text
}

export function checkFinished(message: Pick<Anthropic.Message, 'stop_reason' | 'stop_details'>, usage: Usage): void {
  const { stop_reason: reason, stop_details: details } = message
  if (reason === 'refusal') {
    throw new Fault('model_refused', {
      ...(details?.category ? { detail: `Category: ${details.category}.` } : {}),
      extra: { usage },
    })
  }
  if (reason === 'max_tokens' || reason === 'model_context_window_exceeded') {
    throw new Fault('model_truncated', { detail: `Stopped by ${reason}.`, extra: { usage } })
  }
}

/** The object that was asked for. Constrained output does not enforce everything a schema says, so it is checked here. */
export function objectOf(text: string, schema: JsonObject, usage: Usage): JsonObject {
  const value = parseJson(text)
  const checked = z.fromJSONSchema(schema).safeParse(value)
  if (!checked.success || !isObject(value)) {
    const where = checked.error?.issues.map((issue) => issue.path.join('.') || 'answer').join(', ')
    throw new Fault('model_invalid', { detail: `Does not fit: ${where ?? 'answer'}.`, extra: { usage } })
  }
  return value
}

/** Undefined for what is not JSON: the schema refuses it. */
function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

const isObject = (value: Json | undefined): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
