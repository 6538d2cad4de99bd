import { describe, expect, it } from 'vitest'
import { build } from '../testing/play.ts'
import { TreeError } from '../tree/faults.ts'
import type { TreeSpec } from '../tree/spec.ts'
import { parseTree } from '../yaml.ts'

/** Every number that a node of the engine takes, and what else that node needs. */
const numbers: readonly (readonly [op: string, key: string, rest: string, children: number])[] = [
  ['cache', 'expiresMs', 'name: c', 1],
  ['cooldown', 'ms', '', 1],
  ['repeat', 'times', '', 1],
  ['repeat', 'max', 'until: { field: a, is: 1 }', 1],
  ['retry', 'attempts', '', 1],
  ['retry', 'delayMs', 'attempts: 2', 1],
  ['retry', 'maxDelayMs', 'attempts: 2', 1],
  ['retry', 'backoff', 'attempts: 2', 1],
  ['retry', 'jitter', 'attempts: 2', 1],
  ['timeout', 'ms', '', 1],
  ['while', 'max', 'condition: { field: a, is: 1 }', 1],
  ['gather', 'max', 'items: list', 1],
  ['gather', 'concurrency', 'items: list, max: 2', 1],
  ['parallel', 'concurrency', '', 1],
  ['wait', 'forMs', 'kind: timer', 0],
]

function treeOf(op: string, config: string, children: number): string {
  const below = Array.from({ length: children }, (_, n) => `    - { op: succeed, name: n${n} }`)
  const lines = ['v: 1', 'id: t', "version: '1'", 'root:', `  op: ${op}`, `  config: { ${config} }`]
  return [...lines, ...(children > 0 ? ['  children:', ...below] : [])].join('\n')
}

function compiled(text: string): string {
  try {
    build(parseTree(text).spec as unknown as TreeSpec)
    return 'accepted'
  } catch (error) {
    expect(error).toBeInstanceOf(TreeError)
    return (error as TreeError).message
  }
}

describe.each(numbers)('%s with %s', (op, key, rest, children) => {
  const given = (value: string): string =>
    compiled(treeOf(op, [rest, `${key}: ${value}`].filter((part) => part !== '').join(', '), children))

  it('takes a plain number', () => {
    expect(given('1')).toBe('accepted')
  })

  it.each(['.nan', '.inf', '-.inf', '-1', '-1e309', '1e309', 'ten', "'5'", '[1]', '{ a: 1 }', 'true', 'null'])(
    'refuses %s in YAML, under the place where it stands',
    (value) => {
      expect(given(value)).toMatch(/^(t: |tree:\d+:\d+: )/)
    },
  )
})

it.each(numbers.map(([op, , rest, children]) => [op, rest, children] as const))(
  '%s takes no setting named as what all objects have',
  (op, rest, children) => {
    for (const key of ['__proto__', 'constructor', 'toString']) {
      const config = [rest, `${key}: 1`].filter((part) => part !== '').join(', ')
      expect(compiled(treeOf(op, config, children))).not.toBe('accepted')
    }
    expect(Object.keys(Object.prototype)).toEqual([])
  },
)
