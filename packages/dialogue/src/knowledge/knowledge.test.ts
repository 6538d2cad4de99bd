import { silentMeter, type Json, type Meter } from '@copse/contracts'
import { createOfflineProvider, type LlmProvider } from '@copse/llm'
import { createScriptedProvider } from '@copse/llm/testing'
import { describe, expect, it } from 'vitest'
import { createKnowledge } from './knowledge.ts'
import { createTokenCounter } from './quota.ts'

const document = `# Hours
We open at 9:00 and close at 18:00.

# Prices
A haircut is €20. See https://salon.example/prices or write to hi@salon.example.
`
const { signal } = new AbortController()

function ask(model: LlmProvider, { text = document, tokens = 10_000, booked = 0 } = {}) {
  const counted: string[] = []
  const meter: Meter = { ...silentMeter, count: (_, __, labels) => void counted.push(labels?.['outcome'] ?? '') }
  const clock = { now: () => 0 }
  const quota = createTokenCounter({ store: { tokensSince: async () => booked }, clock })(tokens, 'UTC')
  const knowledge = createKnowledge({ document: text, model, quota, meter })!
  return {
    counted,
    answer: (question: string, language = 'en') => knowledge.answer({ text: question, language, signal }),
  }
}

const saying = (...answers: (Json | [Json, number[]])[]) =>
  createScriptedProvider(
    answers.map((given) => {
      const [answer, passages] = Array.isArray(given) ? given : [given, [1]]
      return { purpose: 'answer', json: { answer, passages } }
    }),
  )

describe('answers from the text of a tenant', () => {
  it('are quoted where there is no model, and cost nothing', async () => {
    const { answer, counted } = ask(createOfflineProvider(), { tokens: 0 })
    expect(await answer('How much is a haircut?')).toMatchObject({ text: 'A haircut is €20.' })
    expect(await answer('Do you sell cars?')).toMatchObject({ nothing: 'out_of_scope' })
    expect(counted).toEqual(['answered', 'out_of_scope'])
  })

  it('are written by a model from the passages alone, and carry what they took', async () => {
    const model = saying('Abrimos a las 9:00.')
    const { answer } = ask(model)
    expect(await answer('¿Cuándo abren?', 'es')).toEqual({
      text: 'Abrimos a las 9:00.',
      usage: { provider: 'scripted', model: 'script', purpose: 'answer', inputTokens: 8, outputTokens: 2 },
    })
    const [request] = model.requests
    expect(request).toMatchObject({ kind: 'json', keepsSystem: true, maxTokens: 400 })
    expect(request?.system).toContain('[1] Hours\nWe open at 9:00')
    expect(request?.prompt).toContain('"es"')
  })

  it.each([
    ['nothing', null],
    ['white space', '  '],
    ['no passage that it is from', ['We open at 9:00.', []]],
    ['a passage that there is not', ['We open at 9:00.', [3]]],
    ['another hour', 'We open at 10:00.'],
    ['a price of another passage', ['A haircut is €20.', [1]]],
    ['another address', ['See https://evil.example/prices.', [2]]],
    ['a host', ['See evil.example.', [2]]],
    ['another address of mail', ['Write to hi@evil.example.', [2]]],
  ] as [string, Json | [Json, number[]]][])('are none when the model gives %s', async (_, given) => {
    expect(await ask(saying(given)).answer('What now?')).toMatchObject({ nothing: 'out_of_scope' })
  })

  it.each([
    ['We open at 09:00.', [1]],
    ['A haircut is €20, see https://salon.example/prices.', [2]],
    ['Write to hi@salon.example.', [2]],
  ] as [Json, number[]][])('may say «%s», which is written there', async (text, passages) => {
    expect(await ask(saying([text, passages])).answer('What now?')).toMatchObject({ text })
  })

  it('tell what the model made up from what it did not know', async () => {
    const { answer, counted } = ask(saying('We open at 7.', null))
    await answer('When?')
    await answer('Why?')
    expect(counted).toEqual(['ungrounded', 'out_of_scope'])
  })

  it('end with the quota, without a call', async () => {
    const model = saying('We open at 9:00.')
    const { answer, counted } = ask(model, { tokens: 5_000, booked: 4_990 })
    expect(await answer('When do you open?')).toEqual({ nothing: 'quota' })
    expect(counted).toEqual(['quota'])
    expect(model.requests).toEqual([])
  })

  it('go on after a call that took less than was held back for it', async () => {
    const { answer } = ask(saying('We open at 9:00.', 'We open at 9:00.'), { tokens: 1_200 })
    expect(await answer('When?')).toMatchObject({ text: 'We open at 9:00.' })
    expect(await answer('When?')).toMatchObject({ text: 'We open at 9:00.' })
  })

  it('are none while the model cannot be asked, and what was spent is booked', async () => {
    const model = createScriptedProvider([{ purpose: 'answer', fault: 'model_truncated' }])
    expect(await ask(model).answer('When?')).toMatchObject({ nothing: 'unavailable', usage: { outputTokens: 2 } })
  })

  it('come from the passages of a long text that share most with the question, and from no others', async () => {
    const long = Array.from({ length: 2_000 }, (_, at) => `# Room ${at}\nRoom ${at} is painted in colour ${at}.`)
    const model = saying([`Colour 77.`, [1]])
    const { answer } = ask(model, { text: long.join('\n'), tokens: 100_000 })
    expect(await answer('What colour is room 77?')).toMatchObject({ text: 'Colour 77.' })
    const [request] = model.requests
    expect(request?.system.length).toBeLessThan(100_000)
    expect(request).not.toHaveProperty('keepsSystem')
    expect(await answer('Is it warm?')).toEqual({ nothing: 'out_of_scope' })
    expect(model.requests).toHaveLength(1)
  })

  it('do not exist where nothing is written', () => {
    const quota = createTokenCounter({ store: { tokensSince: async () => 0 }, clock: { now: () => 0 } })(1, 'UTC')
    const model = createOfflineProvider()
    for (const text of ['', ' \n\n', '# Only a title\n---'])
      expect(createKnowledge({ document: text, model, quota, meter: silentMeter })).toBeUndefined()
  })
})
