import { describe, expect, test } from 'vitest'
import { ask, build, called, entered, input, no, node, ok, play, specOf, turn, valueOf } from '../testing/play.ts'
import { advance, cancel } from './advance.ts'
import type { TraceEvent } from './events.ts'
import type { EngineEvent, Snapshot } from './snapshot.ts'

const wait = (name: string, kind: string, key?: string) =>
  called(name, node('wait', key === undefined ? { kind } : { kind, key }))

function diskFull(): never {
  throw new Error('the disk is full')
}

describe('rest', () => {
  test('a session that waits saves only the path to its wait; a settled one saves no nodes', async () => {
    const tree = build(
      specOf(node('sequence', undefined, ok('a'), called('b', node('invert', undefined, ask('c'))), ok('d'))),
    )
    const parked = await advance(tree, {}, turn())
    expect(parked.snapshot).toEqual({
      v: 1,
      tree: { id: 't', version: '1', hash: tree.hash },
      seq: 6,
      visits: 4,
      status: 'running',
      scopes: { '': {} },
      nodes: { t: { status: 3, visit: 1 }, 't/b': { status: 3, visit: 3 }, 't/b/c': { status: 3, visit: 4 } },
      waits: [{ node: 't/b/c', visit: 4, wait: { kind: 'input' } }],
      undo: [],
    })
    const ended = await advance(tree, { snapshot: parked.snapshot, event: input('x') }, turn())
    expect(ended).toMatchObject({ status: 'failure', waits: [], snapshot: { status: 'failure', nodes: {} } })
  })

  test('the snapshot given to a turn is left as it was', async () => {
    const tree = build(specOf(node('sequence', undefined, ask('a'), node('write', { key: 'x', value: 2 }))))
    const { snapshot } = await advance(tree, { cells: { x: { value: 1, by: 'tool' } } }, turn())
    const before = structuredClone(snapshot)
    const after = await advance(tree, { snapshot, event: input('y') }, turn())
    expect(valueOf(after.snapshot, 'x')).toBe(2)
    expect(snapshot).toEqual(before)
  })

  test('the events of consecutive turns are numbered on, whether somebody listens or not', async () => {
    const tree = build(specOf(node('sequence', undefined, ask('a'), ok('b'))))
    const trace: TraceEvent[] = []
    const heard = turn({ subscribe: (event) => trace.push(event) })
    const first = await advance(tree, {}, turn())
    const last = await advance(tree, { snapshot: first.snapshot, event: input('x') }, heard)
    expect(trace[0]!.seq).toBe(first.snapshot.seq)
    expect(trace.map(({ seq }) => seq)).toEqual(trace.map((_, index) => first.snapshot.seq + index))
    expect(last.snapshot.seq).toBe(trace.at(-1)!.seq + 1)
    expect((await advance(tree, {}, heard)).snapshot.seq).toBe(first.snapshot.seq)
  })

  test('a title and the op are told when a node is entered', async () => {
    const { trace } = await play({ ...ok('a'), title: 'All is well' })
    expect(trace[0]).toMatchObject({ kind: 'enter', op: 'succeed', title: 'All is well' })
  })

  test('a synchronous tree runs without awaiting anything', async () => {
    const trace: TraceEvent[] = []
    const tree = build(specOf(node('sequence', undefined, ok('a'), node('selector', undefined, no('b'), ok('c')))))
    const rest = advance(tree, {}, turn({ subscribe: (event) => trace.push(event) }))
    expect(trace.at(-1)).toMatchObject({ kind: 'settle', node: 't', status: 'success' })
    await rest
  })
})

describe('events', () => {
  test('an event that no wait matches changes nothing', async () => {
    const tree = build(specOf(wait('t', 'job', 'scan')))
    const { snapshot } = await advance(tree, {}, turn())
    const others: EngineEvent[] = [
      input('x'),
      { kind: 'job', key: 'other', data: 1 },
      { kind: 'job', node: 't/elsewhere', data: 1 },
      { kind: 'timer', key: 'scan', data: 1 },
    ]
    for (const event of others) {
      const rest = await advance(tree, { snapshot, event }, turn())
      expect(rest).toMatchObject({ ignored: true, status: 'running' })
      expect(rest.snapshot).toBe(snapshot)
    }
    expect(await advance(tree, { snapshot }, turn())).toMatchObject({ ignored: true })
  })

  test('an event after the end is ignored', async () => {
    const tree = build(specOf(ask('t')))
    const { snapshot } = await play(tree, { events: [input('x')] })
    expect(await advance(tree, { snapshot, event: input('y') }, turn())).toMatchObject({
      ignored: true,
      status: 'success',
    })
  })

  test('of two waits the event goes to the one it names, and to neither when it names none', async () => {
    const tree = build(specOf(node('lastDecides', undefined, wait('a', 'event', 'one'), wait('b', 'event', 'two'))))
    const { snapshot } = await advance(tree, {}, turn({ services: { log: [] } }))
    expect(snapshot.waits.map(({ node }) => node)).toEqual(['t/a', 't/b'])
    const by = async (event: EngineEvent) => {
      const trace: TraceEvent[] = []
      await advance(tree, { snapshot, event }, turn({ services: { log: [] }, subscribe: (event) => trace.push(event) }))
      return trace.filter(({ kind }) => kind === 'resume').map(({ node }) => node)
    }
    expect(await by({ kind: 'event', data: 1 })).toEqual([])
    expect(await by({ kind: 'event', key: 'two', data: 1 })).toEqual(['t/b'])
    expect(await by({ kind: 'event', node: 't/b', data: 1 })).toEqual(['t/b'])
  })

  test('a parked node that the event is not for is not run again', async () => {
    const tree = build(
      specOf(node('lastDecides', undefined, ask('a'), node('sequence', undefined, wait('b', 'job'), wait('c', 'job')))),
    )
    const first = await advance(tree, {}, turn({ services: { log: [] } }))
    const trace: TraceEvent[] = []
    const event: EngineEvent = { kind: 'job', data: 1 }
    const second = await advance(
      tree,
      { snapshot: first.snapshot, event },
      turn({ services: { log: [] }, subscribe: (event) => trace.push(event) }),
    )
    expect(second.waits.map(({ node }) => node)).toEqual(['t/a', 't/sequence/c'])
    expect(trace.filter(({ node }) => node === 't/a')).toEqual([])
  })
})

describe('faults', () => {
  test('a node that throws faults the session and no selector swallows it', async () => {
    for (const later of [false, true]) {
      const played = await play(node('selector', undefined, called('bad', node('boom', { later })), ok('good')))
      expect(played).toMatchObject({
        status: 'faulted',
        fault: { code: 'node_threw', reason: 'the bug in this leaf', node: 't/bad' },
        snapshot: { status: 'faulted', nodes: {}, waits: [] },
      })
      expect(entered(played)).toEqual(['t', 'bad'])
      expect(played.trace.at(-1)).toMatchObject({ kind: 'fault', node: 't/bad', code: 'node_threw' })
    }
  })

  test('a fault ends the session at once, also while a sibling is still at work', async () => {
    const services = { held: new Promise<never>(() => {}), log: [] as string[] }
    const spec = node('lastDecides', undefined, called('bad', node('boom', { later: true })), node('held'))
    const played = await play(spec, {}, { services })
    expect(played).toMatchObject({ status: 'faulted', fault: { node: 't/bad' } })
    expect(services.log).toEqual(['aborted'])
  })

  test('so does one that is aborted by what happens in it, before anything was awaited', async () => {
    const controller = new AbortController()
    const services = { held: new Promise<never>(() => {}), log: [] as string[] }
    const subscribe = () => controller.abort(new Error('lease lost'))
    const rest = play(node('held'), {}, { signal: controller.signal, services, subscribe })
    await expect(rest).rejects.toThrow('lease lost')
  })

  test('too many steps in one turn exceed the budget', async () => {
    const loop = node('stages', { initial: 'a', exits: { a: { success: 'a' } }, maxEntries: 1_000_000 }, ok('a'))
    expect((await play(loop)).fault).toMatchObject({ code: 'budget_exceeded' })
    const played = await play(loop, {}, { limits: { steps: 10 } })
    expect(entered(played)).toHaveLength(10)
  })

  test('running without waiting for anything is a fault, as is a status that is none', async () => {
    expect((await play(node('returns', { value: 3 }))).fault).toMatchObject({ code: 'not_parked' })
    expect((await play(node('returns', { value: 0 }))).fault).toMatchObject({ code: 'status_invalid' })
    expect((await play(node('returns', { value: 'success' }))).fault).toMatchObject({ code: 'status_invalid' })
    expect((await play(node('returns', { value: null }))).fault).toMatchObject({ code: 'status_invalid' })
  })

  test('an exit named outside any stage is a fault', async () => {
    expect((await play(node('leave', { exit: 'x' }))).fault).toMatchObject({ code: 'no_stage' })
  })

  test('a subscriber that throws gives the turn up; the session is not to blame', async () => {
    await expect(play(ok('a'), {}, { subscribe: diskFull })).rejects.toThrow('the disk is full')
  })
})

describe('aborting', () => {
  test('a turn that was aborted before it began throws the reason', async () => {
    const signal = AbortSignal.abort(new Error('lease lost'))
    await expect(play(ok('a'), {}, { signal })).rejects.toThrow('lease lost')
  })

  test('a turn that is aborted meanwhile throws the reason, even when a node never comes back', async () => {
    const controller = new AbortController()
    const services = { held: new Promise<never>(() => {}), log: [] as string[] }
    const rest = play(node('held'), {}, { signal: controller.signal, services })
    controller.abort(new Error('lease lost'))
    await expect(rest).rejects.toThrow('lease lost')
    expect(services.log).toEqual(['aborted'])
  })
})

describe('snapshots that do not fit', () => {
  const tree = build(specOf(node('sequence', undefined, ask('a'), ok('b'))))
  const edit = async (change: (snapshot: Snapshot) => unknown) => {
    const { snapshot } = await advance(tree, {}, turn())
    return advance(tree, { snapshot: (change(snapshot) ?? snapshot) as Snapshot, event: input('x') }, turn())
  }

  test('a snapshot of another tree is refused', async () => {
    const other = build(specOf(node('sequence', undefined, ask('a'), ok('c'))))
    const { snapshot } = await advance(other, {}, turn())
    await expect(advance(tree, { snapshot, event: input('x') }, turn())).rejects.toMatchObject({
      code: 'snapshot_invalid',
    })
    await expect(cancel(tree, snapshot, turn())).rejects.toMatchObject({ code: 'snapshot_invalid' })
  })

  test('a snapshot that was cut or edited is refused', async () => {
    const changes: ((snapshot: Snapshot) => unknown)[] = [
      () => 'snapshot',
      () => ({}),
      (snapshot) => ({ ...snapshot, v: 0 }),
      (snapshot) => ({ ...snapshot, seq: 'many' }),
      (snapshot) => ({ ...snapshot, waits: [null] }),
      (snapshot) => ({ ...snapshot, scopes: { '': { x: 1 } } }),
      (snapshot) => void delete snapshot.nodes['t'],
      (snapshot) => void (snapshot.nodes['t/z'] = { status: 3, visit: 1 }),
      (snapshot) => void (snapshot.nodes['t']!.status = 1),
      (snapshot) => void (snapshot.nodes['t']!.visit = 99),
      (snapshot) => void (snapshot.waits[0]!.node = 't/z'),
      (snapshot) => void (snapshot.waits[0]!.node = 't/b'),
      (snapshot) => void (snapshot.waits[0]!.visit = 1),
    ]
    for (const change of changes) await expect(edit(change)).rejects.toMatchObject({ code: 'snapshot_invalid' })
  })
})

test('cancel halts what runs and ends the session; an ended one stays as it is', async () => {
  const tree = build(specOf(node('sequence', undefined, node('parked', { name: 'p' }))))
  const { snapshot } = await advance(tree, {}, turn())
  const log: string[] = []
  const cancelled = await cancel(tree, snapshot, turn({ services: { log } }))
  expect(cancelled).toMatchObject({ status: 'cancelled', waits: [], snapshot: { nodes: {} } })
  expect(log).toEqual(['halt p: cancelled'])
  expect(await cancel(tree, cancelled.snapshot, turn())).toMatchObject({ ignored: true, status: 'cancelled' })
})
