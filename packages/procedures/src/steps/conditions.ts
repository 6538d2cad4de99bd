import { and, compile, or, type Condition } from '@copse/conditions'

/** Every field that a condition reads. */
export const fieldsOf = (condition: Condition): string[] => compile(condition).fields

/** Undefined for no condition at all. */
export function all([first, ...rest]: Condition[]): Condition | undefined {
  return first && and(first, ...rest)
}

export function any([first, ...rest]: Condition[]): Condition | undefined {
  return first && or(first, ...rest)
}
