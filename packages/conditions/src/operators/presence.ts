import type { Presence } from '../condition.ts'
import { Refusal } from '../refusal.ts'
import { checkPath, printPath } from '../words.ts'
import type { Operator } from './operator.ts'

const structured = (op: Presence['op']) => (field: string, value: unknown) => {
  if (value === undefined || value === null || value === '' || value === true) return { op, field }
  throw new Refusal(`\`${op}\` takes no value.`, { fix: 'Remove `value`; the opposite of `exists` is `missing`.' })
}

export const presence: Operator<Presence> = {
  ops: ['exists', 'missing'],
  structured: { exists: structured('exists'), missing: structured('missing') },
  read(tokens, field) {
    if (tokens.takeIf('exists')) return { op: 'exists', field }
    return tokens.takeIf('missing') ? { op: 'missing', field } : undefined
  },
  check: ({ op, field }) => ({ op: op === 'exists' ? 'exists' : 'missing', field: checkPath(field) }),
  print: ({ op, field }) => `${printPath(field)} ${op}`,
  operands: () => [],
  looks: () => ['presence'],
  misuses: () => [],
  compile({ op }) {
    const wanted = op === 'exists'
    return (actual) => (actual !== undefined && actual !== null) === wanted
  },
}
