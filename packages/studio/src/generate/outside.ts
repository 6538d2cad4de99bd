import { outcomeOfAnswer, type Connector, type JsonObject, type OperationManifest } from '@copse/contracts'
import type { Answer, Answers } from '../answers/answers.ts'
import { createAnsweringConnector } from '../answers/connector.ts'

/** What an operation answered, in the order in which it was asked. */
export interface Answered {
  operation: string
  answer: Answer
}

/** Where something else could have come: which of how many it was. */
interface Choice {
  taken: number
  of: number
}

/** One try of a turn: the outside answers by `prefix`, and with the first that it may from then on. */
export interface Outside {
  connector: Connector
  answered: Answered[]
  choices: Choice[]
}

export function openOutside(
  operations: readonly OperationManifest[],
  candidates: (operation: OperationManifest) => readonly Answer[],
  prefix: readonly number[],
  business: Connector | undefined,
): Outside {
  const answered: Answered[] = []
  const choices: Choice[] = []
  /** A repeat of the same call is answered the same: it is still the same try. */
  const repeated = new Map<string, Answer>()

  async function answerTo(call: Parameters<Connector['call']>[0]): Promise<Answer> {
    const { operation, idempotencyKey } = call
    const before = repeated.get(idempotencyKey)
    if (before !== undefined) return before
    const own = await known(business, call)
    const all = [...(own ? [own] : []), ...candidates(operation)]
    const taken = prefix[choices.length] ?? 0
    choices.push({ taken, of: all.length })
    const answer = all[taken] ?? 'unavailable'
    repeated.set(idempotencyKey, answer)
    return answer
  }

  return {
    answered,
    choices,
    connector: {
      name: 'generated',
      operations,
      async call(call) {
        const answer = await answerTo(call)
        answered.push({ operation: call.operation.name, answer })
        const one: Answers = new Map([[call.operation.name, [{ when: {}, answer }]]])
        return createAnsweringConnector(operations, [one]).call(call)
      },
      close: async () => {},
    },
  }
}

/** What a business that is at hand says by itself: nothing that it would have to do, and nothing that it does not know. */
async function known(
  business: Connector | undefined,
  call: Parameters<Connector['call']>[0],
): Promise<JsonObject | undefined> {
  if (!business || call.operation.effect !== 'read') return undefined
  const outcome = await business.call(call)
  const data = 'data' in outcome ? outcome.data : undefined
  // What it says has to come out the same when it is given.
  return data && outcomeOfAnswer(data).status === 'ok' ? data : undefined
}

/** Every other way in which the outside could have answered after `prefix`. */
export const others = (choices: readonly Choice[], prefix: readonly number[]): number[][] =>
  choices.flatMap(({ taken, of }, at) =>
    at < prefix.length
      ? []
      : Array.from({ length: of }, (_, other) => other)
          .filter((other) => other !== taken)
          .map((other) => [...choices.slice(0, at).map((one) => one.taken), other]),
  )
