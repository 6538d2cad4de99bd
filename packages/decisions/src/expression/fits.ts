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
  return { holds, accept: (value, env) => accept(value, env, holds, type) }
}

/** A list of one and its item, a date and its midnight: FEEL converts these where the other is asked for. */
function accept(value: Value, env: Env, holds: Fits['holds'], type: TypeName): Value | undefined {
  if (value === null || holds(value, env)) return value
  if (isList(value) && value.length === 1 && value[0] !== undefined && holds(value[0], env)) return value[0]
  if (value instanceof CalendarDate && type.type === 'named' && /^date(?:Time| and time)$/.test(type.name)) {
    return new Moment(value, new ClockTime(0, utc))
  }
  const asList = [value]
  return type.type === 'list' && holds(asList, env) ? asList : undefined
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
        entries.every((entry) => Object.hasOwn(value, entry.name) && entry.holds(value[entry.name] ?? null, env))
    }
    case 'function':
      return (value) => value instanceof FunctionValue
  }
}

function counted(items: readonly Value[], env: Env): readonly Value[] {
  env.budget.take(items.length)
  return items
}
