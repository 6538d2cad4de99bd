import { Fault, type Usage } from '@copse/contracts'
import { createOfflineProvider, type LlmProvider } from '@copse/llm'
import { z } from 'zod'

/** Ways in which a model gives nothing that can be used. */
const failures = z.enum(['unavailable', 'timeout', 'invalid'])
const failure = { unavailable: 'model_unavailable', timeout: 'model_unavailable', invalid: 'model_invalid' } as const

const listOf = <T extends z.ZodType>(one: T) => z.union([z.array(one).min(1), one.transform((value) => [value])])

/** What a model answers, by what it is asked for; the last answer of a list stays. Absent: `nothing` of use. */
const script = z.strictObject({
  extract: listOf(z.union([failures, z.literal('nothing'), z.record(z.string(), z.json())])).optional(),
  classify: listOf(z.string()).optional(),
  route: listOf(z.string()).optional(),
  write: listOf(z.string()).optional(),
})

/** `given.model`: how a model that is there behaves; a word alone is how it always does. */
export const givenModel = z.union(
  [z.union([failures, z.literal('nothing')]).transform((word) => ({ always: word })), script],
  'should be nothing, unavailable, timeout or invalid, or {extract: …, classify: …, route: …, write: …}',
)
export type GivenModel = z.infer<typeof givenModel>

/** A model that says what the scenario gives it to say. It is asked wherever a real one would be. */
export function createGivenModel(given: GivenModel): LlmProvider {
  const offline = createOfflineProvider()
  const asked = new Map<string, number>()
  function next<T>(purpose: string, answers: readonly T[] | undefined): T | string {
    if ('always' in given) return given.always
    const count = asked.get(purpose) ?? 0
    asked.set(purpose, count + 1)
    return answers === undefined ? 'nothing' : answers[Math.min(count, answers.length - 1)]!
  }
  const lists = 'always' in given ? {} : given
  return {
    ...offline,
    name: 'scenario',
    model: 'given',
    capabilities: { json: 'schema', stream: false },
    async completeJson({ purpose }) {
      const said = usable(next(purpose, lists.extract))
      return { value: typeof said === 'object' ? said : {}, usage: usageOf(purpose) }
    },
    async classify({ purpose }) {
      const said = usable(next(purpose, purpose === 'route' ? lists.route : lists.classify))
      return { label: said === 'nothing' ? 'none' : said, usage: usageOf(purpose) }
    },
    async complete(request) {
      const said = usable(next(request.purpose, lists.write))
      if (said === 'nothing') return offline.complete(request)
      return { text: said, usage: usageOf(request.purpose) }
    },
  }
}

const usageOf = (purpose: string): Usage => ({
  provider: 'scenario',
  model: 'given',
  purpose,
  inputTokens: 0,
  outputTokens: 0,
})

function usable<T>(said: T): T {
  const broken = failures.safeParse(said)
  if (broken.success) throw new Fault(failure[broken.data], { detail: 'So the scenario gives it.' })
  return said
}
