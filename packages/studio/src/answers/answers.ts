import type { JsonObject, OperationManifest } from '@copse/contracts'
import type { Path } from '@copse/procedures'
import { z } from 'zod'
import { readYaml, unknownName } from '../read/yaml.ts'

/** Not an answer of the business: why there is none. A read that is `uncertain` is `unavailable`. */
const silences = ['unavailable', 'uncertain', 'timeout'] as const

/** What an operation answers: a result as the business would send it, or why there is none. */
const answer = z.union(
  [z.enum(silences), z.record(z.string(), z.json())],
  `should be a result ({found: true, …}), or one of ${silences.join(', ')}`,
)

/** One of several answers: only for calls with these arguments, only so many times. */
const choice = z.strictObject({
  when: z.record(z.string(), z.json()).default({}),
  times: z.number().int().positive().optional(),
  answer,
})
const several = z.array(z.union([choice, answer], 'should be `{when: {…}, answer: …}`, or an answer')).min(1)

const answers = z.record(z.string(), z.union([several, answer], 'should be an answer, or a list of answers'))

export type Answer = z.infer<typeof answer>
export type Choice = z.infer<typeof choice>
/** Operation → what it may answer, the first that fits first. */
export type Answers = Map<string, Choice[]>

/** A file of answers, by operation. Throws `config_invalid` with the place of everything that does not fit. */
export function readAnswers(text: string, file: string, operations: readonly OperationManifest[]): Answers {
  const { value } = readYaml(
    text,
    file,
    answers.superRefine((given, context) => {
      for (const { path, message } of wrongIn(given, operations)) {
        context.addIssue({ code: 'custom', path: [...path], message })
      }
    }),
  )
  return answersOf(value)
}

/** The same, from the `given` of a scenario: what in it names no operation is left to others. */
export function answersIn(given: JsonObject, operations: readonly OperationManifest[]): Answers | { wrong: Wrong[] } {
  const names = new Set(operations.map(({ name }) => name))
  const own = Object.fromEntries(Object.entries(given).filter(([key]) => names.has(key)))
  const parsed = answers.safeParse(own)
  if (!parsed.success) {
    return { wrong: parsed.error.issues.map(({ path, message }) => ({ path: path as Path, message })) }
  }
  const wrong = wrongIn(parsed.data, operations)
  return wrong.length > 0 ? { wrong } : answersOf(parsed.data)
}

export interface Wrong {
  path: Path
  message: string
}

function wrongIn(given: z.infer<typeof answers>, operations: readonly OperationManifest[]): Wrong[] {
  const known = new Map(operations.map((operation) => [operation.name, operation]))
  return Object.entries(given).flatMap(([name, one]) => {
    const operation = known.get(name)
    if (!operation) return [{ path: [name], message: unknownName('operation', name, known.keys()) }]
    if (!Array.isArray(one)) return []
    return one.flatMap((item, index) =>
      Object.keys(isChoice(item) ? item.when : {})
        .filter((param) => !Object.hasOwn(operation.params, param))
        .map((param) => ({
          path: [name, index, 'when', param],
          message: unknownName(`argument of ${name}`, param, Object.keys(operation.params)),
        })),
    )
  })
}

const isChoice = (item: Choice | Answer): item is Choice =>
  typeof item === 'object' && 'answer' in item && 'when' in item

function answersOf(given: z.infer<typeof answers>): Answers {
  return new Map(
    Object.entries(given).map(([name, one]) => [
      name,
      (Array.isArray(one) ? one : [one]).map((item) => (isChoice(item) ? item : { when: {}, answer: item })),
    ]),
  )
}
