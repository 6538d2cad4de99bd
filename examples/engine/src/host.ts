/** What a host gives the engine: the language of conditions, and everything that could differ between two runs. */
import { compile, parse } from '@copse/conditions'
import type { Json, Test, TurnContext } from '@copse/engine'
import { memoryJournal } from '@copse/engine/testing'

export function condition(json: Json): Test {
  const parsed = parse(json as string)
  if (!parsed.ok) throw new Error(parsed.faults.map(({ message }) => message).join(' '))
  return compile(parsed.condition)
}

/** A turn at this moment. The journal is in memory: enough for trees that reach nothing outside. */
export function turnOf(sessionId: string, seed: string): TurnContext {
  const { signal } = new AbortController()
  return { sessionId, now: Date.now(), seed, journal: memoryJournal(), services: {}, signal }
}

export const print = (text: string): void => void process.stdout.write(`${text}\n`)
