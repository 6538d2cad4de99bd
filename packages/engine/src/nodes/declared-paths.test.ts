import { expect, it } from 'vitest'
import { build, node, ok, specOf } from '../testing/play.ts'
import type { Fields } from '../tree/fields.ts'
import type { Json } from '../tree/json.ts'

const fields: Fields = { text: 'string', at: 'any', list: { list: 'any' }, inner: { object: { text: 'string' } } }
const subtrees = {
  part: { ports: { in: { a: 'any' }, out: { b: 'any' } } satisfies { [way: string]: Fields }, root: ok('a') },
}

/** Each setting that names a field, around one. */
const settings: [string, (path: string) => [op: string, config: Json, children?: number]][] = [
  ['wait.until', (until) => ['wait', { kind: 'timer', until }]],
  ['wait.keyFrom', (keyFrom) => ['wait', { kind: 'job', keyFrom }]],
  ['job.with', (path) => ['job', { jobType: 'print', with: ['at', path] }]],
  ['parseJson.from', (from) => ['parseJson', { from }]],
  ['parseJson.key', (key) => ['parseJson', { from: 'text', key }]],
  ['write.from', (from) => ['write', { key: 'at', from }]],
  ['write.key', (key) => ['write', { key, from: 'at' }]],
  ['log.show', (path) => ['log', { message: 'x', show: ['at', path] }]],
  ['log.message', (path) => ['log', { message: `{{at}} {{ ${path} }}` }]],
  ['timeout.until', (until) => ['timeout', { until }, 1]],
  ['cache.by', (path) => ['cache', { name: 'c', by: ['at', path] }, 1]],
  ['cooldown.per', (path) => ['cooldown', { ms: 5, per: ['at', path] }, 1]],
  ['compensate.keep', (path) => ['compensate', { keep: ['at', path] }, 2]],
  ['return.path', (path) => ['return', { path }, 1]],
  ['switch.on', (on) => ['switch', { on, cases: { 1: 'n0' } }, 1]],
  ['gather.items', (items) => ['gather', { items: items === 'text' ? 'list' : items, max: 2 }, 1]],
  ['subtree.in', (a) => ['subtree', { use: 'part', in: { a } }]],
  ['subtree.out', (b) => ['subtree', { use: 'part', in: { a: 'at' }, out: { b } }]],
]

it.each(settings)('%s takes a field that is declared, and refuses all others', (_, around) => {
  const built = (path: string) => {
    const [op, config, children = 0] = around(path)
    const below = Array.from({ length: children }, (_, at) => ok(`n${at}`))
    return build(specOf(node(op, config, ...below), { fields, subtrees }))
  }
  built('text')
  for (const path of ['txt', 'text.more', 'inner.txt', '__proto__', 'constructor', 'list.x']) {
    expect(() => built(path)).toThrow(`there is no field "${path}"`)
  }
})
