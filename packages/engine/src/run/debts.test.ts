import { describe, expect, it } from 'vitest'
import { act, buildActing, settled, Stage } from '../testing/acting.ts'
import { ask, called, input, node, no, play, turn } from '../testing/play.ts'
import type { NodeSpec } from '../tree/spec.ts'
import { advance, cancel } from './advance.ts'
import type { TraceEvent } from './events.ts'

const undoable = (name: string, more: { fails?: string; sees?: string[] } = {}): NodeSpec =>
  called(`c ${name}`, node('compensate', undefined, act(name), act(`undo ${name}`, more)))
const row = (...children: NodeSpec[]): NodeSpec => node('sequence', undefined, ...children)

const recovering = (name: string): NodeSpec =>
  called(name, node('selector', undefined, row(undoable(name), no('x')), act(`else ${name}`)))

/** Plays it to its end, with the answers given; what was done, in order. */
async function done(
  root: NodeSpec,
  ...answers: unknown[]
): Promise<{ log: string[]; status: string; undo: unknown[] }> {
  const stage = new Stage()
  const tree = buildActing(root)
  const events = answers.map((answer) => input(answer as string))
  const { status, snapshot } = await play(tree, { events }, { services: stage })
  return { log: stage.log, status, undo: snapshot.undo }
}

describe('undoing', () => {
  it('takes back what was done below a node that fails, the last first, through all levels', async () => {
    const root = row(undoable('a'), called('inner', row(undoable('b'), undoable('c'))), no('x'))
    expect(await done(root)).toEqual({
      log: ['a', 'b', 'c', 'undo c', 'undo b', 'undo a'],
      status: 'failure',
      undo: [],
    })
  })

  it('comes before a selector tries something else, and leaves what was done outside alone', async () => {
    const root = row(undoable('a'), node('selector', undefined, row(undoable('b'), no('x')), act('else')), ask('w'))
    const { log, status, undo } = await done(root)
    expect(log).toEqual(['a', 'b', 'undo b', 'else'])
    expect(status).toBe('running')
    expect(undo).toMatchObject([{ node: 't/c a/undo a' }])
  })

  it('is not done when the session succeeds', async () => {
    expect(await done(row(undoable('a'), act('b')))).toEqual({ log: ['a', 'b'], status: 'success', undo: [] })
  })

  it('is done in a later turn, when that is when it fails', async () => {
    expect((await done(row(undoable('a'), ask('w'), no('x')), 'yes')).log).toEqual(['a', 'undo a'])
  })

  it('does nothing for what did not succeed', async () => {
    const failing = node('compensate', undefined, act('a', { fails: 'x' }), act('undo a'))
    expect((await done(row(failing))).log).toEqual(['a'])
  })

  it('comes with a cancel, before the turn is over', async () => {
    const stage = new Stage()
    stage.hold('undo a')
    const tree = buildActing(row(undoable('a'), undoable('b'), ask('w')))
    const { snapshot } = await advance(tree, {}, turn({ services: stage }))
    const cancelled = cancel(tree, snapshot, turn({ services: stage }))
    await settled()
    await stage.release('undo a')
    expect(await cancelled).toMatchObject({ status: 'cancelled', snapshot: { undo: [] } })
    expect(stage.log).toEqual(['a', 'b', 'undo b', 'undo a', 'undo a done'])
  })

  it('of branches that all succeeded goes back by when they did', async () => {
    const stage = new Stage()
    stage.hold('a')
    const both = node('parallel', undefined, undoable('a'), undoable('b'))
    const running = play(buildActing(row(both, no('x'))), {}, { services: stage })
    await settled()
    await stage.release('a')
    await running
    expect(stage.log).toEqual(['a', 'b', 'a done', 'undo a', 'undo b'])
  })

  it('of a branch comes before the others are halted for it, and theirs after', async () => {
    const failing = called('first', row(undoable('a'), ask('w'), no('x')))
    const halted = called('second', row(undoable('b'), node('wait', { kind: 'event' })))
    const { log } = await done(node('parallel', undefined, failing, halted), 'go')
    expect(log).toEqual(['a', 'b', 'undo a', 'undo b'])
  })

  it('goes on with the others when one fails, says so in the trace, and changes nothing of how it ends', async () => {
    const trace: TraceEvent[] = []
    const tree = buildActing(row(undoable('a'), undoable('b', { fails: 'stuck' }), no('x')))
    const stage = new Stage()
    const rest = await advance(tree, {}, turn({ services: stage, subscribe: (event) => trace.push(event) }))
    expect(stage.log).toEqual(['a', 'b', 'undo b', 'undo a'])
    expect(rest.failure).toMatchObject({ code: 'x' })
    expect(trace).toContainEqual(
      expect.objectContaining({ kind: 'settle', node: 't/c b/undo b', status: 'failure', code: 'stuck' }),
    )
    expect(trace.filter(({ kind }) => kind === 'owed')).toMatchObject([
      { node: 't', run: 't/c b/undo b', because: 'undo' },
      { node: 't', run: 't/c a/undo a', because: 'undo' },
    ])
  })

  it('that throws is a fault, and what is left is still in the snapshot', async () => {
    const boom = node('compensate', undefined, act('a'), node('boom'))
    const rest = await play(
      buildActing(row(undoable('b'), called('bad', boom), no('x'))),
      {},
      { services: new Stage() },
    )
    expect(rest.fault).toMatchObject({ code: 'node_threw', node: 't/bad/boom' })
  })

  it('may itself have parts that are undone', async () => {
    const undo = called('undo', row(undoable('p'), no('q')))
    const root = row(node('compensate', undefined, act('a'), undo), no('x'))
    expect((await done(root)).log).toEqual(['a', 'p', 'undo p'])
  })
})

describe('what a loop did', () => {
  const round = row(undoable('a'), node('assert', { condition: { field: 'ok', is: true } }))

  it('in rounds that went well is not undone for one that did not, as long as that is recovered from', async () => {
    const forget = called('f', node('write', { key: 'ok', value: false }))
    const body = row(node('selector', undefined, round, act('else')), forget)
    const stage = new Stage()
    await play(buildActing(node('repeat', { times: 2 }, body)), { cells: { ok: true } }, { services: stage })
    expect(stage.log).toEqual(['a', 'a', 'undo a', 'else'])
  })

  it('is undone round by round when the loop fails, each with what was kept of it', async () => {
    const count = called('n', node('write', { key: 'n', value: 1 }))
    const body = row(
      node('write', { key: 'id', last: true }),
      node('compensate', { keep: ['id'] }, act('do'), act('undo', { sees: ['id'] })),
      count,
      ask('w'),
    )
    const stage = new Stage()
    const looped = row(ask('first'), node('repeat', { times: 5 }, body), no('x'))
    const events = ['one', 'two', 'three'].map(input)
    const tree = buildActing(looped)
    const { snapshot } = await play(tree, { events }, { services: stage })
    await cancel(tree, snapshot, turn({ services: stage }))
    expect(stage.log).toEqual(['do', 'do', 'do', 'undo "three"', 'undo "two"', 'undo "one"'])
  })
})

describe('side by side', () => {
  it('two branches undo at once, and each goes on when its own is done', async () => {
    const stage = new Stage()
    for (const name of ['undo a', 'undo b']) stage.hold(name)
    const running = play(
      buildActing(node('parallel', undefined, recovering('a'), recovering('b'))),
      {},
      { services: stage },
    )
    await settled()
    expect(stage.log).toEqual(['a', 'undo a', 'b', 'undo b'])
    await stage.release('undo b')
    expect(stage.log.slice(4)).toEqual(['undo b done', 'else b'])
    await stage.release('undo a')
    expect(stage.log.slice(6)).toEqual(['undo a done', 'else a'])
    expect((await running).status).toBe('success')
  })

  it('a branch goes on while another is still undoing', async () => {
    const stage = new Stage()
    for (const name of ['undo a', 'slow']) stage.hold(name)
    const failing = called('failing', node('forceSuccess', undefined, row(undoable('a'), no('x'))))
    const root = node('parallel', undefined, failing, called('other', row(act('slow'), act('next'))))
    const running = play(buildActing(root), {}, { services: stage })
    await settled()
    await stage.release('slow')
    expect(stage.log).toEqual(['a', 'undo a', 'slow', 'slow done', 'next'])
    await stage.release('undo a')
    expect((await running).status).toBe('success')
  })

  it('nothing follows before a halted branch that was undoing is done with it', async () => {
    const stage = new Stage()
    for (const name of ['undo b', 'slow']) stage.hold(name)
    const failing = called('failing', row(undoable('a'), undoable('b'), no('x')))
    const race = node('parallel', { success: 'any' }, failing, called('other', act('slow')))
    const running = play(buildActing(row(race, act('next'))), {}, { services: stage })
    await settled()
    await stage.release('slow')
    expect(stage.log).toEqual(['a', 'b', 'undo b', 'slow', 'slow done'])
    await stage.release('undo b')
    expect(stage.log.slice(5)).toEqual(['undo b done', 'undo a', 'next'])
    expect((await running).status).toBe('success')
  })

  it('what was halted while it undid can be entered again afterwards', async () => {
    const stage = new Stage()
    for (const name of ['undo a', 'slow']) stage.hold(name)
    const failing = called('failing', row(undoable('a'), no('x')))
    const race = node('parallel', { success: 'any' }, failing, called('other', act('slow')))
    const running = play(buildActing(node('repeat', { times: 2 }, race)), {}, { services: stage })
    await settled()
    await stage.release('slow')
    await stage.release('undo a')
    expect((await running).status).toBe('success')
    expect(stage.log.filter((name) => name === 'undo a')).toHaveLength(2)
  })
})
