import type { Field, Json, JsonObject } from '@copse/contracts'
import type { ExtractTask } from '../provider.ts'
import { kindOf } from './kinds.ts'
import { readers } from './readers/all.ts'
import { beginReading } from './reading.ts'

/**
 * Finds field values in a message by shape, examples and listed values: deterministic, no network, linear in the
 * message. Conservative: a value that is not there is asked for, a wrong one is acted on.
 */
export function extractOffline(task: ExtractTask): JsonObject {
  const reading = beginReading(task)
  const story = openingField(task)
  const values = new Map<string, Json>()
  for (const [kind, read] of readers) {
    for (const field of task.fields) {
      if (kindOf(field) !== kind) continue
      const asked = task.asked.includes(field.key)
      if (kind === 'text' && !asked && field !== story) continue
      const found = read(field, reading, asked)
      if (!found) continue
      values.set(field.key, found.value)
      // a story may hold everything else that was said, so it takes nothing away from other stories
      if (kind !== 'text') reading.claimed.push({ start: found.start, end: found.end })
    }
  }
  return Object.fromEntries(values)
}

/** The one free-text field that the session's opening message may fill. */
function openingField(task: ExtractTask): Field | undefined {
  if (!task.opening) return undefined
  return task.fields.find((field) => kindOf(field) === 'text' && (task.required?.includes(field.key) ?? true))
}
