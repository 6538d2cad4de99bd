import { fromStructured, parse, type Condition } from '@copse/conditions'
import type { Json } from '@copse/contracts'
import type { Path } from '../parse/value.ts'
import type { StepContext } from './step.ts'

/** A condition as its author wrote it, in words or as a mapping; its faults are reported at their place in it. */
export function readCondition(json: Json, path: Path, { error }: StepContext['report']): Condition | undefined {
  const result = typeof json === 'string' ? parse(json) : fromStructured(json)
  if (result.ok) return result.condition
  for (const { message, line, column, fix, key } of result.faults) {
    error('condition_invalid', key ? [...path, key] : path, message, { fix, within: { line, column } })
  }
  return undefined
}
