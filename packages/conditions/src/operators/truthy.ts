import type { Truthy } from '../condition.ts'
import { checkPath, printPath } from '../words.ts'
import type { Operator } from './operator.ts'

/** A bare field; last in the list, since it asks for nothing after the field. */
export const truthy: Operator<Truthy> = {
  ops: ['truthy'],
  structured: {},
  read: (_, field) => ({ op: 'truthy', field }),
  check: ({ field }) => ({ op: 'truthy', field: checkPath(field) }),
  print: ({ field }) => printPath(field),
  operands: () => [],
  looks: () => ['presence', 'equality'],
  misuses: () => [],
  compile: () => (actual) => (actual === undefined || actual === null ? undefined : actual !== '' && actual !== false),
}
