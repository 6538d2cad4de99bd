import type { Json } from '../../tree/json.ts'
import type { NodeSpec } from '../../tree/spec.ts'
import { b, type Spelled } from './scope.ts'

const leaf = (op: string, config?: { [key: string]: Json }): NodeSpec => ({ op, name: 'it', ...(config && { config }) })

export const leaves: Spelled[] = [
  [b.succeed(null), { op: 'succeed' }, '{ op: succeed }'],
  [b.fail('it', { code: 'no' }), leaf('fail', { code: 'no' }), "{ op: fail, name: it, config: { code: 'no' } }"],
  [
    b.titled('Is it one?', b.assert('it', { condition: { field: 'a', is: 1 } })),
    { ...leaf('assert', { condition: { field: 'a', is: 1 } }), title: 'Is it one?' },
    '{ op: assert, name: it, title: Is it one?, config: { condition: { field: a, is: 1 } } }',
  ],
  [
    b.wait('it', { kind: 'timer', until: 'due' }),
    leaf('wait', { kind: 'timer', until: 'due' }),
    '{ op: wait, name: it, config: { kind: timer, until: due } }',
  ],
  [
    b.write('it', { key: 'order.total', value: 3.5 }),
    leaf('write', { key: 'order.total', value: 3.5 }),
    '{ op: write, name: it, config: { key: order.total, value: 3.5 } }',
  ],
  [
    b.job('it', { jobType: 'print', with: ['text'] }),
    leaf('job', { jobType: 'print', with: ['text'] }),
    '{ op: job, name: it, config: { jobType: print, with: [text] } }',
  ],
  [
    b.parseJson('it', { from: 'text', key: 'free' }),
    leaf('parseJson', { from: 'text', key: 'free' }),
    '{ op: parseJson, name: it, config: { from: text, key: free } }',
  ],
  [b.showBlackboard('it'), leaf('showBlackboard'), '{ op: showBlackboard, name: it }'],
  [
    b.log('it', { message: 'so far', level: 'debug', show: ['order.total'] }),
    leaf('log', { message: 'so far', level: 'debug', show: ['order.total'] }),
    '{ op: log, name: it, config: { message: so far, level: debug, show: [order.total] } }',
  ],
  [
    b.todo('it', { note: 'ask the bank' }),
    leaf('todo', { note: 'ask the bank' }),
    '{ op: todo, name: it, config: { note: ask the bank } }',
  ],
]
