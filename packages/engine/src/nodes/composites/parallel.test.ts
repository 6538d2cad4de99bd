import { describe, expect, it } from 'vitest'
import { advance, cancel } from '../../run/advance.ts'
import { overJson, playAnew } from '../../testing/anew.ts'
import { build, called, entered, no, node, ok, play, specOf, turn, valueOf } from '../../testing/play.ts'
import { TreeError } from '../../tree/faults.ts'
import type { Json } from '../../tree/json.ts'
import type { NodeSpec } from '../../tree/spec.ts'

const both = (config: Json | undefined, ...children: NodeSpec[]): NodeSpec => node('parallel', config, ...children)
const row = (name: string, ...children: NodeSpec[]): NodeSpec => called(name, node('sequence', undefined, ...children))
/** Waits for the event of its name; then succeeds, or fails with its name as code. */
const later = (name: string): NodeSpec => called(name, node('wait', { kind: 'event', key: name }))
const laterNo = (name: string): NodeSpec => row(name, later(`${name} comes`), no(`${name} fails`, name))
const come = (key: string) => ({ kind: 'event', key, data: null }) as const
const halted = ({ trace }: { trace: { kind: string; node: string }[] }): string[] =>
  trace.filter(({ kind }) => kind === 'halt').map(({ node }) => node)

describe('a parallel', () => {
  it('runs all its children, in order, and succeeds when all have', async () => {
    const played = await play(both(undefined, ok('a'), ok('b'), ok('c')))
    expect(played.status).toBe('success')
    expect(entered(played)).toEqual(['t', 'a', 'b', 'c'])
  })

  it('fails with the first failure when all must succeed, and starts no other', async () => {
    const played = await play(both(undefined, ok('a'), no('b', 'closed'), ok('c')))
    expect(played).toMatchObject({ status: 'failure', failure: { code: 'closed', reason: 'b said no' } })
    expect(entered(played)).toEqual(['t', 'a', 'b'])
  })

  it('waits for all that wait, and settles with the last of them', async () => {
    const root = both(undefined, later('a'), ok('b'), later('c'))
    const played = await play(root, { events: [come('c')] })
    expect([played.status, played.waits.map(({ node }) => node)]).toEqual(['running', ['t/a']])
    expect((await play(root, { events: [come('c'), come('a')] })).status).toBe('success')
  })

  it('succeeds with the first success when any will do, and halts the rest', async () => {
    const played = await play(both({ success: 'any' }, later('a'), row('b', later('x')), no('c')), {
      events: [come('x')],
    })
    expect(played.status).toBe('success')
    expect(halted(played)).toEqual(['t/a'])
    expect(played.snapshot.waits).toEqual([])
  })

  it('fails when any would have done and none did, with every reason in the order of the children', async () => {
    const root = both({ success: 'any' }, laterNo('a'), no('b'), laterNo('c'))
    const played = await play(root, { events: [come('c comes'), come('a comes')] })
    expect(played.failure).toEqual({
      code: 'all_failed',
      reason: 'a: a fails said no; b: b said no; c: c fails said no',
    })
  })

  it('succeeds with the n-th success', async () => {
    const root = both({ success: 2 }, later('a'), later('b'), later('c'))
    expect((await play(root, { events: [come('c')] })).status).toBe('running')
    const played = await play(root, { events: [come('c'), come('a')] })
    expect([played.status, halted(played)]).toEqual(['success', ['t/b']])
  })

  it('takes a number below zero as so many fewer than all', async () => {
    const root = both({ success: -1 }, no('a'), later('b'), ok('c'))
    expect((await play(root)).status).toBe('running')
    expect((await play(root, { events: [come('b')] })).status).toBe('success')
    expect((await play(both({ success: -1 }, no('a'), no('b'), later('c')))).failure).toMatchObject({
      code: 'all_failed',
    })
  })

  it('fails as soon as enough cannot succeed any more', async () => {
    const played = await play(both({ success: 2 }, later('a'), no('b'), no('c')))
    expect([played.status, halted(played)]).toEqual(['failure', ['t/a']])
  })

  it('fails with the n-th failure where that is said, sooner or later than it must', async () => {
    const sooner = await play(both({ success: 'any', failure: 1 }, later('a'), no('b'), ok('c')))
    expect(sooner).toMatchObject({ status: 'failure', failure: { code: 'b' } })
    const root = both({ failure: 2 }, no('a'), later('b'), laterNo('c'))
    expect((await play(root)).status).toBe('running')
    expect((await play(root, { events: [come('c comes')] })).failure).toMatchObject({ code: 'all_failed' })
    expect((await play(root, { events: [come('b')] })).status).toBe('running')
    const last = await play(both({ failure: 3 }, no('a'), ok('b'), ok('c')))
    expect(last).toMatchObject({ status: 'failure', failure: { code: 'a' } })
  })

  it('that joins all lets the others finish, and keeps to what was decided first', async () => {
    const root = both({ success: 1, failure: 1, join: 'all' }, later('a'), laterNo('b'))
    const good = await play(root, { events: [come('a'), come('b comes')] })
    expect([good.status, good.failure, halted(good)]).toEqual(['success', undefined, []])
    expect((await play(root, { events: [come('a')] })).status).toBe('running')
    const bad = await play(root, { events: [come('b comes'), come('a')] })
    expect(bad).toMatchObject({ status: 'failure', failure: { code: 'b' } })
  })

  it('that joins all starts those as well that came after the decision', async () => {
    const played = await play(both({ success: 'any', join: 'all', concurrency: 1 }, ok('a'), no('b'), ok('c')))
    expect([played.status, entered(played)]).toEqual(['success', ['t', 'a', 'b', 'c']])
  })

  it('runs no more at the same time than it may', async () => {
    const root = both({ concurrency: 2 }, later('a'), later('b'), ok('c'), later('d'), later('e'))
    const waiting = async (...events: string[]) =>
      (await play(root, { events: events.map(come) })).waits.map(({ node }) => node)
    expect(await waiting()).toEqual(['t/a', 't/b'])
    expect(await waiting('b')).toEqual(['t/a', 't/d'])
    expect(await waiting('b', 'd')).toEqual(['t/a', 't/e'])
    expect((await play(root, { events: ['b', 'd', 'a', 'e'].map(come) })).status).toBe('success')
  })

  it('starts the next one when a child comes to rest deep below', async () => {
    const inner = called('in', both({ concurrency: 1 }, row('x', later('a')), later('b')))
    const root = both({ concurrency: 2 }, inner, later('c'), later('d'))
    const played = await play(root)
    expect(played.waits.map(({ node }) => node)).toEqual(['t/in/x/a', 't/c'])
    const end = await play(root, { events: ['c', 'a', 'd', 'b'].map(come) })
    expect(end.status).toBe('success')
  })

  it('does not run again what settled before a wait', async () => {
    const played = await play(both(undefined, ok('a'), later('b'), ok('c')), { events: [come('b')] })
    expect(entered(played)).toEqual(['t', 'a', 'b', 'c'])
  })

  it('runs everything anew when it is entered again', async () => {
    const played = await play(node('repeat', { times: 2 }, both({ success: -1 }, no('a'), later('b'))), {
      events: [come('b'), come('b')],
    })
    expect(played.status).toBe('success')
    expect(entered(played)).toEqual(['t', 'parallel', 'a', 'b', 'parallel', 'a', 'b'])
  })

  it('goes on in another process as if it had never stopped', async () => {
    const root = both({ success: 2, concurrency: 3, failure: 3 }, laterNo('a'), later('b'), later('c'), laterNo('d'))
    const events = ['a comes', 'd comes', 'c', 'b'].map(come)
    const stopped = await playAnew(() => build(specOf(root)), { events })
    const { trace, ...stayed } = await play(root, { events })
    expect(stopped.trace).toEqual(trace)
    expect(stopped.status).toBe('success')
    expect(stopped.snapshot).toEqual(stayed.snapshot)
  })

  it('that is cancelled halts its children before itself', async () => {
    const tree = build(specOf(both(undefined, row('a', later('x')), ok('b'), later('c'))))
    const { snapshot } = await advance(tree, {}, turn())
    const trace: { kind: string; node: string }[] = []
    const end = await cancel(tree, overJson(snapshot), turn({ subscribe: (event) => trace.push(event) }))
    expect(end.status).toBe('cancelled')
    expect(halted({ trace })).toEqual(['t/a/x', 't/a', 't/c', 't'])
  })

  it('holds a thousand children, and parallels in parallels', async () => {
    const many = Array.from({ length: 1_000 }, (_, child) => (child % 3 === 0 ? later(`n${child}`) : ok(`n${child}`)))
    const tree = build(specOf(both(undefined, ...many)))
    let rest = await advance(tree, {}, turn())
    expect(rest.waits).toHaveLength(334)
    for (let child = 999; child >= 0; child -= 3) {
      rest = await advance(tree, { snapshot: rest.snapshot, event: come(`n${child}`) }, turn())
    }
    expect(rest.status).toBe('success')

    let deep = later('end')
    for (let depth = 0; depth < 100; depth++) deep = called(`p${depth}`, both(undefined, ok('a'), deep, ok('b')))
    expect((await play(deep, { events: [come('end')] })).status).toBe('success')
  })

  it('refuses what can never happen, naming the node', () => {
    const refused = (config: Json): string => {
      try {
        build(specOf(both(config, ok('a'), ok('b'))))
        return 'accepted'
      } catch (error) {
        expect(error).toBeInstanceOf(TreeError)
        return (error as Error).message
      }
    }
    expect(refused({ success: 3 })).toBe('t: 3 of 2 children can never succeed')
    expect(refused({ success: 0 })).toBe('t: 0 of 2 children can never succeed')
    expect(refused({ success: -2 })).toBe('t: -2 of 2 children can never succeed')
    expect(refused({ failure: 3 })).toBe('t: 3 of 2 children can never fail')
    for (const config of [
      { success: 'some' },
      { success: 1.5 },
      { success: null },
      { failure: 0 },
      { concurrency: 0 },
      { concurrency: '2' },
      { join: 'none' },
      { sucess: 1 },
      [],
      'all',
    ]) {
      expect(refused(config as Json)).toMatch(/^t: config/)
    }
    expect(() => build(specOf(both({})))).toThrow('t: "parallel" takes 1 or more children, not 0')
  })
})

describe('what the children of a parallel write', () => {
  const write = (key: string, value: Json): NodeSpec => called(`w ${key}`, node('write', { key, value }))
  const see = (key: string, as: string): NodeSpec => called(`see ${key}`, node('write', { key: as, from: key }))

  it('is not seen by the others, and is there afterwards', async () => {
    const root = both({ success: -1 }, row('a', write('x', 1)), row('b', see('x', 'y')), row('c', write('z', 3)))
    const { snapshot, status } = await play(root)
    expect(status).toBe('success')
    expect([valueOf(snapshot, 'x'), valueOf(snapshot, 'y'), valueOf(snapshot, 'z')]).toEqual([1, undefined, 3])
    expect(Object.keys(snapshot.scopes)).toEqual([''])
  })

  it('is laid down in the order of the children, whoever came last', async () => {
    const root = both(undefined, row('a', later('go a'), write('x', 'a')), row('b', later('go b'), write('x', 'b')))
    for (const order of [
      ['go a', 'go b'],
      ['go b', 'go a'],
    ]) {
      expect(valueOf((await play(root, { events: order.map(come) })).snapshot, 'x')).toBe('b')
    }
  })

  it('never happened where a child was halted, and stays where it failed', async () => {
    const root = both(
      { success: 'any' },
      row('a', write('x', 1), later('never')),
      row('b', write('y', 2), no('failing')),
      row('c', write('z', 3)),
    )
    const { snapshot } = await play(root)
    expect(snapshot.scopes['']).toMatchObject({ y: { value: 2 }, z: { value: 3 } })
    expect(valueOf(snapshot, 'x')).toBeUndefined()
  })

  it('is kept apart in the snapshot as long as it is not decided, also what was taken out', async () => {
    const root = both(undefined, row('a', write('x', 1), node('forget', { key: 'k' })), later('b'))
    const played = await playAnew(() => build(specOf(root)), { cells: { k: 1 }, events: [come('b')] })
    expect(played.rests[0]!.snapshot.scopes).toEqual({
      '': { k: { value: 1, by: 'system' } },
      't/a': { x: { value: 1, by: 'system' }, k: null },
    })
    expect(played.snapshot.scopes).toEqual({ '': { x: { value: 1, by: 'system' } } })
  })

  it('goes into the overlay that lies around a parallel within another', async () => {
    const inner = called('in', both(undefined, row('a', write('x', 1)), row('b', later('go'))))
    const root = both(undefined, row('one', inner, later('end')), row('two', see('x', 'seen')))
    const { snapshot } = await play(both({ failure: 2 }, ...root.children!), { events: [come('go')] })
    expect(snapshot.scopes['t/one']).toEqual({ x: { value: 1, by: 'system' } })
    expect(valueOf(snapshot, 'seen')).toBeUndefined()
  })

  it('under one name is warned of when two of them do', () => {
    const tree = build(
      specOf(both(undefined, row('a', write('x', 1)), row('b', write('y', 1)), row('c', write('x', 2)))),
    )
    expect(tree.warnings).toEqual([
      { id: 't', message: '"a" and "c" both write "x"; what the later child writes stays' },
    ])
  })

  it('to a blackboard of its own is not warned of', () => {
    const subtrees = { part: { ports: { out: { x: 'any' } }, root: write('x', 1) } } as const
    const part = (name: string, out: string): NodeSpec =>
      called(name, node('subtree', { use: 'part', out: { x: out } }))
    const apart = build(specOf(both(undefined, part('a', 'y'), part('b', 'z')), { subtrees }))
    expect(apart.warnings).toEqual([])
    const same = build(specOf(both(undefined, part('a', 'y'), part('b', 'y')), { subtrees }))
    expect(same.warnings).toHaveLength(1)
    const each = (name: string): NodeSpec => called(name, node('gather', { items: [1] }, write('x', 1)))
    expect(build(specOf(both(undefined, each('a'), each('b')))).warnings).toEqual([])
  })
})
