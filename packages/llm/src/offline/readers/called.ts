import type { Field } from '@copse/contracts'
import { perField } from '../per-field.ts'

/** What an author calls a field, by its key and its titles, without whose it is. */
export const namesOf = perField(({ key, title, titles }: Field): string[] =>
  [key.replaceAll('_', ' '), title ?? '', ...Object.values(titles ?? {})]
    .filter((name) => /\p{L}/u.test(name))
    .map((name) => name.replace(/^(?:my|your|the|our|mi|su|el|la) /i, '')),
)

/** "The company is": for a pattern. */
export function callingOf(field: Field): string {
  const either = namesOf(field)
    .map((name) => name.replaceAll(/[^\p{L}\p{N} ]/gu, '.'))
    .map((name) => name.replace(/^\p{L}/u, (first) => `[${first.toLowerCase()}${first.toUpperCase()}]`))
  return String.raw`(?<!\p{L})(?:${either.join('|')})(?: name)?(?: is| es|:|=)(?: called)?`
}

export const calledBefore = perField((field: Field) => new RegExp(String.raw`^.{0,20}${callingOf(field)} ?`, 'u'))
