import { and, or, type Condition } from '@copse/conditions'

/** Undefined for no condition at all. */
export function all([first, ...rest]: Condition[]): Condition | undefined {
  return first && and(first, ...rest)
}

export function any([first, ...rest]: Condition[]): Condition | undefined {
  return first && or(first, ...rest)
}
