/** Run by a test as a program of its own: sessions one after the other, each waiting for a leaf that calls outside. */
import { advance } from '../run/advance.ts'
import { build, node, specOf, turn } from './play.ts'

const tree = build(
  specOf(node('sequence', undefined, node('call', { name: 'stock' }), node('wait', { kind: 'input' }))),
)
for (let at = 0; at < 4_000; at++) {
  // What a turn holds on to, as large as it usually is.
  const { signal } = new AbortController()
  const services = { rest: Array.from({ length: 250 }, () => ({ at })) }
  await advance(tree, {}, turn({ signal, services }))
  await new Promise((resolve) => setImmediate(resolve))
}
