import type { Json, JsonObject } from './json.ts'

/** What is to be remembered of a contact from one conversation to the next; null is forgotten. */
export interface Memory {
  key: string
  value: Json
}

/** What is remembered after these. */
export const remembering = (before: JsonObject | undefined, memories: readonly Memory[] = []): JsonObject =>
  Object.fromEntries(
    Object.entries({ ...before, ...Object.fromEntries(memories.map(({ key, value }) => [key, value])) }).filter(
      ([, value]) => value !== null,
    ),
  )
