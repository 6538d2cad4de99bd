import type { Field, Json, JsonObject } from '@copse/contracts'
import type { ExtractTask } from '../provider.ts'
import { kindOf } from './kinds.ts'
import { readers } from './readers/all.ts'
import { namesOf } from './readers/called.ts'
import { beginReading, isQuantity, type Found, type Reading, type Span } from './reading.ts'
import { findPhrase } from './words.ts'

/** A stretch of the message that was taken for a field. */
export interface Claim extends Span {
  key: string
}

/**
 * Finds field values in a message by shape, examples and listed values: deterministic, no network, linear in the
 * message. Conservative: a value that is not there is asked for, a wrong one is acted on.
 */
export const extractOffline = (task: ExtractTask): JsonObject => readOffline(task).values

/**
 * The same, with the stretches of the message that were taken. `taken` is what others took of it before: the "Madrid"
 * that says where a journey begins does not also say where it ends. Who asks for the same field may read it again.
 */
export function readOffline(task: ExtractTask, taken: readonly Claim[] = []): { values: JsonObject; claims: Claim[] } {
  const reading = beginReading(task)
  reading.claimed.push(...taken.filter(({ key }) => !task.fields.some((field) => field.key === key)))
  const story = openingField(task)
  const values = new Map<string, Json>()
  const claims: Claim[] = []
  const isAsked = ({ key }: Field): boolean => task.asked.includes(key)
  // What could be either is the answer to what was asked, before it changes what is known.
  const fields = [...task.fields.filter(isAsked), ...task.fields.filter((field) => !isAsked(field))]
  for (const [kind, read] of readers) {
    for (const field of fields) {
      if (kindOf(field) !== kind) continue
      if (kind === 'text' && !isAsked(field) && field !== story) continue
      const found = read(field, reading, isAsked(field))
      if (!found || (!isAsked(field) && isAnswer(field, found, fields.filter(isAsked), reading))) continue
      values.set(field.key, found.value)
      // a story may hold everything else that was said, so it takes nothing away from other stories
      if (kind === 'text') continue
      const { start, end } = found
      reading.claimed.push({ start, end })
      claims.push({ key: field.key, start, end })
    }
  }
  return { values: Object.fromEntries(values), claims }
}

/**
 * "5" may be a time that is known, and is the number of guests if we asked for that. "At 5" is not, nor is what is called by
 * its name, or what leaves the answer another number: "4 people at 5".
 */
function isAnswer(field: Field, found: Found, asked: readonly Field[], reading: Reading): boolean {
  const { text, words } = reading
  const names = namesOf(field).flatMap((name) => name.split(' ').filter((word) => word.length > 3))
  if (kindOf(field) === 'phone' || names.some((name) => findPhrase(words, name).length > 0)) return false
  if (/\b(?:at|a las?) $/i.test(text.slice(Math.max(0, found.start - 8), found.start))) return false
  if (isQuantity(text, found.end)) return false
  const others = { ...reading, claimed: [...reading.claimed, found] }
  return asked.some((one) => {
    const kind = kindOf(one)
    if (kind !== 'number' && kind !== 'amount') return false
    const read = readers.get(kind)
    const answer = read?.(one, reading, true)
    return answer?.start === found.start && answer.end === found.end && read?.(one, others, true) === undefined
  })
}

/** What nobody took of a message: what was taken is blank. */
export const unclaimed = (message: string, claims: readonly Claim[]): string =>
  claims.reduce((rest, { start, end }) => rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end), message)

/** The one free-text field that the session's opening message may fill. */
function openingField(task: ExtractTask): Field | undefined {
  if (!task.opening) return undefined
  return task.fields.find((field) => kindOf(field) === 'text' && (task.required?.includes(field.key) ?? true))
}
