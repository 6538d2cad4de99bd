import { type Clock, type Meter, type Usage } from '@copse/contracts'
import { describe, expect, it } from 'vitest'
import { createScriptedProvider } from '../scripted.ts'
import type { CompleteRequest, LlmProvider } from '../provider.ts'
import { bounded } from './bounded.ts'
import { metered } from './metered.ts'

const question = (signal = new AbortController().signal): CompleteRequest => ({
  system: '',
  prompt: '',
  purpose: 'write',
  signal,
  task: { language: 'en', parts: [], facts: {} },
})

/** A provider that never answers; `ignoring` its signal or obeying it. */
function silent(seen: { signal?: AbortSignal } = {}): LlmProvider {
  const hang = ({ signal }: { signal: AbortSignal }): Promise<never> => {
    seen.signal = signal
    return new Promise(() => {})
  }
  return {
    ...createScriptedProvider([]),
    complete: hang,
    completeJson: hang,
    classify: hang,
    async *stream(request) {
      yield 'I '
      yield 'am '
      await hang(request)
    },
  }
}

describe('a bounded provider', () => {
  it('becomes unavailable in time though the provider ignores its signal, and aborts it', async () => {
    const seen: { signal?: AbortSignal } = {}
    const answer = bounded(silent(seen), { timeoutMs: 20 }).complete(question())
    await expect(answer).rejects.toMatchObject({ code: 'model_unavailable', retryable: true })
    expect(seen.signal?.aborted).toBe(true)
  })

  it('stops at once when the turn stops', async () => {
    const control = new AbortController()
    const answer = bounded(silent(), { timeoutMs: 60_000 }).complete(question(control.signal))
    control.abort()
    await expect(answer).rejects.toMatchObject({ code: 'model_unavailable' })
    await expect(bounded(silent()).complete(question(AbortSignal.abort()))).rejects.toMatchObject({
      code: 'model_unavailable',
    })
  })

  it('ends a stream that falls silent, after what came', async () => {
    const seen: string[] = []
    const reading = async (): Promise<void> => {
      for await (const chunk of bounded(silent(), { timeoutMs: 20 }).stream(question())) seen.push(chunk)
    }
    await expect(reading()).rejects.toMatchObject({ code: 'model_unavailable' })
    expect(seen).toEqual(['I ', 'am '])
  })

  it('passes answers and errors through', async () => {
    const provider = bounded(createScriptedProvider([{ text: 'Hello.' }, { fault: 'model_refused' }]))
    expect((await provider.complete(question())).text).toBe('Hello.')
    await expect(provider.complete(question())).rejects.toMatchObject({ code: 'model_refused' })
    await expect(provider.complete(question())).rejects.toThrow(/no reply left/)
  })
})

const record = () => {
  const counts: [string, number, Record<string, string> | undefined][] = []
  const times: number[] = []
  const usages: Usage[] = []
  let now = 0
  const meter: Meter = {
    count: (name, by = 1, labels) => void counts.push([name, by, labels]),
    observe: (_, value) => void times.push(value),
  }
  const clock: Clock = { now: () => (now += 5) }
  return { counts, times, usages, given: { meter, clock, onUsage: (usage: Usage) => void usages.push(usage) } }
}

describe('a metered provider', () => {
  it('counts calls, tokens and time', async () => {
    const { given, counts, times, usages } = record()
    await metered(createScriptedProvider([{ text: 'Hello.' }]), given).complete(question())
    const labels = { provider: 'scripted', model: 'script', purpose: 'write' }
    expect(counts).toEqual([
      ['model_calls_total', 1, { ...labels, outcome: 'ok' }],
      ['model_tokens_total', 8, { ...labels, direction: 'input' }],
      ['model_tokens_total', 2, { ...labels, direction: 'output' }],
    ])
    expect(times).toEqual([5])
    expect(usages).toHaveLength(1)
  })

  it('says what tokens cost where prices are known', async () => {
    const { given, counts } = record()
    const usdPerMillion = { input: 3, output: 15 }
    await metered(createScriptedProvider([{ text: 'Hello.' }]), { ...given, usdPerMillion }).complete(question())
    expect(counts.at(-1)).toMatchObject(['model_cost_usd_total', (8 * 3 + 2 * 15) / 1e6, { purpose: 'write' }])
  })

  it('counts what a failed call cost, and fails all the same', async () => {
    const { given, counts, usages } = record()
    const provider = metered(createScriptedProvider([{ fault: 'model_refused' }]), given)
    await expect(provider.complete(question())).rejects.toMatchObject({ code: 'model_refused' })
    expect(counts[0]?.[2]).toMatchObject({ outcome: 'model_refused' })
    expect(usages).toMatchObject([{ inputTokens: 8, outputTokens: 2 }])
  })

  it('notices a stream that its reader left', async () => {
    const { given, counts } = record()
    for await (const chunk of metered(createScriptedProvider([{ text: 'Hello there.' }]), given).stream(question())) {
      expect(chunk).toBe('Hello ')
      break
    }
    expect(counts[0]?.[2]).toMatchObject({ outcome: 'stopped' })
  })
})
