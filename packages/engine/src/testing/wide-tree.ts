import * as fc from 'fast-check'
import type { Json } from '../tree/json.ts'
import type { NodeSpec, TreeSpec } from '../tree/spec.ts'
import { answerable } from './answer.ts'
import { specOf } from './play.ts'
import { randomTreeOf } from './random-tree.ts'

/** Random trees in which nearly every node of the engine can stand below nearly every other. */

const keys = fc.constantFrom('a', 'b', 'c')
const condition = fc.record({ field: keys, is: fc.constantFrom<Json>(1, 'x') })

const leaves: readonly fc.Arbitrary<NodeSpec>[] = [
  ...answerable,
  fc.record({ key: keys, from: keys }).map((config) => ({ op: 'write', config })),
  fc.constant({ op: 'showBlackboard' }),
  keys.map((key) => ({ op: 'log', config: { message: `{{${key}}}`, show: [key] } })),
  fc.constant({ op: 'todo', config: { note: 'later' } }),
  keys.map((from) => ({ op: 'parseJson', config: { from } })),
  fc.constant({ op: 'forget', config: { key: 'a' } }),
  fc.record({ total: keys, price: keys }).map(({ total, price }) => ({
    op: 'subtree',
    config: { use: 'priced', in: { total }, out: { price } },
  })),
]

/** Cleaning up and undoing may not wait. */
const atOnce: fc.Arbitrary<NodeSpec> = fc.oneof(
  keys.map((key): NodeSpec => ({ op: 'write', config: { key, value: 'cleaned' } })),
  keys.map((name): NodeSpec => ({ op: 'call', config: { name } })),
  fc.constant<NodeSpec>({ op: 'fail', config: { code: 'uncleaned' } }),
)

const settings = fc.record({
  ms: fc.constantFrom(1, 50),
  field: keys,
  condition,
  second: atOnce,
  success: fc.constantFrom('all', 'any'),
  join: fc.constantFrom('decided', 'all'),
  few: fc.constantFrom(1, 2),
})
type Settings = typeof settings extends fc.Arbitrary<infer S> ? S : never

/** Around one child, or around a row of them. */
const parents: Readonly<Record<string, (children: NodeSpec[], settings: Settings) => NodeSpec>> = {
  timeout: ([only], { ms }) => ({ op: 'timeout', config: { ms }, children: [only!] }),
  timeoutWithFallback: ([only], { ms, second }) => pair('timeout', { ms }, only!, second),
  retry: ([only], { ms }) => ({ op: 'retry', config: { attempts: 2, delayMs: ms }, children: [only!] }),
  repeat: ([only], { few }) => ({ op: 'repeat', config: { times: few }, children: [only!] }),
  while: ([only], { condition }) => ({ op: 'while', config: { condition, max: 2 }, children: [only!] }),
  cooldown: ([only], { ms }) => ({ op: 'cooldown', config: { ms, during: 'last' }, children: [only!] }),
  cooldownPer: ([only], { ms, field }) => ({ op: 'cooldown', config: { ms, per: [field] }, children: [only!] }),
  cache: ([only], { field }) => ({ op: 'cache', config: { name: 'c', by: [field] }, children: [only!] }),
  forceFailure: ([only]) => ({ op: 'forceFailure', children: [only!] }),
  return: ([only], { field }) => ({ op: 'return', config: { path: field }, children: [only!] }),
  terminable: ([only], { second }) => pair('terminable', { signal: 'stop' }, only!, second),
  finally: ([only], { second }) => pair('finally', {}, only!, second),
  compensate: ([only], { field, second }) => pair('compensate', { keep: [field] }, only!, second),
  reactiveSequence: ([only], { condition }) =>
    pair('reactiveSequence', {}, { op: 'assert', config: { condition } }, only!),
  reactiveSelector: ([only], { condition }) =>
    pair('reactiveSelector', {}, { op: 'assert', config: { condition } }, only!),
  parallel: (children, { success, join }) => ({ op: 'parallel', config: { success, join }, children }),
  few: (children, { few }) => ({ op: 'parallel', config: { concurrency: few }, children }),
  randomSelector: (children) => ({ op: 'randomSelector', children }),
  switch: (children, { field }) => ({
    op: 'switch',
    config: { on: field, cases: Object.fromEntries(children.map(({ name }, n) => [n, name!])), default: 'n0' },
    children,
  }),
  gather: (children) => ({ op: 'gather', config: { items: children.map((_, n) => n), inherit: true }, children }),
  gatherField: ([only], { field }) => ({ op: 'gather', config: { items: field, max: 2 }, children: [only!] }),
}

function pair(op: string, config: Json, first: NodeSpec, second: NodeSpec): NodeSpec {
  return { op, config, children: [first, second].map((child, n) => ({ ...child, name: `n${n}` })) }
}

const priced: NonNullable<TreeSpec['subtrees']> = {
  priced: {
    ports: { in: { total: 'any' }, out: { price: 'any' } },
    root: {
      op: 'sequence',
      children: [
        { op: 'write', config: { key: 'price', from: 'total' } },
        { op: 'wait', config: { kind: 'input' } },
      ],
    },
  },
}

const roots = randomTreeOf({
  leaves,
  parents: (children) =>
    Object.values(parents).map((make) => fc.tuple(children, settings).map(([row, chosen]) => make(row, chosen))),
})

export const wideTree: fc.Arbitrary<TreeSpec> = fc
  .array(roots, { minLength: 1, maxLength: 3 })
  .map((branches) => branches.map((branch, n) => ({ ...branch, name: `b${n}` })))
  .map((branches) => specOf({ op: 'parallel', config: { success: 1 }, children: branches }, { subtrees: priced }))
