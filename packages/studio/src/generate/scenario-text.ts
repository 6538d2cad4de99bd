import { canonicalJson, type Json } from '@copse/contracts'
import type { Answer } from '../answers/answers.ts'
import type { Answered } from './outside.ts'
import type { Way } from './search.ts'

/** The first line of a file that may be written again; one without it was written by hand. */
export const mark = '# Written by `copse test --generate`: the fewest conversations that take every way.'

/** Ways as a file of scenarios: what happens, what the outside answers, and where it leads. */
export const scenariosText = (ways: readonly Way[]): string =>
  [
    mark,
    '# Do not change it: write scenarios of your own beside it, and generate this one again.',
    '',
    ...ways.map(scenarioText),
  ].join('\n')

function scenarioText({ turns }: Way, at: number): string {
  const last = turns.at(-1)!.said
  const answered = turns.flatMap((turn) => turn.answered)
  const calls = turns
    .flatMap(({ said }) => said.performed)
    .filter(({ policy, outcome }) => policy !== 'read' && outcome.status === 'ok')
    .map(({ name }) => name)
  const steps = turns.map(({ said }) => said.step).filter((step, turn, all) => step !== null && step !== all[turn - 1])
  const { outcome } = last.atRest.session ?? {}
  const atEnd = {
    status: last.status,
    ...(outcome === undefined ? {} : { outcome }),
    calls,
    handoffs: turns.flatMap(({ said }) => said.handoffs).length,
  }
  return [
    `- name: ${scalar(`way ${at + 1}, by ${steps.join(', ')}`)}`,
    ...(answered.length === 0 ? [] : ['  given:', ...givenOf(answered).map((line) => `    ${line}`)]),
    '  turns:',
    ...turns.flatMap(({ move, said: { step, status } }) => {
      const [key, value] = Object.entries(move)[0] as [string, string]
      return [`    - ${key}: ${scalar(value)}`, `      expect: ${flow({ ...(step === null ? {} : { step }), status })}`]
    }),
    `  finally: ${flow(atEnd)}`,
    '',
  ].join('\n')
}

/** In the order in which each operation is asked; what stays the same is said once. */
function givenOf(answered: readonly Answered[]): string[] {
  const lines: string[] = []
  for (const operation of new Set(answered.map((one) => one.operation))) {
    const runs: { answer: Answer; times: number }[] = []
    for (const { answer } of answered.filter((one) => one.operation === operation)) {
      const before = runs.at(-1)
      if (before && canonicalJson(before.answer) === canonicalJson(answer)) before.times++
      else runs.push({ answer, times: 1 })
    }
    if (runs.length === 1) lines.push(`${operation}: ${flow(runs[0]!.answer)}`)
    else {
      lines.push(`${operation}:`)
      runs.forEach(({ answer, times }, at) => {
        const until = at === runs.length - 1 ? '' : `, times: ${times}`
        lines.push(`  - {when: {}${until}, answer: ${flow(answer)}}`)
      })
    }
  }
  return lines
}

/** YAML on one line. */
function flow(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`
  if (value === null || typeof value !== 'object')
    return typeof value === 'string' ? scalar(value) : JSON.stringify(value)
  return `{${Object.entries(value)
    .map(([key, item]) => `${scalar(key)}: ${flow(item)}`)
    .join(', ')}}`
}

/** Plain where YAML reads it as the same text, and quoted otherwise: JSON is YAML. */
const scalar = (text: string): string =>
  /^[A-Za-z][\w]*(?: [\w]+)*$/.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text)
    ? text
    : JSON.stringify(text)
