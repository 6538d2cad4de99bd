import type { Field, Json } from '@copse/contracts'
import { readOffline, unclaimed } from '@copse/llm'
import { show } from '../say/template.ts'
import type { TurnScope } from '../turn-scope.ts'
import { correctionMarks, littleWords, openers } from './vocabulary-corrections.ts'
import { fold, has } from './words.ts'

/** A field that was asked for before, with what is known; or one that is being asked for, with nothing. */
export interface Correctable {
  field: Field
  stored: Json | undefined
}

/** Words that take something back, and what stands beside them. */
export interface Marked {
  hit: string
  /** Nothing else is said: enough where any text would be an answer, and more than a "no" in it. */
  alone: boolean
  /** Fields for which a value is there, each with it. */
  values: { field: Field; value: Json; stored: Json | undefined }[]
}

/**
 * Undefined: nothing is taken back, or it is not said what it should be. `answer`: words that take nothing back, and agree
 * to nothing beside another value: "yes, at 5".
 */
export function markedIn(
  text: string,
  given: readonly Correctable[],
  { today, customs, language }: Pick<TurnScope, 'today' | 'customs'> & Partial<Pick<TurnScope, 'language'>>,
  answer?: string,
): Marked | undefined {
  const folded = fold(text)
  const found = given.flatMap(({ field, stored }) => {
    const { values, claims } = valueIn(field, text, { today, ...(language === undefined ? {} : { language }) })
    const value = values[field.key]
    return value === undefined ? [] : [{ field, stored, value, claims }]
  })
  if (found.length === 0) return undefined
  const values = named(found, folded)
  const rest = restOf(
    fold(
      unclaimed(
        text,
        found.flatMap(({ claims }) => claims),
      ),
    ),
    values,
  )
  const hit =
    markIn(folded, customs.corrections?.words) ??
    oldValueIn(folded, values) ??
    (rest.length === 0 ? openerIn(folded) : undefined) ??
    answer
  if (hit === undefined) return undefined
  const marked = new Set(hit.split(' '))
  return { hit, alone: rest.filter((word) => !marked.has(word)).length === 0, values }
}

/** Found by its shape: where any text would do, none is found. */
const valueIn = (field: Field, message: string, given: { today: string; language?: string }) =>
  readOffline({ message, fields: [field], asked: [], opening: false, triggers: [], ...given })

const markIn = (folded: string, own: readonly string[] = []): string | undefined =>
  [...correctionMarks, ...own.map(fold)].filter((mark) => has(folded, mark)).toSorted((a, b) => b.length - a.length)[0]

/** "ORD-789, not ORD-123" names what is no longer meant. */
function oldValueIn(folded: string, values: Marked['values']): string | undefined {
  const found = values.find(({ stored, value }) => {
    const old = stored === undefined || stored === value ? '' : fold(show(stored))
    return old !== '' && ['not', 'no', 'and not', 'y no'].some((word) => has(folded, `${word} ${old}`))
  })
  return found && `not ${fold(show(found.stored))}`
}

const openerIn = (folded: string): string | undefined => openers.find((word) => folded.startsWith(`${word} `))

/** Of values that could stand for several fields, those that the message names. */
function named<Value extends Marked['values'][number]>(found: Value[], folded: string): Value[] {
  return found.filter(({ field, value }) => {
    const rivals = found.filter((one) => one.value === value)
    const called = rivals.filter((one) => namesOf(one.field).some((name) => has(folded, name)))
    return called.length === 0 || called.some((one) => one.field === field)
  })
}

/** Whatever a customer may call it, in any language. */
export const namesOf = ({ title = '', titles = {}, key }: Field): string[] =>
  [title, ...Object.values(titles), key.replaceAll('_', ' ')].map(fold).filter(Boolean)

/** Words beside those that values, their names, and courtesy are made of. */
function restOf(folded: string, values: Marked['values']): string[] {
  const known = new Set(
    values.flatMap(({ field, value, stored }) =>
      [show(value), show(stored), ...namesOf(field), field.description, ...field.examples]
        .map(fold)
        .flatMap((words) => words.split(' ')),
    ),
  )
  return folded.split(' ').filter((word) => !known.has(word) && !littleWords.has(word) && !/\d/.test(word))
}
