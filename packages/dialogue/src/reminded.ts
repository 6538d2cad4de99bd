import type { JsonObject, Option, Turn } from '@copse/contracts'
import type { TurnScope } from './turn-scope.ts'
import { namedOption, titledOption } from './understand/options.ts'

/** What a task offered while nothing was under way, kept until something begins. */
export function withReminded({ session, conversation }: Turn, options: readonly Option[]): JsonObject | undefined {
  if (options.length === 0 || session?.status === 'waiting') return undefined
  return { ...conversation.data, reminded: options as unknown as JsonObject[] }
}

/** Who answers a reminder in words means its button: no state waits that could know. */
export function readReminded({ conversation }: Turn, { input }: TurnScope): void {
  const { reminded } = conversation.data
  if (!Array.isArray(reminded) || input === undefined || input.payload !== undefined) return
  const options = reminded as unknown as Option[]
  const { text } = input
  const meant = namedOption(options, { text, payload: undefined })?.choice ?? titledOption(options, text)?.id
  if (meant !== undefined) Object.assign(input, { type: 'payload', payload: meant })
}
