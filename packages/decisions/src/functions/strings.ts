import { isList, type Value, type Env } from '../values/value.ts'
import { define, overload, type Functions } from './define.ts'

const ofText = (make: (text: string, env: Env) => Value) =>
  define(
    overload('string: string', ([text], env) => {
      env.budget.takeText((text as string).length)
      return make(text as string, env)
    }),
  )

const ofTextAnd = (make: (text: string, match: string) => Value) =>
  define(
    overload('string: string, match: string', ([text, match], env) => {
      env.budget.takeText((text as string).length)
      return make(text as string, match as string)
    }),
  )

/** Counts characters, not the halves that JavaScript keeps some of them in. From the end when `start` is negative. */
function substring(text: string, start: number, length: Value | undefined): Value {
  const characters = Array.from(text)
  const from = Math.trunc(start) < 0 ? characters.length + Math.trunc(start) : Math.trunc(start) - 1
  if (from < 0 || from >= characters.length) return null
  if (typeof length !== 'number') return length === undefined ? characters.slice(from).join('') : null
  return length < 1 ? null : characters.slice(from, from + Math.trunc(length)).join('')
}

function join(items: readonly Value[], delimiter: string, env: Env): Value {
  const texts = items.filter((item) => item !== null)
  if (!texts.every((item) => typeof item === 'string')) return null
  env.budget.take(items.length)
  env.budget.takeText(texts.reduce((sum, text) => sum + text.length + delimiter.length, 0))
  return texts.join(delimiter)
}

const before = (text: string, match: string): string => text.slice(0, Math.max(0, text.indexOf(match)))
const after = (text: string, match: string): string => {
  const at = text.indexOf(match)
  return at < 0 ? '' : text.slice(at + match.length)
}

export const stringFunctions: Functions = {
  substring: define(
    overload('string: string, start position: number, length?: number', ([text, start, length], env) => {
      env.budget.takeText((text as string).length * 4)
      return substring(text as string, start as number, length)
    }),
  ),
  'string length': ofText((text) => Array.from(text).length),
  'upper case': ofText((text) => text.toUpperCase()),
  'lower case': ofText((text) => text.toLowerCase()),
  'substring before': ofTextAnd(before),
  'substring after': ofTextAnd(after),
  contains: ofTextAnd((text, match) => text.includes(match)),
  'starts with': ofTextAnd((text, match) => text.startsWith(match)),
  'ends with': ofTextAnd((text, match) => text.endsWith(match)),
  'string join': define(
    overload('list: list, delimiter?: string', ([list, delimiter], env) =>
      isList(list) ? join(list, (delimiter ?? '') as string, env) : null,
    ),
  ),
}
