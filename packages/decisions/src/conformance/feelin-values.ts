import {
  date,
  dateAndTime,
  duration,
  FeelDate,
  FeelDateTime,
  FeelDuration,
  FeelFunction,
  FeelRange,
  FeelTime,
  time,
} from 'feelin'
import { parseTemporal } from '../values/temporal.ts'
import { textOf } from '../values/text.ts'
import { FunctionValue, isContext, isList, kindOf, newContext, type Value } from '../values/value.ts'

/** A value as feelin has it. */
export function toFeelin(value: Value): unknown {
  if (isList(value)) return value.map(toFeelin)
  if (isContext(value)) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, toFeelin(one)]))
  const text = textOf(value, () => undefined)
  switch (kindOf(value)) {
    case 'date':
      return date(text)
    case 'time':
      return time(text)
    case 'date and time':
      return dateAndTime(text)
    case 'days and time duration':
    case 'years and months duration':
      return duration(text)
    case 'null':
    case 'boolean':
    case 'number':
    case 'string':
    case 'list':
    case 'context':
    case 'range':
    case 'function':
      return value
  }
}

const isTemporal = (value: object): value is FeelDate | FeelTime | FeelDateTime | FeelDuration =>
  [FeelDate, FeelTime, FeelDateTime, FeelDuration].some((kind) => value instanceof kind)

/** What feelin came to, as we have it; undefined for what cannot be told. */
export function fromFeelin(value: unknown): Value | undefined {
  if (value === undefined || value === null) return null
  if (typeof value !== 'object') return typeof value === 'function' ? new FunctionValue([]) : (value as Value)
  if (Array.isArray(value)) {
    const items = value.map(fromFeelin)
    return items.includes(undefined) ? undefined : (items as Value[])
  }
  if (value instanceof FeelFunction) return new FunctionValue([])
  if (value instanceof FeelRange) return undefined
  if (isTemporal(value)) return parseTemporal('@', value.toString())
  const context = newContext()
  for (const [key, one] of Object.entries(value)) {
    const converted = fromFeelin(one)
    if (converted === undefined) return undefined
    context[key] = converted
  }
  return context
}
