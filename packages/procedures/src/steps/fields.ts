import { fieldTypes, type Field } from '@copse/contracts'
import { RE2JS } from 're2js'
import { z } from 'zod'
import type { Path } from '../parse/value.ts'
import { texts, word } from '../parse/words.ts'
import type { StepContext } from './step.ts'
import { titled } from './titled.ts'

export const fieldShape = z.strictObject({
  key: z.string().regex(/^[A-Za-z][A-Za-z0-9_]*$/, 'may hold letters, digits and "_" only'),
  title: texts.optional(),
  description: z.string().default(''),
  examples: z.array(word).default([]),
  type: z.enum(fieldTypes, `should be one of ${fieldTypes.join(', ')}`).optional(),
  pattern: z.string().optional(),
  enum: z.array(word).optional(),
  min: z.union([z.number(), z.string()]).optional(),
  max: z.union([z.number(), z.string()]).optional(),
})
type Given = z.infer<typeof fieldShape>

/** Dialect P does not say what kind of value a field holds: there it is inferred. */
export function fieldOf(given: Given, required: boolean, { dialect, header }: StepContext): Field {
  const { title, pattern, enum: listed, min, max, ...rest } = given
  return {
    ...rest,
    type: given.type ?? (dialect === 'p' ? inferredType(given, required) : 'string'),
    ...titled(title, header),
    ...(pattern === undefined ? {} : { pattern }),
    ...(listed === undefined ? {} : { enum: listed }),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
  }
}

/** What no value could ever fit, or would never be asked: patterns that cannot be read, bounds of another kind. */
export function checkField(given: Given, { type }: Field, path: Path, { report }: StepContext): void {
  if (given.pattern !== undefined) {
    const fault = faultOfPattern(given.pattern)
    if (fault !== undefined)
      report.error('pattern_invalid', [...path, 'pattern'], `This pattern cannot be used: ${fault}.`, {
        fix: fault.endsWith(unknownHere)
          ? 'Look-ahead, look-behind and references back are not known: they can take for ever. Describe the value itself.'
          : 'Close every bracket, and put a \\ before a sign that is meant as it stands.',
      })
  }
  const bounds = (['min', 'max'] as const).map((key) => {
    const bound = given[key]
    if (bound === undefined) return undefined
    const place = placeOf(type, bound)
    if (place === undefined) {
      const isDate = type === 'date'
      const known = isDate || isNumber(type)
      const message = known
        ? `"${key}: ${bound}" is no ${isDate ? 'day' : 'number'}.`
        : `A field of type ${type} has no "${key}".`
      const fix = isDate ? 'Write `today`, `+30d`, `-1d`, or a day such as 2026-12-24.' : 'Write a number.'
      report.error('bound_invalid', [...path, key], message, {
        fix: known ? fix : 'Remove it, or give the field a type.',
      })
    }
    return place
  })
  const [min, max] = bounds
  if (min && max && min.from === max.from && min.at > max.at)
    report.error('bound_invalid', [...path, 'min'], 'No value fits: "min" is more than "max".')
}

/** Compared with bounds of its own kind only: whether a day lies before today changes daily. */
function placeOf(type: Field['type'], bound: number | string): { from: string; at: number } | undefined {
  if (isNumber(type)) return typeof bound === 'number' ? { from: 'zero', at: bound } : undefined
  if (type !== 'date' || typeof bound !== 'string') return undefined
  if (bound === 'today') return { from: 'today', at: 0 }
  const days = /^([+-]\d{1,4})d$/.exec(bound)?.[1]
  if (days !== undefined) return { from: 'today', at: Number(days) }
  const at = /^\d{4}-\d{2}-\d{2}$/.test(bound) ? Date.parse(bound) : Number.NaN
  return Number.isNaN(at) ? undefined : { from: 'calendar', at }
}

const isNumber = (type: Field['type']): boolean => ['integer', 'number', 'amount'].includes(type)

/** By the engine that runs it, which takes time in proportion to the message whatever the pattern is. */
function faultOfPattern(pattern: string): string | undefined {
  if (pattern.length > 500) return 'it is longer than 500 letters'
  try {
    RE2JS.compile(pattern)
    return undefined
  } catch (error) {
    const said = error instanceof Error ? error.message : 'it cannot be read'
    const fault = said.replace(/^error parsing regexp: /, '').replace(/\.$/, '')
    return fault.replace(/^(?:invalid or unsupported Perl syntax|invalid escape sequence): (.*)$/s, `$1${unknownHere}`)
  }
}

const unknownHere = ' is not known here'

/**
 * Free text is what people say in words of their own. It takes a whole reply, so only a *required* field can be it:
 * its key or description says so, or most of its examples are phrases; and none of them holds a digit, which is the
 * mark of an identifier.
 */
function inferredType({ key, description, examples }: Given, required: boolean): Field['type'] {
  if (/(^|_)(amount|price|total)$/.test(key)) return 'amount'
  if (/(^|_)e?mail$/.test(key)) return 'email'
  if (/(^|_)phone$/.test(key)) return 'phone'
  if (/(^|_)date$/.test(key)) return 'date'
  if (!required || examples.some((example) => /\d/.test(example))) return 'string'
  const named = /(description|details|reason|comments?|message|feedback|notes?|summary)$/.test(key)
  const described = /^descri(be|ption)\b/i.test(description)
  const phrases = examples.filter((example) => example.trim().includes(' ')).length
  return named || described || phrases * 2 > examples.length ? 'text' : 'string'
}
