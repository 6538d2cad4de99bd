import type { NodeSpec } from '../../tree/spec.ts'
import { builderOf } from '../builder.ts'
import type { Node } from '../node.ts'

/** What the trees of the table declare. */
export const fields = {
  a: 'number',
  order: { object: { total: 'number', status: { enum: ['open', 'closed'] } } },
  free: 'any',
} as const

const b = builderOf<{ fields: typeof fields; subtrees: undefined }>()

/** Every node there is, as it is built, as it is in JSON, and as it is in YAML. */
export const everyNode: [built: Node, json: NodeSpec, yaml: string][] = [
  [
    b.sequence('row', b.succeed('one'), b.succeed('two')),
    {
      op: 'sequence',
      name: 'row',
      children: [
        { op: 'succeed', name: 'one' },
        { op: 'succeed', name: 'two' },
      ],
    },
    '{ op: sequence, name: row, children: [{ op: succeed, name: one }, { op: succeed, name: two }] }',
  ],
  [
    b.selector(null, b.fail('one', { code: 'no', reason: 'nobody is there' }), b.succeed(null)),
    {
      op: 'selector',
      children: [{ op: 'fail', name: 'one', config: { code: 'no', reason: 'nobody is there' } }, { op: 'succeed' }],
    },
    `{ op: selector, children: [{ op: fail, name: one, config: { code: 'no', reason: nobody is there } }, { op: succeed }] }`,
  ],
  [
    b.if('check', { branches: [{ field: 'a', is: 1 }] }, b.succeed('then'), b.succeed('else')),
    {
      op: 'if',
      name: 'check',
      config: { branches: [{ field: 'a', is: 1 }] },
      children: [
        { op: 'succeed', name: 'then' },
        { op: 'succeed', name: 'else' },
      ],
    },
    `
op: if
name: check
config: { branches: [{ field: a, is: 1 }] }
children: [{ op: succeed, name: then }, { op: succeed, name: else }]`,
  ],
  [
    b.stages(
      'talk',
      {
        initial: 'ask',
        exits: { ask: { success: 'end', failure: { to: 'explain', return: true } }, explain: { success: '$back' } },
        maxEntries: 5,
      },
      b.wait('ask', { kind: 'input' }),
      b.succeed('explain'),
    ),
    {
      op: 'stages',
      name: 'talk',
      config: {
        initial: 'ask',
        exits: { ask: { success: 'end', failure: { to: 'explain', return: true } }, explain: { success: '$back' } },
        maxEntries: 5,
      },
      children: [
        { op: 'wait', name: 'ask', config: { kind: 'input' } },
        { op: 'succeed', name: 'explain' },
      ],
    },
    `
op: stages
name: talk
config:
  initial: ask
  exits:
    ask: { success: end, failure: { to: explain, return: true } }
    explain: { success: $back }
  maxEntries: 5
children:
  - { op: wait, name: ask, config: { kind: input } }
  - { op: succeed, name: explain }`,
  ],
  [
    b.parallel('both', { success: 'any', concurrency: 1, join: 'all' }, b.succeed('one'), b.succeed('two')),
    {
      op: 'parallel',
      name: 'both',
      config: { success: 'any', concurrency: 1, join: 'all' },
      children: [
        { op: 'succeed', name: 'one' },
        { op: 'succeed', name: 'two' },
      ],
    },
    `
op: parallel
name: both
config: { success: any, concurrency: 1, join: all }
children: [{ op: succeed, name: one }, { op: succeed, name: two }]`,
  ],
  [
    b.invert('not', b.titled('Is it one?', b.assert('is', { condition: { field: 'a', is: 1 } }))),
    {
      op: 'invert',
      name: 'not',
      children: [{ op: 'assert', name: 'is', title: 'Is it one?', config: { condition: { field: 'a', is: 1 } } }],
    },
    `
op: invert
name: not
children: [{ op: assert, name: is, title: Is it one?, config: { condition: { field: a, is: 1 } } }]`,
  ],
  [
    b.forceSuccess('anyway', b.fail(null, { code: 'no' })),
    { op: 'forceSuccess', name: 'anyway', children: [{ op: 'fail', config: { code: 'no' } }] },
    `{ op: forceSuccess, name: anyway, children: [{ op: fail, config: { code: 'no' } }] }`,
  ],
  [
    b.forceFailure('never', b.parallel(null, {}, b.succeed(null))),
    { op: 'forceFailure', name: 'never', children: [{ op: 'parallel', children: [{ op: 'succeed' }] }] },
    '{ op: forceFailure, name: never, children: [{ op: parallel, children: [{ op: succeed }] }] }',
  ],
  [
    b.write('note', { key: 'order.total', value: 3.5 }),
    { op: 'write', name: 'note', config: { key: 'order.total', value: 3.5 } },
    '{ op: write, name: note, config: { key: order.total, value: 3.5 } }',
  ],
]
