import { describe, expect, it } from 'vitest'
import type { Snapshot } from '../run/snapshot.ts'
import { ask, called, no, node, ok, play } from '../testing/play.ts'
import { EngineFault } from '../tree/faults.ts'
import { migrate, planMigration } from './migrate.ts'
import {
  booking,
  both,
  choosing,
  either,
  entering,
  planned,
  remembering,
  row,
  safe,
  stays,
  version,
} from './testing/versions.ts'

describe('a session is safe', () => {
  it('when only nodes were added, taken out or changed that it holds nothing of', async () => {
    const before = row(ok('done'), ask('wait'), no('later'))
    expect(await planned(before, row(ask('wait'), ok('later'), ok('more')))).toEqual(safe())
    expect(await planned(before, row(called('done', node('fail', { code: 'x' })), ask('wait')))).toEqual(safe())
  })

  it('and is told of what is new in front of it and will be passed over', async () => {
    expect(await planned(row(ask('wait')), row(ok('new'), ask('wait')))).toEqual(
      safe('t/new is new, and passed over: the session stands behind it'),
    )
  })

  it('when a node that remembers nothing has another config', async () => {
    expect(await planned(choosing(1), choosing(2))).toEqual(safe())
  })

  it('when a selector that remembers refusals got another child behind', async () => {
    expect(await planned(either(no('a'), ask('b')), either(no('a'), ask('b'), ok('c')))).toEqual(safe())
    expect(await planned(either(no('a'), no('b'), ask('c')), either(no('b'), no('a'), ask('c')))).toMatchObject({
      verdict: 'stay',
    })
  })

  it('when it is over', async () => {
    const [from, to] = [version(row(ok('a'))), version(ok('b'), '2')]
    const { snapshot } = await play(from)
    expect(planMigration(from, to, snapshot)).toEqual(safe())
    expect(migrate(from, to, snapshot).tree).toEqual({ id: 't', version: '2', hash: to.hash })
  })
})

describe('a session stays', () => {
  it('when a node is gone that it is in', async () => {
    expect(await planned(row(row(ask('wait'))), row(row(ok('other'))))).toEqual(
      stays(
        't/sequence/wait is in use, and version 2 has no t/sequence/wait; if it has another name now, give it in the renames',
      ),
    )
  })

  it('when such a node is another kind of node now', async () => {
    expect(await planned(row(ask('wait')), row(ok('wait')))).toEqual(stays('t/wait was "wait" and is "succeed" now'))
  })

  it('when what waits has another config', async () => {
    const after = row(called('wait', node('wait', { kind: 'approval' })))
    expect(await planned(row(ask('wait')), after)).toEqual(
      stays('t/wait holds what its config gave a meaning to, and has another config now'),
    )
  })

  it('when what remembers something has another config, or what was kept', async () => {
    expect(await planned(remembering('counter', {}), remembering('counter', { upTo: 3 }))).toMatchObject({
      verdict: 'stay',
    })
    const before = version(row(called('it', node('keeper', {})), ask('wait')))
    const after = version(row(called('it', node('keeper', { every: 5 })), ask('wait')), '2')
    expect(await planned(before, after, {}, ['first'])).toEqual(
      stays('t/it holds what its config gave a meaning to, and has another config now'),
    )
  })

  it('when a node came in between that was never entered', async () => {
    const before = row(called('a', row(ask('wait'))))
    const after = row(called('guard', node('invert', undefined, called('a', row(ask('wait'))))))
    expect(await planned(before, after, { 't/a': 't/guard/a' })).toEqual(
      stays('t/a stands below t, and would stand below t/guard'),
    )
  })

  it('when children it has been through stand in another order, or would be done twice', async () => {
    expect(await planned(row(ok('a'), ask('b')), row(ask('b'), ok('a')))).toEqual(
      stays('t has its children in another order now'),
    )
  })

  it('when a parallel node has other children', async () => {
    expect(await planned(both(ok('a'), ask('b')), both(ok('a'), ask('b'), ok('c')))).toEqual(
      stays('t remembers something, and has other children now'),
    )
    expect(await planned(both(ok('a'), ask('b')), both(ok('a'), ask('b')))).toEqual(safe())
  })

  it('when the new version reads results and the old one kept none', async () => {
    const [before, after] = [row(ask('a')), row(ask('a'), node('noteLast', { key: 'x' }))]
    expect(await planned(before, after)).toEqual(
      stays('version 2 reads what nodes leave as results, and version 1 kept none'),
    )
  })

  it('when what it would have to undo is gone, or was kept by another config', async () => {
    expect(await planned(booking(ok('undo'), {}), booking(ok('undo'), {}))).toEqual(safe())
    expect(await planned(booking(ok('undo'), {}), booking(ok('else'), {}))).toMatchObject({
      verdict: 'stay',
      reasons: [expect.stringContaining('t/book/undo is in use')],
    })
    expect(await planned(booking(ok('undo'), {}), booking(ok('undo'), { keep: 'x' }))).toMatchObject({
      verdict: 'stay',
    })
  })

  it('when a stage is gone that it came from, or has to return to', async () => {
    expect(await planned(entering('a'), entering('c'))).toEqual(
      stays('t remembers what has no meaning in the new version'),
    )
  })

  it('with all the reasons', async () => {
    const { reasons } = await planned(row(row(ask('wait'))), either(ok('other')))
    expect(reasons).toHaveLength(3)
  })
})

describe('a snapshot of another tree', () => {
  it('is refused like everywhere, and so is one that holds what its tree has not', async () => {
    const [from, to] = [version(row(ask('a'))), version(row(ask('b')), '2')]
    const { snapshot } = await play(from)
    expect(() => planMigration(to, from, snapshot)).toThrow(expect.objectContaining({ code: 'snapshot_invalid' }))
    const broken: unknown[] = [
      null,
      {},
      { ...snapshot, kept: { 't/none': 1 } },
      { ...snapshot, nodes: { __proto__: {}, constructor: {} } },
      { ...snapshot, nodes: { 't/none': { status: 3, visit: 1 } } },
      { ...snapshot, waits: [{ wait: { kind: 'input' } }] },
      { ...snapshot, scopes: { '': {}, t: {} } },
      { ...snapshot, undo: [{ node: 't' }] },
      { ...snapshot, undo: [{}] },
    ]
    for (const edited of broken) {
      expect(() => planMigration(from, to, edited as Snapshot)).toThrow(
        expect.objectContaining({ code: 'snapshot_invalid' }),
      )
      expect(() => migrate(from, to, edited as Snapshot)).toThrow(EngineFault)
    }
  })
})
