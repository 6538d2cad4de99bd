import { Fault } from '@copse/contracts'
import type { LlmProvider, Question } from '../provider.ts'

/**
 * A model that takes longer than this is as good as none: the answer becomes `model_unavailable`, and the provider's
 * signal is aborted. The wait ends on time even when the provider ignores its signal.
 */
export function bounded(provider: LlmProvider, { timeoutMs = 5000 }: { timeoutMs?: number } = {}): LlmProvider {
  const within = <R extends Question, A>(request: R, ask: (request: R) => Promise<A>): Promise<A> =>
    limit(request.signal, timeoutMs, (signal) => ask({ ...request, signal }))
  return {
    name: provider.name,
    model: provider.model,
    capabilities: provider.capabilities,
    complete: (request) => within(request, (bound) => provider.complete(bound)),
    completeJson: (request) => within(request, (bound) => provider.completeJson(bound)),
    classify: (request) => within(request, (bound) => provider.classify(bound)),
    async *stream(request) {
      const control = new AbortController()
      const signal = AbortSignal.any([request.signal, control.signal])
      const chunks = provider.stream({ ...request, signal })[Symbol.asyncIterator]()
      try {
        // the limit is on silence: a long text that keeps coming is not slow
        for (;;) {
          const next = await limit(signal, timeoutMs, () => chunks.next())
          if (next.done) return
          yield next.value
        }
      } finally {
        control.abort()
      }
    },
  }
}

async function limit<A>(outer: AbortSignal, timeoutMs: number, ask: (signal: AbortSignal) => Promise<A>): Promise<A> {
  const control = new AbortController()
  const { promise: late, reject } = Promise.withResolvers<never>()
  const give = (detail: string) => () => {
    reject(new Fault('model_unavailable', { detail }))
    control.abort()
  }
  const stop = give('The turn was stopped.')
  const timer = setTimeout(give(`No answer within ${timeoutMs} ms.`), timeoutMs)
  outer.addEventListener('abort', stop, { once: true })
  if (outer.aborted) stop()
  try {
    const answer = ask(control.signal)
    // whichever loses the race must not become an unhandled rejection
    answer.catch(() => {})
    late.catch(() => {})
    return await Promise.race([late, answer])
  } finally {
    clearTimeout(timer)
    outer.removeEventListener('abort', stop)
  }
}
