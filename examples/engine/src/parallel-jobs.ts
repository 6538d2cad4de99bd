/** Jobs side by side, done in any order, over as many turns as it takes: node examples/engine/src/parallel-jobs.ts */
import { advance, compile, createRegistry, describe, nodes, tree, type Snapshot } from '@copse/engine'
import { condition, print, turnOf } from './host.ts'

const spec = tree('quotes', { version: '1' }, (b) =>
  b.sequence(
    null,
    b.parallel(
      'two of three quotes',
      { success: 2 },
      b.wait('north', { kind: 'job', key: 'north' }),
      b.wait('south', { kind: 'job', key: 'south' }),
      b.wait('east', { kind: 'job', key: 'east' }),
    ),
    b.write('choose', { key: 'state', value: 'choosing' }),
  ),
)
const quotes = compile(spec, createRegistry(nodes), { condition })

let { snapshot }: { snapshot: Snapshot } = await advance(quotes, {}, turnOf('s1', '0'))
for (const [turn, key] of ['east', 'west', 'north'].entries()) {
  print(describe(quotes, snapshot))
  const event = { kind: 'job', key, data: { price: 40 } } as const
  const rest = await advance(quotes, { snapshot, event }, turnOf('s1', `${turn + 1}`))
  print(`"${key}" is done: ${rest.ignored ? 'nobody waits for it' : rest.status}\n`)
  snapshot = rest.snapshot
}
