/** A tree in TypeScript, and why it decided as it did: node examples/engine/src/plain-tree.ts */
import { advance, compile, createRegistry, describe, liveView, nodes, tree, type Cell } from '@copse/engine'
import { condition, print, turnOf } from './host.ts'

const fields = { total: 'number', days: 'number', decision: 'string' } as const

const spec = tree('refund', { version: '1', fields }, (b) =>
  b.selector(
    null,
    b.sequence(
      'at once',
      b.assert('is small and recent', { condition: 'total <= 50 AND days <= 30' }),
      b.write('pay', { key: 'decision', value: 'pay at once' }),
    ),
    b.write('hand over', { key: 'decision', value: 'a person decides' }),
  ),
)

const refund = compile(spec, createRegistry(nodes), { condition })

for (const [total, days] of [
  [20, 3],
  [900, 3],
]) {
  const cells: Record<string, Cell> = { total: { value: total!, by: 'tool' }, days: { value: days!, by: 'tool' } }
  const view = liveView(refund, { cells })
  await advance(refund, { cells }, { ...turnOf(`order of ${total}`, '1'), subscribe: view.subscribe })
  const { decision } = view.json().scopes['']
  print(`An order of ${total}: ${decision?.value as string}`)
  print(`${describe(refund, view)}\n`)
}
