import * as fc from 'fast-check'
import { describe as group, expect, it } from 'vitest'
import { z } from 'zod'
import { nodes } from '../nodes/all.ts'
import { advance, cancel, type Advance } from '../run/advance.ts'
import type { EngineEvent, Snapshot } from '../run/snapshot.ts'
import { ask, build, called, input, no, node, ok, specOf, turn } from '../testing/play.ts'
import { testNodes } from '../testing/nodes.ts'
import { answerTo } from '../testing/answer.ts'
import { memoryShelf } from '../testing/memory-shelf.ts'
import { wideTree } from '../testing/wide-tree.ts'
import { known, seen } from '../testing/watched.ts'
import { defineParent } from '../tree/registry.ts'
import type { NodeSpec } from '../tree/spec.ts'
import { Running, Success } from '../tree/status.ts'
import { liveView } from './live-view.ts'

const TURNS = 8

const write = (key: string): NodeSpec => called(`write ${key}`, node('write', { key, value: 1 }))

/** Gives its child cells, waits itself under two keys, and takes back the second when the first was answered. */
const seeding = defineParent({
  op: 'seeding',
  kind: 'decorator',
  overlays: true,
  config: z.strictObject({}),
  enter(ctx) {
    ctx.seed(0, { given: { value: 1, by: 'system' } })
    ctx.wait({ kind: 'event', key: 'one' })
    ctx.wait({ kind: 'event', key: 'two' })
    return ctx.run(0)
  },
  woken(ctx, event) {
    if (event.key === 'one') ctx.unpark()
    return Running
  },
  settled(ctx) {
    ctx.merge([])
    return Success
  },
})

group('a live view', () => {
  it('knows at every rest what the snapshot says, from events alone', async () => {
    let rests = 0
    const picks = fc.array(fc.nat(), { minLength: TURNS, maxLength: TURNS })
    await fc.assert(
      fc.asyncProperty(wideTree, picks, fc.option(fc.nat(TURNS)), async (spec, answers, cancelAt) => {
        const tree = build(spec)
        const cells = { a: { value: 1, by: 'customer' as const } }
        const view = liveView(tree, { cells })
        let late = view
        const context = turn({
          services: { jobs: { submit: () => Promise.resolve() } },
          shelf: memoryShelf(),
          subscribe(event) {
            view.subscribe(event)
            if (late !== view) late.subscribe(event)
          },
        })
        let rest = await advance(tree, { cells }, context)
        for (const [count, pick] of answers.entries()) {
          rests++
          expect(seen(view)).toEqual(known(rest.snapshot))
          expect(seen(late)).toEqual(known(rest.snapshot))
          expect(view.isWhole && late.isWhole).toBe(true)
          if (rest.status !== 'running') break
          if (count === TURNS / 2) late = liveView(tree, { snapshot: rest.snapshot })
          const { event, now } = answerTo(rest, pick)
          const next = { ...context, now }
          rest = await (cancelAt === count
            ? cancel(tree, rest.snapshot, next)
            : advance(tree, { snapshot: rest.snapshot, event }, next))
        }
      }),
      { numRuns: 200 },
    )
    expect(rests).toBeGreaterThan(250)
  })

  it('keeps what settled, why it failed and what was halted', async () => {
    const branches = [called('slow', ask('slow')), ok('quick')]
    const root = node('selector', undefined, no('closed'), node('parallel', { success: 'any' }, ...branches))
    const tree = build(specOf(root))
    const view = liveView(tree)
    await advance(tree, {}, turn({ subscribe: view.subscribe }))
    expect(view.json().nodes.map(({ id, status, code }) => [id, status, code])).toEqual([
      ['t', 'success', undefined],
      ['t/closed', 'failure', 'closed'],
      ['t/parallel', 'success', undefined],
      ['t/parallel/slow', 'halted', 'sibling'],
      ['t/parallel/quick', 'success', undefined],
    ])
  })

  it('forgets what a halted branch wrote, and what was taken out or is not confirmed any more', async () => {
    const inner = (name: string): NodeSpec => called(name, node('sequence', undefined, write(name), ask('q')))
    const root = node(
      'sequence',
      undefined,
      node(
        'parallel',
        { success: 'any' },
        called('deep', node('parallel', undefined, inner('a'), inner('b'))),
        called('last', ask('last')),
      ),
      write('c'),
      called('gone', node('forget', { key: 'c' })),
      ask('end'),
    )
    const tree = build(specOf(root))
    const view = liveView(tree)
    const context = turn({ subscribe: view.subscribe })
    const first = await advance(tree, {}, context)
    expect(Object.keys(view.json().scopes)).toEqual(['', 't/parallel/deep/a', 't/parallel/deep/b'])
    const event: EngineEvent = { ...input('x'), node: 't/parallel/last' }
    const { snapshot } = await advance(tree, { snapshot: first.snapshot, event }, context)
    expect(seen(view)).toEqual(known(snapshot))
    expect(view.json().scopes).toEqual({ '': {} })
  })

  it('follows frames that are given cells, and a parent that takes its waits back', async () => {
    const root = node(
      'seeding',
      undefined,
      node('sequence', undefined, node('write', { key: 'x', value: 2 }), ask('q')),
    )
    const tree = build(specOf(root), [...nodes, ...testNodes, seeding])
    const view = liveView(tree)
    const context = turn({ subscribe: view.subscribe })
    let { snapshot } = await advance(tree, {}, context)
    expect(Object.keys(view.json().scopes['t/sequence']!)).toEqual(['given', 'x'])
    for (const event of [{ kind: 'event', key: 'one', data: 1 } as const, input('end')]) {
      snapshot = (await advance(tree, { snapshot, event }, context)).snapshot
      expect(seen(view)).toEqual(known(snapshot))
    }
    expect(view.json()).toMatchObject({ status: 'success', waits: [], scopes: { '': {} } })
  })

  it('answers only the wait of a parent that was answered', async () => {
    const tree = build(specOf(node('seeding', undefined, ask('q'))), [...nodes, ...testNodes, seeding])
    const view = liveView(tree)
    const context = turn({ subscribe: view.subscribe })
    const { snapshot } = await advance(tree, {}, context)
    await advance(tree, { snapshot, event: { kind: 'event', key: 'two', data: 1 } }, context)
    expect(view.waits.map(({ wait }) => wait.key)).toEqual(['one', undefined])
  })

  it('hears signals and faults', async () => {
    const tree = build(specOf(node('sequence', undefined, ask('q'), node('boom'))))
    const view = liveView(tree)
    const context = turn({ subscribe: view.subscribe })
    const first = await advance(tree, {}, context)
    const second = await advance(
      tree,
      { snapshot: first.snapshot, event: { kind: 'signal', key: 'stop', data: null } },
      context,
    )
    expect(view.json().signals).toEqual(['stop'])
    await advance(tree, { snapshot: second.snapshot, event: input('go') }, context)
    expect(view.json()).toMatchObject({
      status: 'faulted',
      fault: { node: 't/boom', code: 'node_threw', reason: 'the bug in this leaf' },
      waits: [],
    })
    expect(view.at(0)).toEqual({ status: 'halted', waits: [], code: 'over' })
  })

  it('says when it missed something or heard it twice, and is whole again after a restart', async () => {
    const tree = build(specOf(node('sequence', undefined, ask('q'), ok('a'))))
    const view = liveView(tree)
    const { snapshot } = await advance(tree, {}, turn({ subscribe: view.subscribe }))
    const again = (): Promise<Advance> =>
      advance(tree, { snapshot, event: input(1) }, turn({ subscribe: view.subscribe }))
    await again()
    expect(view.isWhole).toBe(true)
    await again()
    expect(view.isWhole).toBe(false)
    view.restart({ snapshot })
    const rest = await again()
    expect(view.isWhole).toBe(true)
    expect(seen(view)).toEqual(known(rest.snapshot))
  })

  it('is whole JSON, and so is what it was restarted from', async () => {
    const tree = build(specOf(node('sequence', undefined, { ...ok('hello'), title: 'Say hello' }, ask('q'))))
    const view = liveView(tree)
    const { snapshot } = await advance(tree, {}, turn({ subscribe: view.subscribe }))
    expect(JSON.parse(JSON.stringify(view.json()))).toEqual(view.json())
    const carried = liveView(tree, { snapshot: JSON.parse(JSON.stringify(snapshot)) as Snapshot })
    expect(seen(carried)).toEqual(known(snapshot))
    expect(view.json().nodes[1]).toEqual({
      id: 't/hello',
      op: 'succeed',
      title: 'Say hello',
      parent: 't',
      status: 'success',
      visit: 2,
    })
  })

  it('never stands in the way of a session of another tree', async () => {
    const view = liveView(build(specOf(ok('a'), { id: 'other' })))
    const { status } = await advance(
      build(specOf(node('sequence', undefined, ok('a')))),
      {},
      turn({ subscribe: view.subscribe }),
    )
    expect(status).toBe('success')
    expect(view.isWhole).toBe(false)
  })
})
