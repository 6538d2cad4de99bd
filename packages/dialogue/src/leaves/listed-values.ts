import type { Field } from '@copse/contracts'
import { phrase } from '../phrases.ts'
import { fill, show } from '../say/template.ts'
import type { TurnScope } from '../turn-scope.ts'
import { titleOf } from './read-aloud.ts'

/** More than these nobody reads. */
const mostListed = 20

/** What there is to choose from, for who was asked for a listed value and gave none. Undefined: nothing is listed. */
export function listedValues(fields: readonly Field[], scope: TurnScope): string | undefined {
  const listed = fields.filter((field) => field.enum !== undefined)
  const [only] = listed
  if (only === undefined) return undefined
  if (fields.length === 1) return fill(phrase('can_be', scope.language), () => valuesOf(only, scope))
  return listed.map((field) => `${capital(titleOf(field, scope))}: ${valuesOf(field, scope)}.`).join(' ')
}

function valuesOf({ enum: values = [] }: Field, { language }: TurnScope): string {
  const shown = values.slice(0, mostListed).map((value) => value.replaceAll('_', ' '))
  const left = values.length - shown.length
  const more = left > 0 ? [fill(phrase('more_values', language), () => show(left))] : []
  return new Intl.ListFormat(language, { type: 'disjunction' }).format([...shown, ...more])
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
