import { describe, expect, it } from 'vitest'
import { advance, open } from '../run/advance.ts'
import type { Run } from '../run/run.ts'
import { ask, called, input, node, ok, turn } from '../testing/play.ts'
import type { ParentCtx } from '../tree/definition.ts'
import { Failure, Running, Success, type Status } from '../tree/status.ts'
import type { Tree } from '../tree/tree.ts'
import { treeUnder } from './testing/doing.ts'
import { silence } from './testing/silence.ts'
import { breath } from './testing/virtual-time.ts'

const quiet = silence()

async function faultOf(tree: Tree, services: object = { log: [] }): Promise<object> {
  const { status, fault } = await advance(tree, {}, turn({ services }))
  await quiet.expectSilence()
  return { status, code: fault?.code, node: fault?.node }
}

const faulted = (code: string, at = 't') => ({ status: 'faulted', code, node: at })
const first = (ctx: ParentCtx) => ctx.run(0)
const pass = (ctx: ParentCtx) => (ctx.failure() === undefined ? Success : Failure)

describe('a parent', () => {
  it('that asks for a child it does not have faults the session', async () => {
    for (const child of [1, 7, 2 ** 31, -1, Number.NaN, 0.5, Number.POSITIVE_INFINITY, 'a' as never]) {
      expect(await faultOf(treeUnder({ enter: (ctx) => ctx.run(child), settled: pass }, ok('a')))).toEqual(
        faulted('no_child'),
      )
    }
  })

  it('that answers what is no answer faults the session, also when it answers by a promise', async () => {
    const wrong: unknown[] = [undefined, null, 0, 4, 'success', {}, [], true, Number.NaN]
    for (const answer of wrong) {
      expect(await faultOf(treeUnder({ enter: () => answer, settled: pass }, ok('a')))).toEqual(
        faulted('status_invalid'),
      )
      expect(await faultOf(treeUnder({ enter: first, settled: () => answer }, ok('a')))).toEqual(
        faulted('status_invalid'),
      )
    }
    const late = async () => breath().then(() => Promise.reject(new Error('late')))
    expect(await faultOf(treeUnder({ enter: late, settled: pass }, ok('a')))).toEqual(faulted('status_invalid'))
    await breath()
    await quiet.expectSilence()
  })

  it('that throws anywhere faults the session under its own id', async () => {
    const boom = () => {
      throw new TypeError('the bug in this parent')
    }
    expect(await faultOf(treeUnder({ enter: boom, settled: pass }, ok('a')))).toEqual(faulted('node_threw'))
    expect(await faultOf(treeUnder({ enter: first, settled: boom }, ok('a')))).toEqual(faulted('node_threw'))
    expect(await faultOf(treeUnder({ enter: first, settled: pass, parked: boom }, ask('a')))).toEqual(
      faulted('node_threw'),
    )
    const run = open(treeUnder({ enter: first, settled: pass, tick: boom }, ask('a')), turn()) as Run
    void run.start()
    expect(run.send(input('x'))).toBe('faulted')
  })

  it('whose halt handler throws does not keep the others from being halted', async () => {
    const log: string[] = []
    const boom = () => {
      throw new Error('the bug in the handler')
    }
    const tree = treeUnder({ enter: first, settled: pass, halt: boom }, node('parked', { name: 'x' }))
    const run = open(tree, turn({ services: { log } })) as Run
    void run.start()
    expect(run.cancel()).toBe('faulted')
    expect(run.fault).toMatchObject({ code: 'node_threw' })
    expect(log).toEqual(['halt x: cancelled'])
  })

  it('that runs without a child or a wait faults the session', async () => {
    expect(await faultOf(treeUnder({ enter: () => Running, settled: pass }, ok('a')))).toEqual(faulted('not_parked'))
    expect(await faultOf(treeUnder({ enter: first, settled: () => Running }, ok('a')))).toEqual(faulted('not_parked'))
  })

  it('that waits and cannot be woken faults the session when it is', async () => {
    const tree = treeUnder({ enter: (ctx) => ctx.wait({ kind: 'input' }), settled: pass }, ok('a'))
    const run = open(tree, turn()) as Run
    void run.start()
    expect(run.send(input('x'))).toBe('faulted')
    expect(run.fault).toMatchObject({ code: 'not_parked', node: 't' })
  })

  it('that enters a child which runs faults the session', async () => {
    const parked = (ctx: ParentCtx) => (ctx.mem++ === 0 ? ctx.run(0) : Running)
    expect(await faultOf(treeUnder({ enter: first, settled: pass, parked }, ask('a')))).toEqual(
      faulted('child_running'),
    )
    const { promise, resolve } = Promise.withResolvers<Status>()
    const services = { held: promise, log: [] }
    expect(await faultOf(treeUnder({ enter: first, settled: pass, parked }, node('held')), services)).toEqual(
      faulted('child_running'),
    )
    resolve(Success)
    await breath()
  })

  it('that settles while a child runs faults the session, and the child is told', async () => {
    expect(await faultOf(treeUnder({ enter: first, settled: pass, parked: () => Success }, ask('a')))).toEqual(
      faulted('child_running'),
    )
    const { promise, resolve } = Promise.withResolvers<Status>()
    const log: string[] = []
    const tree = treeUnder({ enter: first, settled: pass, parked: () => Failure }, node('held'))
    expect(await faultOf(tree, { held: promise, log })).toEqual(faulted('child_running'))
    resolve(Success)
    await breath()
    expect(log).toEqual(['aborted', 'came back'])
  })

  it('that asks outside without taking the answer faults the session', async () => {
    const asks = (ctx: ParentCtx) => ctx.ask('x', null, { policy: 'read' }, async () => ({ status: 'ok', data: {} }))
    expect(await faultOf(treeUnder({ enter: asks, settled: pass }, ok('a')))).toEqual(faulted('not_parked'))
  })

  it('that asks outside while a child runs, or twice at once, faults the session', async () => {
    const answer = async () => breath().then(() => ({ status: 'ok', data: {} }) as const)
    const ask2 = (ctx: ParentCtx) => ctx.ask('x', null, { policy: 'read' }, answer)
    const twice = (ctx: ParentCtx) => {
      ask2(ctx)
      return ask2(ctx)
    }
    expect(await faultOf(treeUnder({ enter: twice, settled: pass, came: () => Success }, ok('a')))).toEqual(
      faulted('ask_invalid'),
    )
    const { promise, resolve } = Promise.withResolvers<Status>()
    const parked = (ctx: ParentCtx) => (ctx.mem++ === 0 ? ask2(ctx) : Running)
    const tree = treeUnder({ enter: first, settled: pass, parked, came: () => Running }, node('held'))
    expect(await faultOf(tree, { held: promise, log: [] })).toEqual(faulted('ask_invalid'))
    resolve(Success)
    await breath()
  })

  it('that halts, merges or seeds a child it does not have faults the session', async () => {
    const calls: ((ctx: ParentCtx) => void)[] = [
      (ctx) => ctx.halt(5, 'sibling'),
      (ctx) => ctx.seed(5, {}),
      (ctx) => void ctx.inner(-1),
      (ctx) => ctx.owe(9),
      (ctx) => ctx.registerUndo(9, {}),
    ]
    for (const call of calls) {
      const enter = (ctx: ParentCtx) => {
        call(ctx)
        return ctx.run(0)
      }
      expect(await faultOf(treeUnder({ enter, settled: pass }, ok('a')))).toEqual(faulted('no_child'))
    }
  })

  it('that halts itself from below, or a sibling of it, is not entered again by what it halted', async () => {
    const parked = (ctx: ParentCtx) => {
      if (ctx.mem++ > 0) return Running
      ctx.halt(0, 'preempted')
      return ctx.run(1)
    }
    const tree = treeUnder({ enter: first, settled: pass, parked }, called('a', ask('a')), called('b', ok('b')))
    expect(await advance(tree, {}, turn())).toMatchObject({ status: 'success', waits: [] })
  })
})
