import type { Json, JsonObject } from '@copse/contracts'
import { z } from 'zod'
import type { Report } from '../report/report.ts'
import { suggestion } from '../report/suggest.ts'
import type { Path } from './value.ts'

/**
 * Fits JSON to a shape and reports everything that does not fit. Unknown keys are reported and then left out, so that
 * they neither hide other faults nor stop a laxer dialect from loading.
 */
export function fit<T>(shape: z.ZodType<T>, json: Json, path: Path, report: Report): T | undefined {
  let given = json
  let result = shape.safeParse(given)
  const unknown = result.error?.issues.filter((issue) => issue.code === 'unrecognized_keys') ?? []
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
  for (const issue of result.error.issues) reportIssue(issue, given, path, report)
  return undefined
}

function reportIssue(issue: z.core.$ZodIssue, json: Json, path: Path, report: Report): void {
  const inner = issue.path as Path
  const found = jsonAt(json, inner)
  const name = inner.findLast((part) => typeof part === 'string') ?? 'This'
  const at = [...path, ...inner]
  if (found === undefined) {
    report.error('missing_key', at, `"${name}" is missing.`, { fix: `Add "${name}:".` })
    return
  }
  if (issue.code === 'invalid_type') {
    report.error('invalid_value', at, `"${name}" should be ${kindOf(issue.expected)}, not ${describe(found)}.`)
    return
  }
  report.error('invalid_value', at, `"${name}": ${issue.message}.`)
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

function describe(found: Json): string {
  if (found === null) return 'empty'
  if (Array.isArray(found)) return 'a list'
  return typeof found === 'object' ? 'a mapping' : JSON.stringify(found)
}

/** The keys that a shape knows at a place inside it, as far as it is made of objects and lists. */
function keysOf(shape: z.ZodType, path: Path): string[] {
  let at: unknown = bare(shape)
  for (const part of path) {
    if (at instanceof z.ZodArray) at = bare(at.element as z.ZodType)
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
  return shape
}
