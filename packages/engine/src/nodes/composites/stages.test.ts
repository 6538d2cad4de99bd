import { expect, test } from 'vitest'
import {
  ask,
  build,
  called,
  entered,
  input,
  moves,
  no,
  node,
  ok,
  play,
  specOf,
  turn,
  valueOf,
} from '../../testing/play.ts'
import { advance } from '../../run/advance.ts'
import type { Json } from '../../tree/json.ts'
import type { NodeSpec } from '../../tree/spec.ts'

const machine = (exits: Json, ...stages: NodeSpec[]): NodeSpec =>
  node('stages', { initial: stages[0]?.name ?? '', exits }, ...stages)
const leave = (name: string, exit: string, by?: string): NodeSpec =>
  called(name, node('leave', by === undefined ? { exit } : { exit, by }))

test('stages follow each other by success and failure until the end', async () => {
  const played = await play(
    machine(
      { a: { success: 'b' }, b: { success: 'end', failure: 'c' }, c: { success: 'end' } },
      ok('a'),
      no('b'),
      ok('c'),
    ),
  )
  expect(played.status).toBe('success')
  expect(moves(played)).toEqual(['a -success-> b', 'b -failure-> c', 'c -success-> end'])
})

test('a named exit chooses the target and the next stage can ask how it was entered', async () => {
  const played = await play(
    machine(
      { a: { large: 'b' }, b: { success: 'end' } },
      leave('a', 'large', 'keyword'),
      called('b', node('arrival', { key: 'how' })),
    ),
  )
  expect(valueOf(played.snapshot, 'how')).toEqual({ from: 'a', exit: 'large', by: 'keyword' })
  expect(played.trace.filter((event) => event.kind === 'transition')).toMatchObject([
    { from: null, to: 'a', exit: 'start' },
    { from: 'a', to: 'b', exit: 'large', by: 'keyword' },
    { from: 'b', to: 'end', exit: 'success' },
  ])
})

test('the first stage was entered from nowhere', async () => {
  const played = await play(machine({ a: { success: 'end' } }, called('a', node('arrival', { key: 'how' }))))
  expect(valueOf(played.snapshot, 'how')).toBeNull()
})

test('an exit that is not listed counts as success, or as failure, by what the stage returned', async () => {
  const played = await play(
    machine(
      { a: { success: 'b' }, b: { success: 'c', failure: 'end' } },
      leave('a', 'odd'),
      called('b', node('leave', { exit: 'odd', fails: true })),
      ok('c'),
    ),
  )
  expect(moves(played)).toEqual(['a -odd-> b', 'b -odd-> end'])
})

test('an exit named failure never leaves by success', async () => {
  const played = await play(machine({ a: { success: 'end' } }, leave('a', 'failure')))
  expect(played).toMatchObject({ status: 'failure', failure: { code: 'no_exit' } })
})

test('a failure without a target fails with the code of the stage; a success without one with no_exit', async () => {
  expect((await play(machine({}, no('a', 'refused')))).failure).toEqual({ code: 'refused', reason: 'a said no' })
  expect((await play(machine({}, ok('a')))).failure).toMatchObject({ code: 'no_exit' })
})

test('$back goes to the stage that this one was entered from', async () => {
  const played = await play(
    machine(
      { a: { success: 'help', failure: 'end' }, help: { success: '$back' } },
      called(
        'a',
        node(
          'sequence',
          undefined,
          called('first', node('invert', undefined, node('assert', { condition: { field: 'helped', is: true } }))),
        ),
      ),
      called('help', node('write', { key: 'helped', value: true })),
    ),
  )
  expect(moves(played)).toEqual(['a -success-> help', 'help -success-> a', 'a -failure-> end'])
})

test('$back in the first stage leads nowhere', async () => {
  expect((await play(machine({ a: { success: '$back' } }, ok('a')))).failure).toMatchObject({ code: 'no_exit' })
})

const asked = { field: 'asked', is: true }
const detour = (...extra: NodeSpec[]): NodeSpec =>
  machine(
    {
      a: { missing: { to: 'ask', return: true }, success: 'end' },
      ask: { success: 'b', lost: 'b' },
      b: { success: 'end' },
    },
    called('a', node('if', { branches: [asked] }, ok('done'), leave('gap', 'missing'))),
    called('ask', node('sequence', undefined, ask('reply'), node('write', { key: 'asked', value: true }), ...extra)),
    ok('b'),
  )

test('a target with return comes back after success instead of going on, also across a wait', async () => {
  const played = await play(detour(), { events: [input('x')] })
  expect(played.status).toBe('success')
  expect(moves(played)).toEqual(['a -missing-> ask', 'ask -success-> a', 'a -success-> end'])
})

test('any exit but success forgets the return', async () => {
  const played = await play(detour(leave('away', 'lost')), { events: [input('x')] })
  expect(moves(played)).toEqual(['a -missing-> ask', 'ask -lost-> b', 'b -success-> end'])
})

test('a return counts once: entering the same stage another way later does not come back', async () => {
  const played = await play(
    machine(
      { a: { missing: { to: 'ask', return: true }, success: 'ask' }, ask: { success: 'end' } },
      called('a', node('if', { branches: [asked] }, ok('done'), leave('gap', 'missing'))),
      called('ask', node('write', { key: 'asked', value: true })),
    ),
  )
  expect(moves(played)).toEqual(['a -missing-> ask', 'ask -success-> a', 'a -success-> ask', 'ask -success-> end'])
})

const once = (name: string, key: string): NodeSpec =>
  called(name, node('if', { branches: [{ field: key, is: true }] }, ok('done'), leave('gap', 'missing')))

test('detours nest: the inner one returns to the outer one, the outer one to where it began', async () => {
  const played = await play(
    machine(
      {
        a: { missing: { to: 'b', return: true }, success: 'end' },
        b: { missing: { to: 'c', return: true }, success: 'elsewhere' },
        c: { success: 'elsewhere' },
      },
      once('a', 'seen'),
      once('b', 'seen'),
      called('c', node('write', { key: 'seen', value: true })),
      ok('elsewhere'),
    ),
  )
  expect(moves(played)).toEqual([
    'a -missing-> b',
    'b -missing-> c',
    'c -success-> b',
    'b -success-> a',
    'a -success-> end',
  ])
})

test('a detour that is broken off forgets the detours around it as well', async () => {
  const played = await play(
    machine(
      {
        a: { missing: { to: 'b', return: true } },
        b: { missing: { to: 'c', return: true }, success: 'end' },
        c: { lost: 'd' },
        d: { success: 'b' },
      },
      leave('a', 'missing'),
      once('b', 'seen'),
      called('c', node('sequence', undefined, node('write', { key: 'seen', value: true }), leave('away', 'lost'))),
      ok('d'),
    ),
  )
  expect(moves(played).slice(2)).toEqual(['c -lost-> d', 'd -success-> b', 'b -success-> end'])
})

const back = (name: string, to: string): NodeSpec =>
  called(name, node('sequence', undefined, ask('reply'), leave('away', to)))

test('detours in a circle do not grow what is saved', async () => {
  const tree = build(
    specOf(
      machine(
        { a: { b: { to: 'b', return: true } }, b: { a: { to: 'a', return: true } } },
        back('a', 'b'),
        back('b', 'a'),
      ),
    ),
  )
  let rest = await advance(tree, {}, turn())
  for (let count = 0; count < 40; count++) {
    rest = await advance(tree, { snapshot: rest.snapshot, event: input(count) }, turn())
  }
  expect(rest.snapshot.nodes['t']?.memory).toMatchObject({ returns: ['a', 'b'] })
})

test('a loop without a wait faults as livelock at the limit', async () => {
  const loop = machine({ a: { success: 'b' }, b: { success: 'a' } }, ok('a'), ok('b'))
  const played = await play(loop)
  expect(played).toMatchObject({ status: 'faulted', fault: { code: 'livelock', node: 't' } })
  expect(entered(played).filter((name) => name === 'a')).toHaveLength(100)
})

test('a loop with a wait in it goes on for as long as the customer does', async () => {
  const tree = build(specOf(machine({ a: { success: 'b' }, b: { success: 'a' } }, ask('a'), ok('b'))))
  let rest = await advance(tree, {}, turn())
  for (let count = 0; count < 250; count++)
    rest = await advance(tree, { snapshot: rest.snapshot, event: input(count) }, turn())
  expect(rest.status).toBe('running')
})

test('a loop of stages that take time faults as livelock as well', async () => {
  const loop = node(
    'stages',
    { initial: 'a', exits: { a: { success: 'a' } }, maxEntries: 7 },
    called('a', node('call', { name: 'x' })),
  )
  const played = await play(loop)
  expect(played.fault).toMatchObject({ code: 'livelock' })
  expect(entered(played).filter((name) => name === 'a')).toHaveLength(7)
})

test('every target that is no stage is reported', () => {
  const wrong = node(
    'stages',
    { initial: 'x', exits: { a: { success: 'y', failure: { to: 'end', return: true } }, z: {} } },
    ok('a'),
    ok('$back'),
  )
  const message =
    '"$back" is a reserved target and cannot name a stage; initial "x" is no stage; a.success: "y" is no stage; a.failure: "end" is no stage; exits: "z" is no stage'
  expect(() => build(specOf(wrong))).toThrow(message)
})

test('a chain of 30 diamonds stays at four nodes each, compiles in milliseconds and runs', async () => {
  const exits: Record<string, Json> = {}
  const stages: NodeSpec[] = []
  for (let index = 0; index < 30; index++) {
    const next = index === 29 ? 'end' : `fork${index + 1}`
    exits[`fork${index}`] = { left: `left${index}`, right: `right${index}` }
    exits[`left${index}`] = exits[`right${index}`] = { success: next }
    stages.push(leave(`fork${index}`, index % 2 === 0 ? 'left' : 'right'), ok(`left${index}`), ok(`right${index}`))
  }
  const spec = specOf(machine(exits, ...stages))
  const tree = build(spec)
  // The best of some, so that a busy machine does not decide.
  const times = Array.from({ length: 10 }, () => {
    const begun = performance.now()
    build(spec)
    return performance.now() - begun
  })
  expect(Math.min(...times)).toBeLessThan(20)
  expect(tree.size).toBe(91)
  const played = await play(tree)
  expect(played.status).toBe('success')
  expect(moves(played)).toHaveLength(60)
})
