import { describe, expect, it } from 'vitest'
import { act, buildActing, settled, Stage } from '../testing/acting.ts'
import { ask, called, input, node, no, play, turn, valueOf } from '../testing/play.ts'
import type { Json } from '../tree/json.ts'
import type { NodeSpec, TreeSpec } from '../tree/spec.ts'
import { advance, cancel } from './advance.ts'

const row = (...children: NodeSpec[]): NodeSpec => node('sequence', undefined, ...children)
const write = (key: string, value: Json): NodeSpec => called(`w ${key}`, node('write', { key, value }))
const cleaned = (body: NodeSpec, cleanup: NodeSpec): NodeSpec =>
  node('finally', undefined, called('body', body), called('cleanup', cleanup))
const other = (name: string): NodeSpec => called(name, node('wait', { kind: 'event', key: name }))

const inSubtree = (root: NodeSpec): Partial<TreeSpec> => ({ subtrees: { part: { root } } })
const part = node('subtree', { use: 'part' })

describe('what is cleaned up after a halt', () => {
  it('sees what its branch wrote, and leaves nothing of it behind', async () => {
    const stage = new Stage()
    const cleanup = row(act('free', { sees: ['room'] }), write('freed', true))
    const branch = cleaned(row(write('room', 12), ask('w')), cleanup)
    const race = node('parallel', { success: 'any' }, called('a', branch), other('b'))
    const tree = buildActing(row(race, ask('end')))
    const { snapshot } = await advance(tree, {}, turn({ services: stage }))
    const event = { kind: 'event', key: 'b', data: null } as const
    const rest = await advance(tree, { snapshot, event }, turn({ services: stage }))
    expect(stage.log).toEqual(['free 12'])
    expect(rest.snapshot.scopes).toEqual({ '': {} })
  })

  it('sees the frame of a subtree', async () => {
    const stage = new Stage()
    const root = cleaned(row(write('room', 12), ask('w')), act('free', { sees: ['room'] }))
    const tree = buildActing(node('timeout', { ms: 10 }, part), inSubtree(root))
    const { snapshot } = await advance(tree, {}, turn({ now: 0, services: stage }))
    await advance(tree, { snapshot, event: input('late') }, turn({ now: 20, services: stage }))
    expect(stage.log).toEqual(['free 12'])
  })

  it('sees it as well when it takes its time', async () => {
    const stage = new Stage()
    stage.hold('first')
    const cleanup = row(act('first'), act('free', { sees: ['room'] }))
    const branch = cleaned(row(write('room', 12), ask('w')), cleanup)
    const race = node('parallel', { success: 'any' }, called('a', branch), other('b'))
    const tree = buildActing(row(race, ask('end')))
    const { snapshot } = await advance(tree, {}, turn({ services: stage }))
    const event = { kind: 'event', key: 'b', data: null } as const
    const running = advance(tree, { snapshot, event }, turn({ services: stage }))
    await settled()
    await stage.release('first')
    expect((await running).snapshot.scopes).toEqual({ '': {} })
    expect(stage.log).toEqual(['first', 'first done', 'free 12'])
  })

  it('lets the next round of a loop begin with nothing of the round before', async () => {
    const stage = new Stage()
    const body = row(act('see', { sees: ['room', 'freed'] }), write('room', 1), other('a'))
    const branch = cleaned(body, write('freed', true))
    const race = node('parallel', { success: 'any' }, called('one', branch), other('b'))
    const tree = buildActing(node('repeat', { times: 2 }, race))
    const event = { kind: 'event', key: 'b', data: null } as const
    const { status } = await play(tree, { events: [event, event] }, { services: stage })
    expect(status).toBe('success')
    expect(stage.log).toEqual(['see null null', 'see null null'])
  })
})

describe('what is undone', () => {
  const booked = (undo: NodeSpec): NodeSpec =>
    row(write('room', 12), node('compensate', { keep: ['room'] }, act('book'), undo))

  it('sees what was kept as it was then, and everything else as it is now', async () => {
    const stage = new Stage()
    const undo = act('undo', { sees: ['room', 'more'] })
    await play(
      buildActing(row(booked(undo), called('again', row(write('room', 13), write('more', 1))), no('x'))),
      {},
      { services: stage },
    )
    expect(stage.log).toEqual(['book', 'undo 12 1'])
  })

  it('writes to the blackboard, but for what it was given', async () => {
    const undo = row(write('undone', true))
    const rest = await play(
      buildActing(row(booked(undo), called('b', row(write('room', 13))), no('x'))),
      {},
      { services: new Stage() },
    )
    expect(rest.snapshot.scopes['']).toMatchObject({ room: { value: 13 }, undone: { value: true } })
  })

  it('writes where its branch was merged into', async () => {
    const branches = node('parallel', undefined, called('a', booked(write('undone', true))), act('b'))
    const root = node('selector', undefined, row(branches, no('x')), ask('w'))
    const rest = await play(buildActing(root), {}, { services: new Stage() })
    expect(rest.snapshot.scopes).toEqual({ '': expect.objectContaining({ undone: { value: true, by: 'system' } }) })
  })

  it('is gone with the frame that it stands in, but still sees what was kept', async () => {
    const stage = new Stage()
    const undo = row(act('undo', { sees: ['room'] }), write('undone', true))
    const root = row(act('see', { sees: ['room', 'undone'] }), booked(undo))
    const tried = called('tried', node('selector', undefined, row(part, no('x')), act('else')))
    const tree = buildActing(row(node('repeat', { times: 2 }, tried), ask('w')), inSubtree(root))
    const rest = await play(tree, {}, { services: stage })
    const round = ['see null null', 'book', 'undo 12', 'else']
    expect(stage.log).toEqual([...round, ...round])
    expect(rest.snapshot.scopes).toEqual({ '': {} })
  })

  it('of a branch that is halted sees what that wrote', async () => {
    const stage = new Stage()
    const undo = act('undo', { sees: ['room', 'more'] })
    const branch = called('a', row(booked(undo), write('more', 5), ask('w')))
    const tree = buildActing(node('parallel', { success: 'any' }, branch, other('b')))
    const { snapshot } = await advance(tree, {}, turn({ services: stage }))
    const carried = JSON.parse(JSON.stringify(snapshot)) as typeof snapshot
    const event = { kind: 'event', key: 'b', data: null } as const
    const rest = await advance(tree, { snapshot: carried, event }, turn({ services: stage }))
    expect(stage.log).toEqual(['book', 'undo 12 5'])
    expect(valueOf(rest.snapshot, 'more')).toBeUndefined()
  })

  it('has what it was given also when it is undone in another process', async () => {
    const stage = new Stage()
    const root = row(booked(act('undo', { sees: ['room'] })), called('b', row(write('room', 13))), ask('w'))
    const { snapshot } = await advance(buildActing(root), {}, turn({ services: stage }))
    expect(snapshot.undo).toEqual([
      { node: 't/sequence/compensate/undo', visit: 4, cells: { room: { value: 12, by: 'system' } } },
    ])
    const carried = JSON.parse(JSON.stringify(snapshot)) as typeof snapshot
    await cancel(buildActing(root), carried, turn({ services: stage }))
    expect(stage.log).toEqual(['book', 'undo 12'])
  })
})
