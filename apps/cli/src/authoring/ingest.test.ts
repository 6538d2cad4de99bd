import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { startAnthropicServer, type AnthropicReply, type AnthropicServer } from '@copse/testkit'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { run } from '../run.ts'

const example = new URL('../../../../examples/order-status', import.meta.url).pathname

let desk: string
let said: string
let told: string
let server: AnthropicServer
beforeEach(async () => {
  desk = mkdtempSync(join(tmpdir(), 'copse-ingest-'))
  cpSync(example, desk, { recursive: true })
  server = await startAnthropicServer()
})
afterEach(async () => {
  rmSync(desk, { recursive: true })
  await server.close()
})

const file = (name: string): string => join(desk, name)
const draft = (): string => readFileSync(file('draft.procedure.yaml'), 'utf8')

async function copse(argv: string[], env: Record<string, string> = {}): Promise<number> {
  said = ''
  told = ''
  return run(argv, {
    environment: readConfig(env),
    print: (line) => void (said += `${stripVTControlCharacters(line)}\n`),
    complain: (line) => void (told += `${stripVTControlCharacters(line)}\n`),
    now: () => 0,
    signal: new AbortController().signal,
  })
}

const ingest = (...more: string[]): string[] => ['ingest', file('sop.txt'), ...more]
const out = ['--out', '']
beforeEach(() => {
  out[1] = file('draft.procedure.yaml')
})

test('a text becomes a draft that check has nothing to say about, with progress and its questions', async () => {
  expect(await copse(ingest(...out))).toBe(0)
  expect(said).toContain(`${file('sop.txt')}:10 If the order arrived in the last two weeks`)
  expect(said).toContain('a draft with 7 questions. `copse check` finds nothing in it.')
  expect(told.split('\n')).toEqual([
    `read ${file('sop.txt')}: 9 sentences`,
    'drafting by rules',
    'checking the draft',
    '7 questions, 0 findings',
    '',
  ])
  expect(await copse(['check', file('draft.procedure.yaml')])).toBe(0)
  expect(said).toContain('nothing to say')
})

test('the draft can be talked to, and passes the case on where the text leaves a question', async () => {
  await copse(ingest(...out))
  const scenario = [
    '- name: an order is found, and then a person has it',
    '  turns:',
    '    - {customer: where is my order, expect: {step: ask_order_number}}',
    '    - {customer: ORD-123, expect: {contains: headphones}}',
    '  finally: {handoffs: 1}',
  ]
  writeFileSync(file('draft.scenarios.yaml'), scenario.join('\n'))
  expect([await copse(['simulate', file('draft.scenarios.yaml')]), said]).toEqual([
    0,
    expect.stringContaining('1 scenario, all as expected'),
  ])
})

test('without --out the draft is what is printed, and nothing else', async () => {
  expect(await copse(ingest())).toBe(0)
  expect(said).toMatch(/^# Drafted from sop\.txt by rules\.\n[\s\S]*copse: 1\n/)
  expect(told).toContain('7 questions')
  expect(await copse(ingest('--json'))).toBe(0)
  expect(JSON.parse(said)).toMatchObject({
    id: 'where_is_my_order',
    model: 'offline',
    findings: [],
    text: expect.stringContaining('copse: 1') as string,
  })
})

test('a file that is there is only replaced by force', async () => {
  writeFileSync(file('draft.procedure.yaml'), 'mine')
  expect(await copse(ingest(...out))).toBe(1)
  expect(told).toContain('is there already. Choose another file, or --force to replace it.')
  expect(draft()).toBe('mine')
  expect(await copse(ingest(...out, '--force'))).toBe(0)
  expect(draft()).toContain('copse: 1')
})

test.each([
  ['empty', '', 'It is empty. Write down what your people do'],
  ['no text', '\u0000\u0001PK', 'It is no plain text.'],
  ['as large as a book', 'Ask. '.repeat(1_000_000), 'It is larger than 200 kB.'],
  ['larger than any text', 'Ask. '.repeat(1_100_000), 'larger than 5 MB'],
])('a file that is %s is refused in a sentence', async (_, text, why) => {
  writeFileSync(file('sop.txt'), text)
  expect(await copse(ingest(...out))).toBe(1)
  expect(told).toContain(why)
  expect(told).not.toContain('See `detail`')
  expect(told.trim().split('\n')).toHaveLength(1)
})

const step = { name: '', say: '', sentences: [2] }
const proposal = {
  id: 'where_is_it',
  name: 'Where is it',
  description: '',
  triggers: ['where is it'],
  steps: [{ ...step, id: 'done', action: 'end', say: 'It is on its way.', outcome: '' }],
  questions: [],
}

test('a model drafts, is told what check found, and is said to be asked', async () => {
  const broken = { ...proposal, steps: [{ ...step, id: 'ask', action: 'inform', options: [], next_step: 'nowhere' }] }
  server.reply({ json: broken }, { json: proposal })
  const env = { COPSE_MODEL_KEY: 'sk-test', COPSE_MODEL_URL: server.url }
  expect(await copse(ingest(...out, '--model', 'anthropic/some-model'), env)).toBe(0)
  expect(told).toContain('asking anthropic, 2 of at most 4')
  expect(draft()).toContain('# Drafted from sop.txt by anthropic some-model.')
  const [first, second] = server.requests
  expect(first?.body).toMatchObject({ model: 'some-model', output_config: { format: { type: 'json_schema' } } })
  // What the service takes of JSON Schema: nothing optional, no oneOf, no bounds.
  expect(JSON.stringify(first?.body['output_config'])).not.toMatch(/"(oneOf|minimum|maximum|pattern|minLength)"/)
  expect(JSON.stringify(second?.body['messages'])).toContain('There is no step')
})

test('what is asked of the service is what it takes: a question with the text as data, and a closed schema', async () => {
  server.reply({ json: proposal })
  await copse(ingest(...out, '--model', 'anthropic'), { COPSE_MODEL_KEY: 'sk-test', COPSE_MODEL_URL: server.url })
  const [{ headers, body } = expect.unreachable('nothing was asked')] = server.requests
  expect(headers).toMatchObject({
    authorization: 'Bearer sk-test',
    'content-type': 'application/json',
    'anthropic-version': expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string,
  })
  expect(Object.keys(body).toSorted()).toEqual(['max_tokens', 'messages', 'model', 'output_config', 'system'])
  expect(body['messages']).toEqual([{ role: 'user', content: expect.stringContaining('Ask the customer') as string }])
  const { format, ...more } = body['output_config'] as { format: { type: string; schema: object } }
  expect(more).toEqual({})
  expect(Object.keys(format).toSorted()).toEqual(['schema', 'type'])
  const taken = ['type', 'properties', 'required', 'additionalProperties', 'items', 'anyOf', 'enum', 'const']
  let objects = 0
  function look(schema: Record<string, unknown>): void {
    expect(Object.keys(schema).filter((key) => !taken.includes(key))).toEqual([])
    const {
      type,
      properties = {},
      required,
      additionalProperties,
      items,
      anyOf = [],
    } = schema as {
      type?: string
      properties?: Record<string, Record<string, unknown>>
      required?: string[]
      additionalProperties?: boolean
      items?: Record<string, unknown>
      anyOf?: Record<string, unknown>[]
    }
    if (type === 'object') {
      objects += 1
      expect([additionalProperties, required]).toEqual([false, Object.keys(properties)])
    }
    for (const inner of [...Object.values(properties), ...(items ? [items] : []), ...anyOf]) look(inner)
  }
  look(format.schema as Record<string, unknown>)
  expect(objects).toBeGreaterThan(8)
})

test.each<[string, AnthropicReply, string]>([
  [
    'too many questions',
    { error: 429, retryAfterSeconds: 7 },
    'It answered 429 (rate_limit_error). Request req_test. Try again in 7 s.',
  ],
  [
    'an overloaded service',
    { error: 529 },
    'It answered 529 (overloaded_error). Request req_test. Try again in a minute.',
  ],
  ['a wrong key', { error: 401 }, 'Request req_test. Here that is the key in COPSE_MODEL_KEY.'],
  ['a cut connection', { broken: 'cut' }, 'The connection failed. Try again in a minute.'],
  ['half an answer', { broken: 'malformed' }, 'The answer could not be read. Try again in a minute.'],
  ['a refusal', { stop: 'refusal' }, 'Read the text for what it may have been refused for, or let rules draft.'],
  ['no end', { stop: 'max_tokens', text: '{"id":"where' }, 'Give one procedure at a time.'],
  ['words instead', { text: 'Sure! Here it is.' }, 'Try again, or with another model.'],
  ['another shape', { json: { steps: [] } }, 'Try again, or with another model.'],
])('of %s from the model the author reads what to do, and no draft is left', async (_, reply, words) => {
  server.reply(reply)
  const env = { COPSE_MODEL_KEY: 'sk-test', COPSE_MODEL_URL: server.url }
  expect(await copse(ingest(...out, '--model', 'anthropic'), env)).toBe(1)
  expect(told).toContain(words)
  expect(told).not.toContain('used meanwhile')
  expect(() => draft()).toThrow('ENOENT')
})

test('a model that fails, that has no key or that nobody knows is said plainly, and no file is left', async () => {
  server.reply({ error: 529 })
  const env = { COPSE_MODEL_KEY: 'sk-test', COPSE_MODEL_URL: server.url }
  expect(await copse(ingest(...out, '--model', 'anthropic'), env)).toBe(1)
  expect(told).toContain('The language model did not answer.')
  expect(await copse(ingest(...out, '--model', 'anthropic'))).toBe(1)
  expect(told).toContain('needs its key in COPSE_MODEL_KEY')
  expect(await copse(ingest(...out, '--model', 'oracle'))).toBe(1)
  expect(told).toContain('There is no model "oracle"')
  expect(() => draft()).toThrow('ENOENT')
})
