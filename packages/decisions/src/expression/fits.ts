import { FunctionValue, isContext, isList, kindOf, Range, type Value, type Env } from '../values/value.ts'
import type { TypeName } from './expr.ts'
import type { Fits } from './lowering.ts'
import { CalendarDate } from '../values/date.ts'
import { Moment } from '../values/moment.ts'
import { ClockTime } from '../values/time.ts'
import { utc } from '../values/zone.ts'

/** Types that a model defines, by name. */
export type TypeNames = (name: string) => Fits | undefined

const kinds = new Map<string, ReadonlySet<string>>(
  Object.entries({
    number: ['number'],
    string: ['string'],
    boolean: ['boolean'],
    date: ['date'],
    time: ['time'],
    'date and time': ['date and time'],
    dateTime: ['date and time'],
    'years and months duration': ['years and months duration'],
    yearMonthDuration: ['years and months duration'],
    'days and time duration': ['days and time duration'],
    dayTimeDuration: ['days and time duration'],
    duration: ['years and months duration', 'days and time duration'],
    list: ['list'],
    context: ['context'],
    function: ['function'],
    range: ['range'],
    Null: ['null'],
  }).map(([name, members]) => [name, new Set(members)]),
)

export const isBuiltinType = (name: string): boolean => name === 'Any' || kinds.has(name)

export function fitsOf(type: TypeName, named: TypeNames): Fits {
  const holds = holdsOf(type, named)
  const isMoment = type.type === 'named' && /^date(?:Time| and time)$/.test(type.name)
  return { holds, accept: (value, env) => convert(value, env, holds, { isList: type.type === 'list', isMoment }) }
}

/** A list of one and its item, a date and its midnight: FEEL converts these where the other is asked for. */
export function convert(
  value: Value,
  env: Env,
  holds: Fits['holds'],
  { isList: asksList, isMoment }: { isList: boolean; isMoment: boolean },
): Value | undefined {
  if (value === null || holds(value, env)) return value
  if (isList(value) && value.length === 1 && value[0] !== undefined && holds(value[0], env)) return value[0]
  if (value instanceof CalendarDate && isMoment) return new Moment(value, new ClockTime(0, utc))
  const asList = [value]
  return asksList && holds(asList, env) ? asList : undefined
}

function holdsOf(type: TypeName, named: TypeNames): Fits['holds'] {
  switch (type.type) {
    case 'named': {
      if (type.name === 'Any') return (value) => value !== null
      const members = kinds.get(type.name)
      if (members) return (value) => members.has(kindOf(value))
      return named(type.name)?.holds ?? (() => false)
    }
    case 'list': {
      const inner = holdsOf(type.of, named)
      return (value, env) => isList(value) && counted(value, env).every((item) => inner(item, env))
    }
    case 'range': {
      const inner = holdsOf(type.of, named)
      return (value, env) =>
        value instanceof Range && [value.low, value.high].every((end) => end === undefined || inner(end, env))
    }
    case 'context': {
      const entries = type.entries.map(({ name, of }) => ({ name, holds: holdsOf(of, named) }))
      return (value, env) =>
        isContext(value) &&
        entries.every(({ name, holds }) => {
          const part = Object.hasOwn(value, name) ? (value[name] ?? null) : undefined
          return part === null || (part !== undefined && holds(part, env))
        })
    }
    case 'function':
      return (value) => value instanceof FunctionValue
  }
}

function counted(items: readonly Value[], env: Env): readonly Value[] {
  env.budget.take(items.length)
  return items
}
