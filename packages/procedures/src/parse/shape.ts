import type { Json, JsonObject } from '@copse/contracts'
import { z } from 'zod'
import type { Report } from '../report/report.ts'
import { nearest, suggestion } from '../report/suggest.ts'
import type { Path } from './value.ts'

/**
 * Fits JSON to a shape and reports everything that does not fit. Unknown keys are reported and then left out, so that
 * they neither hide other faults nor stop a laxer dialect from loading.
 */
export function fit<T>(shape: z.ZodType<T>, json: Json, path: Path, report: Report): T | undefined {
  let given = json
  let result = shape.safeParse(given)
  const unknown = issuesOf(result.error, given).filter((issue) => issue.code === 'unrecognized_keys')
  if (unknown.length > 0) {
    given = structuredClone(json)
    for (const { path: inner, keys } of unknown) {
      for (const key of keys) {
        const fix = suggestion(key, keysOf(shape, inner as Path)) ?? 'Remove it.'
        report.lax('unknown_key', [...path, ...(inner as Path)], `"${key}" is not a key that is known here.`, {
          key,
          fix,
        })
        delete (jsonAt(given, inner as Path) as JsonObject)[key]
      }
    }
    result = shape.safeParse(given)
  }
  if (result.success) return result.data
  for (const issue of issuesOf(result.error, given)) reportIssue(issue, given, path, report)
  return undefined
}

/** Of a value that fits none of several shapes, what is wrong with it as a mapping, if it is one. */
function issuesOf(error: z.ZodError | undefined, json: Json): z.core.$ZodIssue[] {
  return (error?.issues ?? []).flatMap((issue) => {
    if (issue.code !== 'invalid_union') return [issue]
    const found = jsonAt(json, issue.path as Path)
    const isMapping = found !== null && typeof found === 'object' && !Array.isArray(found)
    const inner = issue.errors.find((one) =>
      one.every(({ code, path }) => path.length > 0 || code === 'unrecognized_keys'),
    )
    return isMapping && inner ? inner.map((one) => ({ ...one, path: [...issue.path, ...one.path] })) : [issue]
  })
}

function reportIssue(issue: z.core.$ZodIssue, json: Json, path: Path, report: Report): void {
  const inner = issue.path as Path
  const found = jsonAt(json, inner)
  const at = [...path, ...inner]
  const name = nameOf(at)
  if (found === undefined) report.error('missing_key', at, `${name} is missing.`, { fix: `Add "${at.at(-1)}:".` })
  else if (issue.code === 'invalid_type')
    report.error('invalid_value', at, `${name} should be ${kindOf(issue.expected)}, not ${describe(found)}.`, {
      fix: kindFix(issue.expected, found),
    })
  else if (issue.code === 'invalid_value' && issue.values.length > 1) {
    const listed = issue.values.map(String)
    const fix = typeof found === 'string' ? nearest(found, listed) : undefined
    const message = `${name} should be one of ${listed.join(', ')}, not ${describe(found)}.`
    report.error('invalid_value', at, message, { fix: fix && `Did you mean "${fix}"?` })
  } else {
    const isRest = /^(should|is|has|holds|begins|may|names)\b/.test(issue.message)
    const isText = issue.code === 'invalid_union' && issue.message.startsWith('should be text')
    const said = isText ? `${issue.message}, not ${describe(found)}` : issue.message
    report.error('invalid_value', at, `${name}${isRest ? '' : ':'} ${said.replace(/(?<![.?])$/, '.')}`, {
      fix: isText ? kindFix('string', found) : undefined,
    })
  }
}

const quotes = (kind: string): string => `Put quotes around it: YAML reads it as ${kind}.`

function kindFix(expected: string, found: Json): string | undefined {
  if (expected === 'array') return 'Write "- " before each of its items, or put them in [ ].'
  // In { }, what follows a comma is a key.
  if (expected === 'string' && typeof found === 'number') return quotes('a number')
  if (expected === 'string' && typeof found === 'boolean') return quotes('true or false')
  if (expected === 'string' && found === null) return 'Write one, or put quotes around a text that holds a comma.'
  return undefined
}

/** A thing goes by its key; one of a list by the key of the list. */
function nameOf(path: Path): string {
  const last = path.at(-1)
  const key = path.findLast((part) => typeof part === 'string')
  if (last === undefined || key === undefined) return last === undefined ? 'The file' : `Item ${Number(last) + 1}`
  return typeof last === 'string' ? `"${key}"` : `Item ${last + 1} of "${key}"`
}

const kinds: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
}
const kindOf = (expected: string): string => kinds[expected] ?? expected

const longestShown = 80

function describe(found: Json): string {
  if (found === null) return 'empty'
  if (Array.isArray(found)) return 'a list'
  if (typeof found === 'object') return 'a mapping'
  const text = JSON.stringify(found)
  return text.length > longestShown ? `${text.slice(0, longestShown - 1)}…` : text
}

/** The keys that a shape knows at a place inside it, as far as it is made of objects and lists. */
function keysOf(shape: z.ZodType, path: Path): string[] {
  let at: unknown = bare(shape)
  for (const part of path) {
    if (at instanceof z.ZodArray) at = bare(at.element as z.ZodType)
    else if (at instanceof z.ZodRecord) at = bare(at.valueType as z.ZodType)
    else if (at instanceof z.ZodObject) at = bare(at.shape[String(part)] as z.ZodType)
    else return []
  }
  return at instanceof z.ZodObject ? Object.keys(at.shape) : []
}

function jsonAt(json: Json, path: Path): Json | undefined {
  let at: Json | undefined = json
  for (const part of path) at = at !== null && typeof at === 'object' ? (at as JsonObject)[part] : undefined
  return at
}

function bare(shape: z.ZodType | undefined): z.ZodType | undefined {
  if (shape instanceof z.ZodOptional || shape instanceof z.ZodDefault) return bare(shape.unwrap() as z.ZodType)
  if (shape instanceof z.ZodUnion) return bare(shape.options.find((one) => one instanceof z.ZodObject))
  return shape
}
