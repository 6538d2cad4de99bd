import { Fault, type Clock, type Meter, type Usage } from '@copse/contracts'
import type { LlmProvider } from '../provider.ts'

interface Metering {
  meter: Meter
  clock: Clock
  /** What a million tokens cost. */
  usdPerMillion?: { input: number; output: number } | undefined
  /** Every usage that a provider reports, answered or failed. */
  onUsage?: (usage: Usage) => void
}

/** Counts calls, outcomes, tokens and time. A failed call that spent tokens is counted like any other. */
export function metered(provider: LlmProvider, { meter, clock, usdPerMillion, onUsage }: Metering): LlmProvider {
  const { name, model, capabilities } = provider

  function settle(purpose: string, outcome: string, startedAt: number, usage: Usage | undefined): void {
    const labels = { provider: name, model, purpose }
    meter.count('model_calls_total', 1, { ...labels, outcome })
    meter.observe('model_call_ms', clock.now() - startedAt, labels)
    if (!usage) return
    meter.count('model_tokens_total', usage.inputTokens, { ...labels, direction: 'input' })
    meter.count('model_tokens_total', usage.outputTokens, { ...labels, direction: 'output' })
    if (usdPerMillion) {
      const millionths = usage.inputTokens * usdPerMillion.input + usage.outputTokens * usdPerMillion.output
      meter.count('model_cost_usd_total', millionths / 1e6, labels)
    }
    onUsage?.(usage)
  }

  async function count<A extends { usage: Usage }>(purpose: string, ask: () => Promise<A>): Promise<A> {
    const startedAt = clock.now()
    try {
      const answer = await ask()
      settle(purpose, 'ok', startedAt, answer.usage)
      return answer
    } catch (error) {
      settle(purpose, codeOf(error), startedAt, spentOn(error))
      throw error
    }
  }

  return {
    name,
    model,
    capabilities,
    complete: (request) => count(request.purpose, () => provider.complete(request)),
    completeJson: (request) => count(request.purpose, () => provider.completeJson(request)),
    classify: (request) => count(request.purpose, () => provider.classify(request)),
    async *stream(request) {
      const startedAt = clock.now()
      let outcome = 'stopped'
      let spent: Usage | undefined
      try {
        yield* provider.stream(request)
        outcome = 'ok'
      } catch (error) {
        outcome = codeOf(error)
        spent = spentOn(error)
        throw error
      } finally {
        settle(request.purpose, outcome, startedAt, spent)
      }
    },
  }
}

const codeOf = (error: unknown): string => (error instanceof Fault ? error.code : 'internal')

const spentOn = (error: unknown): Usage | undefined =>
  error instanceof Fault ? (error.extra['usage'] as Usage | undefined) : undefined
