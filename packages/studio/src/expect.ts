import type { Path } from '@copse/procedures'
import type { Said } from './said.ts'
import type { Expectation, Scenario } from './scenario.ts'

/** Something that was expected and did not come. */
export interface Failure {
  /** Where in the scenario it was expected, e.g. `['turns', 1, 'expect', 'step']`. */
  path: Path
  /** Which turn, from 0; not of what is checked at the end. */
  turn?: number
  /** One sentence. */
  message: string
  expected?: string
  got?: string
}

/** What one turn was expected to bring and did not. */
export function unmet(said: Said, expected: Expectation | undefined, turn: number): Failure[] {
  if (!expected) return []
  const here = (key: string, ...more: (string | number)[]): Pick<Failure, 'path' | 'turn'> => ({
    path: ['turns', turn, 'expect', key, ...more],
    turn,
  })
  const { reply, step, status, intent } = said
  const options = said.options.map(({ title }) => title)
  const heard = reply.toLowerCase()
  return [
    ...compare(here('step'), 'the step', step, expected.step),
    ...compare(here('status'), 'the status', status, expected.status),
    ...compare(here('intent'), 'the procedure', intent, expected.intent),
    ...compare(here('options'), 'the options', options.join(' | '), expected.options?.join(' | ')),
    ...texts(expected.contains).flatMap(({ text, index }) =>
      heard.includes(text.toLowerCase()) ? [] : wording(here('contains', ...index), 'lacks', text, reply),
    ),
    ...texts(expected.lacks).flatMap(({ text, index }) =>
      heard.includes(text.toLowerCase()) ? wording(here('lacks', ...index), 'contains', text, reply) : [],
    ),
  ]
}

type Ended = Pick<Said, 'performed' | 'handoffs' | 'status' | 'atRest'>

/** What was expected of the whole conversation and did not hold. */
export function atTheEnd(turns: readonly Ended[], expected: Scenario['finally']): Failure[] {
  if (!expected) return []
  const last = turns.at(-1)
  const writes = turns
    .flatMap(({ performed }) => performed)
    .filter(({ policy, outcome }) => policy !== 'read' && outcome.status === 'ok')
  const handoffs = turns.flatMap((turn) => turn.handoffs).length
  return [
    ...compare(at('status'), 'the status', last?.status, expected.status),
    ...compare(at('outcome'), 'the outcome', last?.atRest.session?.outcome, expected.outcome),
    ...compare(at('calls'), 'what was done', writes.map(({ name }) => name).join(', '), expected.calls?.join(', ')),
    ...compare(at('handoffs'), 'the number of handoffs', handoffs, expected.handoffs),
  ]
}

const at = (key: string): Pick<Failure, 'path'> => ({ path: ['finally', key] })

function compare(
  at: Pick<Failure, 'path' | 'turn'>,
  what: string,
  got: string | number | null | undefined,
  expected: string | number | undefined,
): Failure[] {
  if (expected === undefined || got === expected) return []
  const shown = got === null || got === undefined || got === '' ? 'nothing' : String(got)
  const wanted = expected === '' ? 'nothing' : String(expected)
  const message = `${what}: expected ${wanted}, got ${shown}`
  return [{ ...at, message, expected: String(expected), got: shown }]
}

const wording = (at: Pick<Failure, 'path' | 'turn'>, how: string, text: string, reply: string): Failure[] => [
  { ...at, message: `the reply ${how} "${text}"`, expected: text, got: reply },
]

function texts(value: string | string[] | undefined): { text: string; index: number[] }[] {
  if (value === undefined) return []
  return Array.isArray(value) ? value.map((text, index) => ({ text, index: [index] })) : [{ text: value, index: [] }]
}
