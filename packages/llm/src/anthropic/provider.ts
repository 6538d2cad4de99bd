import type { JsonObject } from '@copse/contracts'
import type Anthropic from '@anthropic-ai/sdk'
import type { CompleteRequest, LlmProvider, Question } from '../provider.ts'
import { checkFinished, objectOf, textOf, usageOf } from './answer.ts'
import { createClient, type AnthropicOptions } from './client.ts'
import { failureOf } from './failure.ts'

const defaultModel = 'claude-haiku-4-5'
const maxTokens = { text: 600, json: 800, label: 100 }

/** The Messages API. No sampling parameters, ever: it refuses them. */
export function createAnthropicProvider(options: AnthropicOptions): LlmProvider {
  const model = options.model ?? defaultModel
  const connect = createClient(options)

  const body = (question: Question, limit: number) => ({
    model,
    max_tokens: question.maxTokens ?? limit,
    system: question.keepsSystem
      ? [{ type: 'text' as const, text: question.system, cache_control: { type: 'ephemeral' as const } }]
      : question.system,
    messages: [{ role: 'user' as const, content: question.prompt }],
  })

  async function ask(question: Question, limit: number, schema?: JsonObject): Promise<Anthropic.Message> {
    try {
      const client = await connect()
      const format = schema && { output_config: { format: { type: 'json_schema' as const, schema } } }
      return await client.messages.create({ ...body(question, limit), ...format }, { signal: question.signal })
    } catch (error) {
      throw failureOf(error)
    }
  }

  async function askJson(question: Question, limit: number, schema: JsonObject) {
    const message = await ask(question, limit, schema)
    const usage = usageOf(message, question.purpose)
    return { value: objectOf(textOf(message, usage), schema, usage), usage }
  }

  return {
    name: 'anthropic',
    model,
    capabilities: { json: 'schema', stream: true },
    async complete(request) {
      const message = await ask(request, maxTokens.text)
      const usage = usageOf(message, request.purpose)
      return { text: textOf(message, usage).trim(), usage }
    },
    completeJson: (request) => askJson(request, maxTokens.json, request.schema),
    async classify(request) {
      const { value, usage } = await askJson(request, maxTokens.label, labelSchema(request.labels.map((one) => one.id)))
      // the schema allows strings only
      return { label: value['label'] as string, usage }
    },
    stream: (request) => streamText(connect, body(request, maxTokens.text), request),
  }
}

/** One field only: a reason before it would cost time, and nothing reads one. */
const labelSchema = (ids: string[]): JsonObject => ({
  type: 'object',
  properties: { label: { type: 'string', enum: [...new Set([...ids, 'none'])] } },
  required: ['label'],
  additionalProperties: false,
})

async function* streamText(
  connect: () => Promise<Anthropic>,
  body: Anthropic.MessageCreateParamsNonStreaming,
  { purpose, signal }: CompleteRequest,
): AsyncIterable<string> {
  try {
    const client = await connect()
    const events = client.messages.stream(body, { signal })
    for await (const event of events) {
      if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') yield event.delta.text
    }
    const message = await events.finalMessage()
    checkFinished(message, usageOf(message, purpose))
  } catch (error) {
    throw failureOf(error)
  }
}
