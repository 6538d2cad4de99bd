import {
  canonicalJson,
  outcomeOfAnswer,
  type Connector,
  type Json,
  type JsonObject,
  type OperationCall,
  type OperationManifest,
  type OperationOutcome,
} from '@copse/contracts'
import type { Answer, Answers, Choice } from './answers.ts'

/** The code of a call that nothing was declared for. */
export const notAnswered = 'not_answered'

/**
 * The outside as its answers say: what the scenario gives comes before what is declared for all, and for
 * the rest those `behind` are asked: the calendar for what it offers by itself, else the business. A choice that was used up does not answer again; the last of an operation's answers always may.
 */
export function createAnsweringConnector(
  operations: readonly OperationManifest[],
  layers: readonly Answers[],
  behind: { calendar?: Connector | undefined; business?: Connector | undefined } = {},
): Connector {
  const used = new Map<Choice, number>()

  function chosen({ operation, args }: OperationCall): Answer | undefined {
    for (const answers of layers) {
      const found = (answers.get(operation.name) ?? []).find(
        (choice) => fits(choice.when, args) && (used.get(choice) ?? 0) < (choice.times ?? Infinity),
      )
      if (!found) continue
      used.set(found, (used.get(found) ?? 0) + 1)
      return found.answer
    }
    return undefined
  }

  return {
    name: 'answers',
    operations,
    async call(call) {
      const answer = chosen(call)
      if (answer !== undefined) return outcomeOf(answer, call)
      const { calendar, business } = behind
      const next = calendar?.operations.includes(call.operation) ? calendar : business
      if (next) return next.call(call)
      const reason = `Nothing says what ${call.operation.name} answers to ${canonicalJson(call.args)}.`
      return { status: 'unavailable', code: notAnswered, reason }
    },
    async close() {
      await behind.calendar?.close()
      await behind.business?.close()
    },
  }
}

const fits = (when: JsonObject, args: JsonObject): boolean =>
  Object.entries(when).every(([param, value]) => same(args[param], value))

/** YAML reads `150` as a number where the customer's text is meant. */
const same = (given: Json | undefined, wanted: Json): boolean =>
  given !== undefined && (canonicalJson(given) === canonicalJson(wanted) || textOf(given) === textOf(wanted))

const textOf = (json: Json): string => (typeof json === 'object' ? canonicalJson(json) : String(json).toLowerCase())

function outcomeOf(answer: Answer, { operation, args }: OperationCall): OperationOutcome {
  if (typeof answer === 'object') return outcomeOfAnswer(filled(answer, args) as JsonObject)
  const isUnsure = operation.effect !== 'read' && answer !== 'unavailable'
  return { status: isUnsure ? 'uncertain' : 'unavailable', code: answer, reason: 'So it was given.' }
}

/** `"{{order_id}}"` in an answer is the argument of that name. */
function filled(answer: Json, args: JsonObject): Json {
  if (typeof answer === 'string') {
    const whole = /^\{\{(\w+)\}\}$/.exec(answer)?.[1]
    if (whole !== undefined) return args[whole] ?? null
    return answer.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => textIn(args[name]))
  }
  if (Array.isArray(answer)) return answer.map((item) => filled(item, args))
  if (answer === null || typeof answer !== 'object') return answer
  return Object.fromEntries(Object.entries(answer).map(([key, value]) => [key, filled(value, args)]))
}

const textIn = (json: Json | undefined): string =>
  json === undefined || json === null ? '' : typeof json === 'object' ? canonicalJson(json) : String(json)
