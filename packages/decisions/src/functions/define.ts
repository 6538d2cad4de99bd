import { CalendarDate } from '../values/date.ts'
import { Moment } from '../values/moment.ts'
import { ClockTime } from '../values/time.ts'
import { FunctionValue, isList, kindOf, type Overload, type Parameter, type Value } from '../values/value.ts'
import { utc } from '../values/zone.ts'

export type Functions = Readonly<Record<string, FunctionValue>>

/**
 * One way to call a function: `string: string, start position: number, length?: number`. Types are kinds of values,
 * `any`, or several with `|`. `name?` may be left out or null; `...name` takes all further arguments.
 */
export function overload(parameters: string, run: Overload['run']): Overload {
  return { parameters: parameters === '' ? [] : parameters.split(', ').map(parameterFrom), run }
}

export const define = (...overloads: Overload[]): FunctionValue => new FunctionValue(overloads)

function parameterFrom(spec: string): Parameter {
  const [label = '', types = 'any'] = spec.split(': ')
  const variadic = label.startsWith('...')
  const optional = label.endsWith('?')
  const accept = acceptAny(types.split(' | '))
  return {
    name: label.replace(/^\.\.\.|\?$/g, ''),
    accept: optional ? (value) => (value === null ? null : accept(value)) : accept,
    ...(optional && { optional }),
    ...(variadic && { variadic }),
  }
}

/** A list of one stands for its item, an item for a list of one, and a date for its midnight. */
function acceptAny(types: string[]): Parameter['accept'] {
  if (types.includes('any')) return (value) => value
  const kinds = new Set(types)
  return (value) => {
    const kind = kindOf(value)
    if (kinds.has(kind)) return value
    if (kinds.has('list')) return value === null ? undefined : [value]
    const [only] = isList(value) && value.length === 1 ? value : []
    if (only !== undefined && kinds.has(kindOf(only))) return only
    if (value instanceof CalendarDate && kinds.has('date and time')) return new Moment(value, new ClockTime(0, utc))
    return undefined
  }
}

/** The arguments of a function that takes either a list or its items. */
export function itemsOf(args: readonly (Value | undefined)[]): readonly Value[] | undefined {
  const [first] = args
  if (args.length === 1 && isList(first)) return first
  return args.length === 0 ? undefined : args.map((arg) => arg ?? null)
}

export const numbersOf = (items: readonly Value[] | undefined): number[] | undefined =>
  items?.every((item) => typeof item === 'number') ? (items as number[]) : undefined
