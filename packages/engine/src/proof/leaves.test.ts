import { describe, expect, it } from 'vitest'
import { advance, open } from '../run/advance.ts'
import type { Run } from '../run/run.ts'
import { ask, input, node, turn } from '../testing/play.ts'
import type { Ctx } from '../tree/definition.ts'
import { Failure, Success, type Status } from '../tree/status.ts'
import type { NodeSpec } from '../tree/spec.ts'
import { treeWith } from './testing/doing.ts'
import { silence } from './testing/silence.ts'
import { breath } from './testing/virtual-time.ts'

const quiet = silence()

const faultOf = async (run: (ctx: Ctx) => unknown, root?: NodeSpec) => {
  const { status, fault, waits } = await advance(treeWith(run, root), {}, turn())
  await quiet.expectSilence()
  return { status, code: fault?.code, node: fault?.node, waits: waits.length }
}

const twice = (ctx: Ctx) => ({
  // oxlint-disable-next-line unicorn/no-thenable
  then(answer: (status: Status) => void) {
    queueMicrotask(() => {
      answer(ctx.event() === undefined ? ctx.wait({ kind: 'input' }) : Success)
      answer(Success)
      answer(Failure)
    })
  },
})

describe('a leaf', () => {
  const threw = { status: 'faulted', code: 'node_threw', node: 't', waits: 0 }

  it('that throws anything at all, at once or later, faults the session with a sentence', async () => {
    const thrown: unknown[] = [new Error('x'), 'text', undefined, null, 0, {}, Object.create(null), Symbol('x')]
    for (const what of thrown) {
      const now = () => {
        throw what
      }
      expect(await faultOf(now)).toEqual(threw)
      expect(await faultOf(async () => now())).toEqual(threw)
      expect(await faultOf(async () => breath().then(now))).toEqual(threw)
    }
  })

  it('that answers what is no status faults the session', async () => {
    const wrong: unknown[] = [undefined, null, 0, 4, -1, ~0, NaN, 'success', {}, [], () => Success, new Map(), true]
    for (const answer of wrong) {
      expect(await faultOf(() => answer)).toMatchObject({ status: 'faulted', code: 'status_invalid' })
      expect(await faultOf(async () => answer)).toMatchObject({ status: 'faulted', code: 'status_invalid' })
    }
  })

  it('that gives a thenable which calls back twice is heard once', async () => {
    const run = open(treeWith(twice), turn()) as Run
    expect(await run.start()).toBe('running')
    await breath()
    expect(run.status).toBe('running')
    expect(run.isBusy).toBe(false)
    expect(await run.send(input('x'))).toBe('success')
    await quiet.expectSilence()
  })

  it('that gives a thenable which throws faults the session', async () => {
    const bad = {
      // oxlint-disable-next-line unicorn/no-thenable
      then() {
        throw new Error('then')
      },
    }
    expect(await faultOf(() => bad)).toEqual(threw)
    const trap = {
      // oxlint-disable-next-line unicorn/no-thenable
      get then() {
        throw new Error('get then')
      },
    }
    expect(await faultOf(() => trap)).toEqual(threw)
  })

  it('that says it is pure and gives a promise faults the session, once', async () => {
    const late = async () => breath().then(() => Promise.reject(new Error('late')))
    const { fault } = await advance(treeWith(late, node('doing'), { pure: true }), {}, turn())
    expect(fault).toMatchObject({ code: 'not_at_once', node: 't' })
    await breath()
    await quiet.expectSilence()
  })

  it('that does not wait for its effect is settled, the turn is not before the effect has come back', async () => {
    const log: string[] = []
    const answer = async () => {
      await breath()
      log.push('performed')
      return { status: 'ok', data: {} } as const
    }
    const forgets = (ctx: Ctx) => {
      void ctx.effect('x', null, { policy: 'idempotent' }, answer)
      return Success
    }
    const run = open(treeWith(forgets), turn()) as Run
    expect(await run.start()).toBe('success')
    expect(log).toEqual(['performed'])
    await quiet.expectSilence()
  })

  it('that goes on after it has answered changes nothing any more', async () => {
    const late: unknown[] = []
    const { promise, resolve } = Promise.withResolvers<void>()
    const tree = treeWith(
      (ctx) => {
        void promise.then(() => ctx.set('late', 1, 'system')).catch((error: unknown) => late.push(error))
        return Success
      },
      node('sequence', undefined, node('doing'), ask('a')),
    )
    const run = open(tree, turn()) as Run
    void run.start()
    const before = JSON.stringify(run.snapshot())
    resolve()
    await breath()
    expect(late).toHaveLength(1)
    expect(JSON.stringify(run.snapshot())).toBe(before)
  })

  it('that parked and goes on changes nothing while the session is at rest', async () => {
    const late: unknown[] = []
    const { promise, resolve } = Promise.withResolvers<void>()
    const run = open(
      treeWith((ctx) => {
        void promise.then(() => ctx.set('late', 1, 'system')).catch((error: unknown) => late.push(error))
        return ctx.wait({ kind: 'input' })
      }),
      turn(),
    ) as Run
    void run.start()
    const before = JSON.stringify(run.snapshot())
    resolve()
    await breath()
    expect(JSON.stringify(run.snapshot())).toBe(before)
    expect(late).toHaveLength(1)
  })

  it('that waits and then answers something else has not parked', async () => {
    const run = open(
      treeWith((ctx) => {
        ctx.wait({ kind: 'input' })
        return Success
      }),
      turn(),
    ) as Run
    expect(run.start()).toBe('success')
    expect(run.rest().waits).toEqual([])
  })

  it('that parks on what is no wait faults the session, naming it', async () => {
    const wrong: unknown[] = [undefined, null, {}, { kind: 'weather' }, { kind: 'timer', at: Number.NaN }]
    for (const wait of wrong) {
      expect(await faultOf((ctx) => ctx.wait(wait as never))).toMatchObject({ status: 'faulted', node: 't' })
    }
  })
})
