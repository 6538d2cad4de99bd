import type { Json } from '../../tree/json.ts'
import type { NodeSpec } from '../../tree/spec.ts'
import { b, type Spelled } from './scope.ts'

const child = b.succeed('child')
const around = (op: string, config?: { [key: string]: Json }): NodeSpec => ({
  op,
  name: 'around',
  ...(config && { config }),
  children: [{ op: 'succeed', name: 'child' }],
})
const aroundInYaml = (op: string, config?: string) => `
op: ${op}
name: around${config === undefined ? '' : `\nconfig: ${config}`}
children:
  - { op: succeed, name: child }`

const two = (op: string, config?: { [key: string]: Json }): NodeSpec => {
  const spec = around(op, config)
  return { ...spec, children: [...spec.children!, { op: 'succeed', name: 'second' }] }
}
const twoInYaml = (op: string, config?: string) => `${aroundInYaml(op, config)}\n  - { op: succeed, name: second }`

export const decorators: Spelled[] = [
  [b.invert('around', child), around('invert'), aroundInYaml('invert')],
  [b.forceSuccess('around', child), around('forceSuccess'), aroundInYaml('forceSuccess')],
  [b.forceFailure('around', child), around('forceFailure'), aroundInYaml('forceFailure')],
  [
    b.retry('around', { attempts: 3, delaysMs: [10, 20], retryOn: ['busy'] }, child),
    around('retry', { attempts: 3, delaysMs: [10, 20], retryOn: ['busy'] }),
    aroundInYaml('retry', '{ attempts: 3, delaysMs: [10, 20], retryOn: [busy] }'),
  ],
  [
    b.repeat('around', { until: { field: 'a', is: 1 }, max: 3 }, child),
    around('repeat', { until: { field: 'a', is: 1 }, max: 3 }),
    aroundInYaml('repeat', '{ until: { field: a, is: 1 }, max: 3 }'),
  ],
  [
    b.while('around', { condition: { field: 'a', is: 1 }, max: 3, failWhenNeverRun: true }, child),
    around('while', { condition: { field: 'a', is: 1 }, max: 3, failWhenNeverRun: true }),
    aroundInYaml('while', '{ condition: { field: a, is: 1 }, max: 3, failWhenNeverRun: true }'),
  ],
  [
    b.timeout('around', { until: 'due' }, child, b.succeed('second')),
    two('timeout', { until: 'due' }),
    twoInYaml('timeout', '{ until: due }'),
  ],
  [
    b.cooldown('around', { ms: 1000, per: ['text', 'order.status'], during: 'skip' }, child),
    around('cooldown', { ms: 1000, per: ['text', 'order.status'], during: 'skip' }),
    aroundInYaml('cooldown', '{ ms: 1000, per: [text, order.status], during: skip }'),
  ],
  [
    b.return('around', { path: 'order.total' }, child),
    around('return', { path: 'order.total' }),
    aroundInYaml('return', '{ path: order.total }'),
  ],
  [
    b.cache('around', { name: 'rates', by: ['a'], expiresMs: 1000 }, child),
    around('cache', { name: 'rates', by: ['a'], expiresMs: 1000 }),
    aroundInYaml('cache', '{ name: rates, by: [a], expiresMs: 1000 }'),
  ],
  [
    b.terminable('around', { signal: 'stop' }, child, b.succeed('second')),
    two('terminable', { signal: 'stop' }),
    twoInYaml('terminable', '{ signal: stop }'),
  ],
  [b.finally('around', child, b.succeed('second')), two('finally'), twoInYaml('finally')],
  [
    b.compensate('around', { keep: ['order'] }, child, b.succeed('second')),
    two('compensate', { keep: ['order'] }),
    twoInYaml('compensate', '{ keep: [order] }'),
  ],
]
