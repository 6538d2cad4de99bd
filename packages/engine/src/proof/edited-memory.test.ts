import { expect, it } from 'vitest'
import { advance, type Advance } from '../run/advance.ts'
import { ask, build, called, node, no, ok, specOf, turn } from '../testing/play.ts'
import { EngineFault } from '../tree/faults.ts'
import type { Json } from '../tree/json.ts'
import type { NodeSpec } from '../tree/spec.ts'

const row = (...children: NodeSpec[]): NodeSpec => node('sequence', undefined, ...children)
const refused = row(ask('x'), no('n'))
const there = { success: 'b', failure: { to: 'b', return: true } }

const trees: [string, NodeSpec][] = [
  ['selector', node('selector', undefined, refused, ok('b'))],
  ['randomSelector', node('randomSelector', { weights: { b: 0 } }, refused, ok('b'))],
  [
    'reactiveSelector',
    node('reactiveSelector', undefined, refused, node('assert', { condition: { field: 'q', is: 2 } })),
  ],
  ['parallel', node('parallel', { success: 1 }, refused, ask('b'))],
  ['gather', node('gather', { items: [1, 2] }, ask('a'), ask('b'))],
  ['retry', node('retry', { attempts: 3 }, row(ask('x'), node('call', { name: 'z' }), no('n')))],
  [
    'stages',
    node('stages', { initial: 'a', exits: { a: there, b: { success: '$back' } } }, called('a', refused), ask('b')),
  ],
  [
    'stages that go back',
    node(
      'stages',
      { initial: 'a', exits: { a: { success: 'b' }, b: { failure: '$back' } } },
      ok('a'),
      called('b', refused),
    ),
  ],
  [
    'cooldown',
    node('repeat', { times: 2 }, row(node('forceSuccess', undefined, node('cooldown', { ms: 9 }, ok('k'))), ask('x'))),
  ],
]

const values: Json[] = [null, true, -1, 1, 2 ** 31, 'x', [], [null], ['a'], {}, { order: [], refusals: [] }]
values.push({ order: [9], refusals: [] }, { order: 'x', refusals: null }, { order: [0, 1], refusals: [null] })
values.push({ named: {} }, { named: 5 }, { entered: null }, { entered: { from: 5 } }, { returns: [5] }, { returns: {} })
values.push({ returns: null }, { items: 2, settled: 0, results: null }, { items: -1 }, { count: 1, refusals: null })
values.push({ count: 0, refusals: { 7: null } }, { count: 1, refusals: {}, decided: 9 }, { at: 'x' }, { attempt: 'x' })
values.push(
  { attempt: 0, seen: 5 },
  { attempt: 0, seen: { 't/sequence/call': null } },
  { attempt: 0, again: { t: 'x' } },
)
values.push({ attempt: 0, tries: 7, seen: null }, { done: true, failure: null }, { failure: 5 }, { n: { code: 1 } })

/** Answers whatever it waits for, a few times. */
async function outcomeOf(tree: ReturnType<typeof build>, snapshot: Advance['snapshot']): Promise<string> {
  let rest: Advance = { snapshot, status: 'running', waits: snapshot.waits }
  try {
    for (let count = 0; count < 5 && rest.status === 'running'; count++) {
      const { node, wait } = rest.waits[0]!
      const event = { kind: wait.kind, node, data: count }
      rest = await advance(tree, { snapshot: rest.snapshot, event }, turn({ seed: String(count) }))
    }
  } catch (error) {
    if (error instanceof EngineFault) return error.code
    throw error
  }
  return rest.fault?.code ?? rest.status
}

it.each(trees)('what a %s remembers may have been edited to anything: nothing in it throws', async (_, root) => {
  const tree = build(specOf(root))
  const { snapshot } = await advance(tree, {}, turn())
  for (const value of values) {
    for (const id of [...Object.keys(snapshot.nodes), ...Object.keys(snapshot.kept ?? {})]) {
      const edited = structuredClone(snapshot)
      if (edited.kept?.[id] !== undefined) edited.kept[id] = value
      else edited.nodes[id]!.memory = value
      expect(await outcomeOf(tree, edited), `${id}: ${JSON.stringify(value)}`).not.toBe('node_threw')
    }
  }
})

it('a stage to go back to that there is not is no way to succeed', async () => {
  const stages = { initial: 'a', exits: { a: { success: 'b' }, b: { success: '$back' } } }
  const tree = build(specOf(node('stages', stages, ok('a'), ask('b'))))
  const { snapshot } = await advance(tree, {}, turn())
  for (const memory of [
    { entered: { from: 'nowhere', exit: 'x' } },
    { entered: { from: 5, exit: 'x' } },
    { returns: ['nowhere'] },
  ]) {
    const edited = structuredClone(snapshot)
    edited.nodes['t']!.memory = memory as Json
    expect(await outcomeOf(tree, edited), JSON.stringify(memory)).toBe('snapshot_invalid')
  }
})
