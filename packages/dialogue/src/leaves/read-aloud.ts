import type { Field, Json } from '@copse/contracts'
import { show } from '../say/template.ts'
import { titleFor, type TurnScope } from '../turn-scope.ts'

/** What a field is called in this language. */
export const titleOf = ({ title, titles, description, key }: Field, scope: TurnScope): string =>
  titleFor({ title: title ?? (description || key.replaceAll('_', ' ')), titles }, scope)

/** A field and its value, to be checked by who gave it: of a day they see at once that it is no Friday. */
export const lineOf = (field: Field, value: Json | undefined, scope: TurnScope): string =>
  `${titleOf(field, scope)}: ${field.type === 'date' ? dayIn(show(value), scope) : show(value)}`

function dayIn(value: string, { language }: TurnScope): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(value)) return value
  return new Intl.DateTimeFormat(language, { timeZone: 'UTC', dateStyle: 'full' }).format(new Date(value))
}
