import { b, type Spelled } from './scope.ts'

const two = [
  { op: 'succeed', name: 'one' },
  { op: 'succeed', name: 'two' },
]
const twoInYaml = '[{ op: succeed, name: one }, { op: succeed, name: two }]'

export const composites: Spelled[] = [
  [
    b.sequence('row', b.succeed('one'), b.succeed('two')),
    { op: 'sequence', name: 'row', children: two },
    `{ op: sequence, name: row, children: ${twoInYaml} }`,
  ],
  [
    b.selector(null, b.fail('one', { code: 'no', reason: 'nobody is there' }), b.succeed(null)),
    {
      op: 'selector',
      children: [{ op: 'fail', name: 'one', config: { code: 'no', reason: 'nobody is there' } }, { op: 'succeed' }],
    },
    `
op: selector
children:
  - { op: fail, name: one, config: { code: 'no', reason: nobody is there } }
  - { op: succeed }`,
  ],
  [
    b.reactiveSequence(
      'while it is',
      b.assert('is', { condition: { field: 'a', is: 1 } }),
      b.wait(null, { kind: 'input' }),
    ),
    {
      op: 'reactiveSequence',
      name: 'while it is',
      children: [
        { op: 'assert', name: 'is', config: { condition: { field: 'a', is: 1 } } },
        { op: 'wait', config: { kind: 'input' } },
      ],
    },
    `
op: reactiveSequence
name: while it is
children:
  - { op: assert, name: is, config: { condition: { field: a, is: 1 } } }
  - { op: wait, config: { kind: input } }`,
  ],
  [
    b.reactiveSelector('unless', b.succeed('one'), b.succeed('two')),
    { op: 'reactiveSelector', name: 'unless', children: two },
    `{ op: reactiveSelector, name: unless, children: ${twoInYaml} }`,
  ],
  [
    b.randomSelector('any', { weights: { two: 0.5 } }, b.succeed('one'), b.succeed('two')),
    { op: 'randomSelector', name: 'any', config: { weights: { two: 0.5 } }, children: two },
    `{ op: randomSelector, name: any, config: { weights: { two: 0.5 } }, children: ${twoInYaml} }`,
  ],
  [
    b.parallel('both', { success: 'any', concurrency: 1, join: 'all' }, b.succeed('one'), b.succeed('two')),
    { op: 'parallel', name: 'both', config: { success: 'any', concurrency: 1, join: 'all' }, children: two },
    `
op: parallel
name: both
config: { success: any, concurrency: 1, join: all }
children: ${twoInYaml}`,
  ],
  [
    b.gather('each', { items: 'words', as: 'word', max: 3, inherit: true }, b.succeed('one')),
    {
      op: 'gather',
      name: 'each',
      config: { items: 'words', as: 'word', max: 3, inherit: true },
      children: [{ op: 'succeed', name: 'one' }],
    },
    `
op: gather
name: each
config: { items: words, as: word, max: 3, inherit: true }
children: [{ op: succeed, name: one }]`,
  ],
  [
    b.if('check', { branches: [{ field: 'a', is: 1 }] }, b.succeed('one'), b.succeed('two')),
    { op: 'if', name: 'check', config: { branches: [{ field: 'a', is: 1 }] }, children: two },
    `
op: if
name: check
config: { branches: [{ field: a, is: 1 }] }
children: ${twoInYaml}`,
  ],
  [
    b.switch('way', { on: 'order.status', cases: { open: 'one' }, default: 'two' }, b.succeed('one'), b.succeed('two')),
    {
      op: 'switch',
      name: 'way',
      config: { on: 'order.status', cases: { open: 'one' }, default: 'two' },
      children: two,
    },
    `
op: switch
name: way
config:
  on: order.status
  cases: { open: one }
  default: two
children: ${twoInYaml}`,
  ],
  [
    b.stages(
      'talk',
      {
        initial: 'one',
        exits: { one: { success: 'end', failure: { to: 'two', return: true } }, two: { success: '$back' } },
        maxEntries: 5,
      },
      b.succeed('one'),
      b.succeed('two'),
    ),
    {
      op: 'stages',
      name: 'talk',
      config: {
        initial: 'one',
        exits: { one: { success: 'end', failure: { to: 'two', return: true } }, two: { success: '$back' } },
        maxEntries: 5,
      },
      children: two,
    },
    `
op: stages
name: talk
config:
  initial: one
  exits:
    one: { success: end, failure: { to: two, return: true } }
    two: { success: $back }
  maxEntries: 5
children: ${twoInYaml}`,
  ],
  [
    b.subtree('hello', { use: 'greet', in: { whom: { value: 'you' } }, out: { said: 'text' } }),
    { op: 'subtree', name: 'hello', config: { use: 'greet', in: { whom: { value: 'you' } }, out: { said: 'text' } } },
    '{ op: subtree, name: hello, config: { use: greet, in: { whom: { value: you } }, out: { said: text } } }',
  ],
]
