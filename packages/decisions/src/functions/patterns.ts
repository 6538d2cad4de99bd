import { RE2JS, RE2JSException } from 're2js'
import { limits } from '../limits.ts'
import type { Value, Env } from '../values/value.ts'
import { define, overload, type Functions } from './define.ts'

const flagBits = new Map([
  ['s', RE2JS.DOTALL],
  ['m', RE2JS.MULTILINE],
  ['i', RE2JS.CASE_INSENSITIVE],
])

const repetition = /\{(\d+)(?:,(\d*))?\}/g

/** What its repetitions can make of a pattern: `(abc){100}` is as long as a hundred of them. */
function sizeOf(pattern: string): number {
  const times = [...pattern.matchAll(repetition)].map(([, low, high]) => Math.max(Number(low), Number(high || 0)))
  return pattern.length * times.reduce((sum, count) => sum + count, 1)
}

/**
 * Patterns run on an engine whose time is linear in the text: the built-in one can be kept busy for years. What it does
 * not know (references back, looking ahead) is no pattern here, nor is one that is too large. Every character of the
 * text counts for every step that the compiled pattern has.
 */
function compilePattern(pattern: string, flags: string, text: string, env: Env): RE2JS | undefined {
  if (sizeOf(pattern) > limits.patternSize) return undefined
  let bits = 0
  for (const flag of flags.replaceAll('x', '')) {
    const bit = flagBits.get(flag)
    if (bit === undefined) return undefined
    bits |= bit
  }
  const source = flags.includes('x') ? pattern.replace(/\s/g, '') : pattern
  try {
    const compiled = RE2JS.compile(source, bits)
    const steps = compiled.programSize()
    env.budget.take(steps + ((1 + text.length) * steps) / 64)
    return compiled
  } catch (error) {
    if (error instanceof RE2JSException) return undefined
    throw error
  }
}

function matches(input: string, pattern: string, flags: Value | undefined, env: Env): Value {
  const compiled = compilePattern(pattern, (flags ?? '') as string, input, env)
  return compiled ? compiled.matcher(input).find() : null
}

/** `$1` stands for a group, `$0` for all that was found. */
function replace(input: string, pattern: string, replacement: string, flags: Value | undefined, env: Env): Value {
  const compiled = compilePattern(pattern, (flags ?? '') as string, input, env)
  if (!compiled) return null
  const matcher = compiled.matcher(input)
  let result = ''
  let end = 0
  while (matcher.find()) {
    const put = replacement.replace(/\\(.)|\$(\d)/gs, (_, escaped?: string, group?: string) => {
      if (escaped !== undefined) return escaped
      const index = Number(group)
      return index > matcher.groupCount() ? '' : (matcher.group(index) ?? '')
    })
    env.budget.takeText(put.length)
    result += input.slice(end, matcher.start()) + put
    end = matcher.end()
  }
  env.budget.takeText(input.length)
  return result + input.slice(end)
}

function split(text: string, delimiter: string, env: Env): Value {
  const compiled = compilePattern(delimiter, '', text, env)
  if (!compiled) return null
  const parts: string[] = []
  const matcher = compiled.matcher(text)
  let end = 0
  while (matcher.find()) {
    if (matcher.end() === matcher.start()) continue
    env.budget.take(1)
    parts.push(text.slice(end, matcher.start()))
    end = matcher.end()
  }
  return [...parts, text.slice(end)]
}

export const patternFunctions: Functions = {
  matches: define(
    overload('input: string, pattern: string, flags?: string', ([input, pattern, flags], env) =>
      matches(input as string, pattern as string, flags, env),
    ),
  ),
  replace: define(
    overload(
      'input: string, pattern: string, replacement: string, flags?: string',
      ([input, pattern, replacement, flags], env) =>
        replace(input as string, pattern as string, replacement as string, flags, env),
    ),
  ),
  split: define(
    overload('string: string, delimiter: string', ([text, delimiter], env) =>
      split(text as string, delimiter as string, env),
    ),
  ),
}
