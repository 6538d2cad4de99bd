import { expect, it } from 'vitest'
import { nodes } from '../nodes/all.ts'
import { condition, node, ok, specOf } from '../testing/play.ts'
import { compile } from './compile.ts'
import { TreeError } from './faults.ts'
import type { Json } from './json.ts'
import { createRegistry } from './registry.ts'
import type { NodeSpec } from './spec.ts'

function messagesFor(op: string, config: Json, ...children: NodeSpec[]): string[] {
  try {
    compile(specOf(node(op, config, ...children)), createRegistry(nodes), { condition })
  } catch (error) {
    if (error instanceof TreeError) return error.faults.map(({ message }) => message)
    throw error
  }
  return []
}

it('of several kinds of config, the one meant is what is complained about', () => {
  expect(messagesFor('write', { key: '', value: 1 })).toEqual([expect.stringMatching(/^config\.key: Too small/)])
  expect(messagesFor('write', { key: 'a', from: 7 })).toEqual([
    'config.from: Invalid input: expected string, received number',
  ])
  expect(messagesFor('wait', { kind: 'timer', until: 'x', colour: 'red' })).toEqual([
    'config: Unrecognized key: "colour"',
  ])
  expect(messagesFor('repeat', { until: { field: 'a', is: 1 } }, ok('a'))).toEqual([
    expect.stringMatching(/^config\.max: /),
  ])
})

it('what is of no kind at all is called that', () => {
  expect(messagesFor('write', 'a')).toEqual(['config: Invalid input: expected object, received string'])
})
