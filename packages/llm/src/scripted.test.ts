import { Fault } from '@copse/contracts'
import { describe, expect, it } from 'vitest'
import { createScriptedProvider, ScriptError } from './scripted.ts'
import type { ClassifyRequest, CompleteRequest, JsonRequest } from './provider.ts'

const signal = new AbortController().signal
const asking = { system: '', prompt: '', signal }
const write = (purpose = 'write'): CompleteRequest => ({
  ...asking,
  purpose,
  task: { language: 'en', parts: [], facts: {} },
})
const extract: JsonRequest = {
  ...asking,
  purpose: 'extract',
  schema: {},
  task: { message: '', fields: [], asked: [], opening: false, triggers: [], today: '2026-11-20' },
}
const classify: ClassifyRequest = {
  ...asking,
  purpose: 'route',
  text: 'hi',
  facts: {},
  labels: [{ id: 'a', description: 'A' }],
}

describe('the scripted provider', () => {
  it('answers in order and records every question', async () => {
    const provider = createScriptedProvider([{ json: { order_id: 'A-1' } }, { label: 'a' }, { text: 'Hello there.' }])
    expect((await provider.completeJson(extract)).value).toEqual({ order_id: 'A-1' })
    expect((await provider.classify(classify)).label).toBe('a')
    expect((await provider.complete(write())).text).toBe('Hello there.')
    expect(provider.requests.map((one) => [one.kind, one.purpose])).toEqual([
      ['json', 'extract'],
      ['label', 'route'],
      ['text', 'write'],
    ])
    expect(provider.left).toEqual([])
  })

  it('keeps a reply with a purpose for a question of that purpose', async () => {
    const provider = createScriptedProvider([{ purpose: 'answer', text: 'Nine to five.' }, { text: 'Hello.' }])
    expect((await provider.complete(write('write'))).text).toBe('Hello.')
    expect((await provider.complete(write('answer'))).text).toBe('Nine to five.')
  })

  it('says which question had no reply left', async () => {
    await expect(createScriptedProvider([]).classify(classify)).rejects.toThrow(
      /no reply left for question 1 \(label, purpose "route"\)/,
    )
  })

  it('says which reply was of the wrong kind, and is not to be taken for a model that failed', async () => {
    const failed = createScriptedProvider([{ text: 'Hello.' }]).completeJson(extract)
    await expect(failed).rejects.toThrow(/no answer to question 1 \(json/)
    await expect(failed).rejects.toBeInstanceOf(ScriptError)
    await expect(failed).rejects.not.toBeInstanceOf(Fault)
  })

  it('refuses a label that was not offered', async () => {
    await expect(createScriptedProvider([{ label: 'z' }]).classify(classify)).rejects.toThrow(/"z" is not among a/)
    expect((await createScriptedProvider([{ label: 'none' }]).classify(classify)).label).toBe('none')
  })

  it('fails as a model fails when the script says so, with what it cost', async () => {
    const failed = createScriptedProvider([{ fault: 'model_refused' }]).complete(write())
    await expect(failed).rejects.toMatchObject({ code: 'model_refused', extra: { usage: { purpose: 'write' } } })
  })

  it('refuses a script that is none, naming the reply', () => {
    expect(() => createScriptedProvider([{ text: 'ok' }, { answer: 42 }])).toThrow(/Scripted reply 2/)
  })

  it('streams its text word by word', async () => {
    const seen: string[] = []
    for await (const chunk of createScriptedProvider([{ text: 'Hello there.' }]).stream(write())) seen.push(chunk)
    expect(seen).toEqual(['Hello ', 'there.'])
  })
})
