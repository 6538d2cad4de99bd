import { Fault } from '@copse/contracts'
import { startAnthropicServer, type AnthropicServer } from '@copse/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createProvider } from '../all.ts'
import { extractQuestion } from '../prompts/extract.ts'
import { bounded } from '../wrappers/bounded.ts'
import type { ClassifyRequest, CompleteRequest, ExtractTask, JsonRequest } from '../provider.ts'

let server: AnthropicServer
beforeEach(async () => {
  server = await startAnthropicServer()
})
afterEach(() => server.close())

const open = (timeoutMs = 2000) =>
  createProvider(
    { provider: 'anthropic', baseUrl: server.url, credential: 'model' },
    { secret: 'sk-test-secret', timeoutMs },
  )
const signal = new AbortController().signal
const complete: CompleteRequest = {
  system: 'Write.',
  prompt: 'Say hello.',
  purpose: 'write',
  signal,
  task: { language: 'en', parts: [], facts: {} },
}
const task: ExtractTask = {
  message: 'ORD-123',
  fields: [
    { key: 'order_id', description: 'Order number', examples: [], type: 'string' },
    { key: 'amount', description: 'Amount', examples: [], type: 'amount' },
  ],
  asked: [],
  opening: false,
  triggers: [],
  today: '2026-11-20',
}
const extract: JsonRequest = { ...extractQuestion(task), purpose: 'extract', signal, task }
const classify: ClassifyRequest = {
  system: 'Choose.',
  prompt: 'Which?',
  purpose: 'classify',
  signal,
  text: '',
  facts: {},
  labels: [{ id: 'quality', description: 'Quality' }],
}

const faultOf = (promise: Promise<unknown>): Promise<Fault> =>
  promise.then(
    () => expect.unreachable('it should have failed'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(Fault)
      return error as Fault
    },
  )
const collect = async (chunks: AsyncIterable<string>): Promise<string[]> => {
  const seen: string[] = []
  for await (const chunk of chunks) seen.push(chunk)
  return seen
}

describe('the anthropic provider', () => {
  it('lets a long system text that comes again be kept', async () => {
    server.reply({ text: 'Hello!' })
    await open().complete({ ...complete, keepsSystem: true })
    expect(server.requests[0]?.body).toMatchObject({
      system: [{ type: 'text', text: 'Write.', cache_control: { type: 'ephemeral' } }],
    })
  })

  it('sends the question with the key as a bearer token and no sampling parameters', async () => {
    server.reply({ text: 'Hello!' })
    const { text } = await open().complete(complete)
    expect(text).toBe('Hello!')
    const [request] = server.requests
    expect(request?.headers.authorization).toBe('Bearer sk-test-secret')
    expect(Object.keys(request?.body ?? {}).sort()).toEqual(['max_tokens', 'messages', 'model', 'system'])
    expect(request?.body).toMatchObject({
      model: 'claude-haiku-4-5',
      system: 'Write.',
      messages: [{ role: 'user', content: 'Say hello.' }],
    })
  })

  it('adds up all four token counts', async () => {
    server.reply({
      text: 'Hello!',
      usage: { input_tokens: 10, cache_creation_input_tokens: 200, cache_read_input_tokens: 3000, output_tokens: 7 },
    })
    const { usage } = await open().complete(complete)
    expect(usage).toEqual({
      provider: 'anthropic',
      model: 'claude-haiku-4-5',
      purpose: 'write',
      inputTokens: 3210,
      outputTokens: 7,
    })
  })

  it('constrains an extraction by its schema and returns the object', async () => {
    server.reply({ json: { order_id: 'ORD-123', amount: null } })
    const { value } = await open().completeJson(extract)
    expect(value).toEqual({ order_id: 'ORD-123', amount: null })
    expect(server.requests[0]?.body['output_config']).toEqual({
      format: { type: 'json_schema', schema: extract.schema },
    })
  })

  it.each([
    ['text instead of JSON', { text: 'Sure! Here it is.' }],
    ['a field of the wrong type', { json: { order_id: 'ORD-123', amount: 'eighty' } }],
    ['a field that was not asked for', { json: { order_id: null, amount: null, status: 'paid' } }],
    ['a list', { text: '[]' }],
  ])('calls %s model_invalid, with what it cost', async (_, reply) => {
    server.reply(reply)
    const fault = await faultOf(open().completeJson(extract))
    expect(fault.code).toBe('model_invalid')
    expect(fault.extra['usage']).toMatchObject({ inputTokens: 20, outputTokens: 5 })
    expect(server.requests).toHaveLength(1)
  })

  it('lets a classification choose among the labels and none', async () => {
    server.reply({ json: { label: 'quality' } }, { json: { label: 'none' } }, { json: { label: 'refund_everything' } })
    const provider = open()
    expect((await provider.classify(classify)).label).toBe('quality')
    expect((await provider.classify(classify)).label).toBe('none')
    expect((await faultOf(provider.classify(classify))).code).toBe('model_invalid')
    expect(server.requests[0]?.body['output_config']).toMatchObject({
      format: { schema: { properties: { label: { enum: ['quality', 'none'] } } } },
    })
  })

  it.each([
    ['refusal', 'model_refused'],
    ['max_tokens', 'model_truncated'],
  ] as const)('calls a stop by %s %s, with what it cost', async (stop, code) => {
    server.reply({ stop, text: '{"order_id":"ORD-1' })
    const fault = await faultOf(open().completeJson(extract))
    expect(fault.code).toBe(code)
    expect(fault.extra['usage']).toMatchObject({ inputTokens: 20, outputTokens: 5 })
  })

  it.each([429, 500, 529] as const)('calls an answer %i unavailable and worth another try', async (error) => {
    server.reply({ error, retryAfterSeconds: 3 })
    const fault = await faultOf(open().complete(complete))
    expect(fault).toMatchObject({ code: 'model_unavailable', retryable: true, extra: { retryAfterMs: 3000 } })
    expect(server.requests).toHaveLength(1)
  })

  it.each([401, 403] as const)('calls an answer %i unavailable until the credential is checked', async (error) => {
    server.reply({ error })
    const fault = await faultOf(open().complete(complete))
    expect(fault).toMatchObject({ code: 'model_unavailable', retryable: false })
    expect(fault.message).toContain('check the credential')
    expect(fault.message).not.toContain('sk-test-secret')
  })

  it.each(['cut', 'malformed'] as const)('calls a %s answer unavailable', async (broken) => {
    server.reply({ broken })
    expect(await faultOf(open().complete(complete))).toMatchObject({ code: 'model_unavailable', retryable: true })
  })

  it('gives up on its own after its time', async () => {
    server.reply({ text: 'too late', delayMs: 1000 })
    const fault = await faultOf(open(50).complete(complete))
    expect(fault).toMatchObject({ code: 'model_unavailable', retryable: true })
    expect(fault.message).toContain('too long')
  })

  it('gives up when the turn is stopped', async () => {
    server.reply({ text: 'too late', delayMs: 1000 })
    const control = new AbortController()
    const answer = faultOf(open().complete({ ...complete, signal: control.signal }))
    control.abort()
    expect((await answer).code).toBe('model_unavailable')
  })

  it('is cut short by the bounded wrapper', async () => {
    server.reply({ text: 'too late', delayMs: 1000 })
    const fault = await faultOf(bounded(open(), { timeoutMs: 40 }).complete(complete))
    expect(fault.message).toContain('No answer within 40 ms')
  })

  it('streams words as they come', async () => {
    server.reply({ text: 'I am happy to help.' })
    expect(await collect(open().stream(complete))).toEqual(['I ', 'am ', 'happy ', 'to ', 'help.'])
  })

  it.each([
    ['a cut connection', { broken: 'cut' }, 'model_unavailable'],
    ['an error in the middle', { streamError: 'overloaded_error' }, 'model_unavailable'],
    ['the end of its tokens', { stop: 'max_tokens', text: 'I am ' }, 'model_truncated'],
    ['a refusal', { stop: 'refusal', text: 'I am ' }, 'model_refused'],
  ] as const)('ends a stream with a fault after %s', async (_, reply, code) => {
    server.reply(reply)
    const seen: string[] = []
    const reading = async (): Promise<void> => {
      for await (const chunk of open().stream(complete)) seen.push(chunk)
    }
    expect((await faultOf(reading())).code).toBe(code)
    expect(seen.join('')).toBe('I am ')
  })

  it('asks for the credential that the binding needs', () => {
    expect(() => createProvider({ provider: 'anthropic' })).toThrow(/credential/)
  })
})

const post = (body: object, headers: Record<string, string> = { authorization: 'Bearer key' }) =>
  fetch(`${server.url}/v1/messages`, { method: 'POST', headers, body: JSON.stringify(body) })

describe('the wire server', () => {
  it('refuses sampling parameters and a missing key as the service does', async () => {
    const question = { model: 'm', max_tokens: 1, messages: [] }
    expect((await post({ ...question, temperature: 1 })).status).toBe(400)
    expect((await post(question, {})).status).toBe(401)
    expect(await (await post({ ...question, top_k: 1 })).json()).toMatchObject({
      type: 'error',
      error: { type: 'invalid_request_error' },
    })
  })
})
